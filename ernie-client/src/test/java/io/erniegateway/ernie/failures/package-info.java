/** Tests of the table of failures, and of what may be said about them. */
@NullMarked
package io.erniegateway.ernie.failures;

import org.jspecify.annotations.NullMarked;
