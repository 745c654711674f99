/** Tests of this room. */
@NullMarked
package io.erniegateway.gateway.conversation;

import org.jspecify.annotations.NullMarked;
