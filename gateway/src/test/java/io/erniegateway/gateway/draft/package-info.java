/** Tests of this room. */
@NullMarked
package io.erniegateway.gateway.draft;

import org.jspecify.annotations.NullMarked;
