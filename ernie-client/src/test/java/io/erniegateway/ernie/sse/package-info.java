/** Tests of the decoder: every split, and thousands of broken streams. */
@NullMarked
package io.erniegateway.ernie.sse;

import org.jspecify.annotations.NullMarked;
