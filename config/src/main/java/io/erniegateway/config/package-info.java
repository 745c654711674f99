/** Placeholder. */
@NullMarked
package io.erniegateway.config;

import org.jspecify.annotations.NullMarked;
