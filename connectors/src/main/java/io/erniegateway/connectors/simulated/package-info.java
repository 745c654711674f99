/**
 * Strict local simulators of the platforms' HTTP and WebSocket APIs, with their limits, refusals and faults. Tests, the
 * demo and the benchmarks use the same ones. They refuse what the real platform refuses, in its own words, and are
 * never kinder than it.
 *
 * <p>Each has two sides: a wire, to which the real connector speaks, and {@link
 * io.erniegateway.connectors.simulated.SimulatedChats}, what a person with the platform's app can do and see.
 */
@NullMarked
package io.erniegateway.connectors.simulated;

import org.jspecify.annotations.NullMarked;
