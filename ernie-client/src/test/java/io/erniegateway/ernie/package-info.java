/** Tests of the client's API, and what they share: a collected answer, and a client that never really waits. */
@NullMarked
package io.erniegateway.ernie;

import org.jspecify.annotations.NullMarked;
