/** Tests of this room. */
@NullMarked
package io.erniegateway.gateway.budget;

import org.jspecify.annotations.NullMarked;
