/** Tests of this room. */
@NullMarked
package io.erniegateway.gateway.model;

import org.jspecify.annotations.NullMarked;
