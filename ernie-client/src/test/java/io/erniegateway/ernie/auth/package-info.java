/** Tests of V1's tokens, against the simulator over real HTTP. */
@NullMarked
package io.erniegateway.ernie.auth;

import org.jspecify.annotations.NullMarked;
