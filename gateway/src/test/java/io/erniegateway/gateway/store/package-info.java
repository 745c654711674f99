/** Tests of this room. */
@NullMarked
package io.erniegateway.gateway.store;

import org.jspecify.annotations.NullMarked;
