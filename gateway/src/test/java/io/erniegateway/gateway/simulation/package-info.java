/**
 * The real delivery and connectors against the simulated platforms, in virtual time.
 *
 * <ul>
 *   <li>{@code SimulatedClock} — time that passes only when nothing is left to do in it; blocking code runs unchanged.
 *   <li>{@code Script} — what a model writes and when: the workloads. {@code Run} plays scripts on a platform ({@code
 *       TelegramRun}, {@code SlackRun}), {@code Timeline} is what readers saw, {@code Outcome} what it comes to.
 *   <li>{@code Report}, {@code FaultReport} — every workload beside its bound, and what goes wrong; {@code
 *       SimulationReportTest} compares them with the committed report.
 *   <li>package {@code bound} — the bounds.
 * </ul>
 */
@NullMarked
package io.erniegateway.gateway.simulation;

import org.jspecify.annotations.NullMarked;
