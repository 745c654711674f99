/** Tests of this room. */
@NullMarked
package io.erniegateway.gateway;

import org.jspecify.annotations.NullMarked;
