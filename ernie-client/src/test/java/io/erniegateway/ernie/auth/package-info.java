/** Tests of signatures, tokens and bearers: against published vectors, and against the simulator over real HTTP. */
@NullMarked
package io.erniegateway.ernie.auth;

import org.jspecify.annotations.NullMarked;
