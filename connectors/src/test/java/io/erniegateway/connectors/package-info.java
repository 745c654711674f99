/** Tests of the connectors, against strict simulators over real HTTP and WebSockets. */
@NullMarked
package io.erniegateway.connectors;

import org.jspecify.annotations.NullMarked;
