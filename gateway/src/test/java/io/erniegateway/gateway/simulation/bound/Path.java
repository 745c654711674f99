package io.erniegateway.gateway.simulation.bound;

import java.util.List;

/**
 * The cheapest schedule a search has found.
 *
 * @param cost its waiting, in characters times microseconds and without the way to the platform, plus what its calls
 *     are charged
 * @param calls in order of time
 */
record Path(double cost, List<Call> calls) {}
