/** Tests of the transport, against the simulator over real HTTP. */
@NullMarked
package io.erniegateway.ernie.http;

import org.jspecify.annotations.NullMarked;
