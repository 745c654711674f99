/** Tests of this room. */
@NullMarked
package io.erniegateway.gateway.inbox;

import org.jspecify.annotations.NullMarked;
