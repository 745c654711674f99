/** Placeholder. */
@NullMarked
package io.erniegateway.gateway;

import org.jspecify.annotations.NullMarked;
