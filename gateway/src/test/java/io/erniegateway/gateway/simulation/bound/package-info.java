/**
 * Lower bounds on the lag of any delivery that keeps the limits of a platform, even one that knows the future.
 *
 * @see io.erniegateway.gateway.simulation.bound.Bound
 */
@NullMarked
package io.erniegateway.gateway.simulation.bound;

import org.jspecify.annotations.NullMarked;
