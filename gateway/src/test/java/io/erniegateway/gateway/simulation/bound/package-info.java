/**
 * Lower bounds on the lag of any delivery that keeps a platform's limits, even one that knows the future: what the
 * simulation's figures are divided by. Pure; no clock, no gateway code, so that it cannot share the gateway's errors.
 *
 * <p><b>The model.</b> An answer is an {@link io.erniegateway.gateway.simulation.bound.ArrivalCurve}. A call sent at
 * {@code t} shows at {@code t + oneWay} all of one message that had come by {@code t}. Calls of one answer may overlap on
 * the wire, which is kinder than any real platform. Limits are windows or token buckets, per room or for all, and may
 * count only some kinds of call. The lag of a character is the time from its arrival until it is visible.
 *
 * <p><b>One answer.</b> A call may be moved earlier until it meets an arrival or the end of a limit's wait, so few
 * instants matter ({@code Instants}). What the next call costs is a line in its instant, so the best call before it is
 * asked from a hull of lines ({@code LowerHull}, {@code LineTree}) and not by trying all. In this order:
 *
 * <ul>
 *   <li>{@code RankedPath} — no limit, or a window loosened to fixed releases of its n-th call,
 *   <li>{@code BucketPath} — a token bucket, exactly: its whole state is the instant at which it is full again,
 *   <li>the schedule found keeps all limits: the bound is {@code EXACT}; else
 *   <li>{@code StateSearch} — any limits, exactly, as long as there are few states; else
 *   <li>{@code PriceSearch}, and the greatest of all these lower bounds is a {@code RELAXATION}.
 * </ul>
 *
 * <p><b>Many answers.</b> If the best schedules of each alone keep the shared limits too, they are exact. Otherwise
 * {@code PriceSearch}: a shared limit says "at most c calls" of many intervals ({@code Row}). Charge a price for each
 * call in an interval; a schedule that keeps the limits pays at most the sum of price times c. So the sum of each
 * answer's cheapest schedule with prices ({@code Kin}), less that sum, is below the waiting of every schedule that keeps
 * the limits, for any prices. Nothing is rounded: prices change only at ends of intervals, which are instants the
 * searches may send at; a bucket an answer has for itself is told apart in steps and rounded to be full too soon, which
 * only loosens it. {@code PathMix} finds good prices (column generation over a linear program).
 *
 * <p><b>How tight.</b> For a hundred and for five hundred steady answers at once under 30 calls a second a plain schedule
 * is within 5 % of the bound ({@code PlainSchedule}, {@code ManyAnswersTest}); with few calls, exact splits are within
 * half a percent.
 *
 * <p><b>Proof.</b> {@code BruteForce} tries everything on hundreds of tiny instances ({@code Instances}) and shares no
 * code with the bounds.
 */
@NullMarked
package io.erniegateway.gateway.simulation.bound;

import org.jspecify.annotations.NullMarked;
