/**
 * What is left of a platform's limits, and what was learned about them. Pure: no clock, no I/O, no threads.
 *
 * <ul>
 *   <li>{@link io.erniegateway.gateway.budget.Budgets} — all limits of one bot: which of them a call draws from, what an
 *       answer or a refusal of the platform says about them.
 *   <li>{@link io.erniegateway.gateway.budget.Meter} — one limit in one scope: what is left, what is held back for last
 *       texts, and the pace at which the rest may be spent.
 *   <li>{@code Count} — the platform's way of counting: a window or a token bucket. A call is held against us until the
 *       latest time at which the platform can have counted it, so a limit is used to its last call without a refusal.
 *   <li>{@link io.erniegateway.gateway.budget.Lifetimes} — how long answers grow, which sets the pace.
 *   <li>{@link io.erniegateway.gateway.budget.LimitMemory} — the port by which what was learned outlives a restart.
 * </ul>
 *
 * <p><b>Pace.</b> Text that flows is shown with the least lag when its calls are evenly spread over the time it flows, so
 * the tokens at hand above what is held back, and those that will come back, are divided by the time the answers are
 * expected to grow. Text that comes in bursts is shown at the end of each, unless tokens are scarce.
 *
 * <p><b>Learning.</b> A refusal closes the narrowest scope of the call for as long as the platform says and shrinks the
 * limit that was nearest to its end; a silent delay shrinks it a little. After ten minutes without another refusal it
 * grows by a quarter, later if that was refused again.
 */
@NullMarked
package io.erniegateway.gateway.budget;

import org.jspecify.annotations.NullMarked;
