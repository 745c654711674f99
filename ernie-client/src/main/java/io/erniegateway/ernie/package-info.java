/** Placeholder. */
@NullMarked
package io.erniegateway.ernie;

import org.jspecify.annotations.NullMarked;
