/** Tests of this room. */
@NullMarked
package io.erniegateway.gateway.delivery;

import org.jspecify.annotations.NullMarked;
