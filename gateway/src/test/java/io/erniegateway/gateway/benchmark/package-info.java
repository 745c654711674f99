/**
 * Measurements with commands of their own, not part of the tests. Their last figures are in {@code
 * gateway/benchmarks.md}.
 *
 * <p>{@code ./ernie-gateway benchmark gateway} — what an answer costs in the whole gateway, 100 to 10,000 at once:
 *
 * <pre>
 *   this process                                                    another process
 *   GatewayBenchmark ──► Services on a Wire  ◄──── HTTP on loopback ────►  the gateway (UnlimitedGateway)
 *     rounds, report       Telegram (Readers) and ERNIE (Script)
 * </pre>
 *
 * <p>{@code ./ernie-gateway benchmark start} — from the start of the process to ready, and to the first answer: {@code
 * StartBenchmark}, which starts the launcher itself.
 *
 * <p>{@code ./ernie-gateway benchmark planner} — one decision of the planner, by the number of live answers: {@code
 * PlannerBenchmark}, which stands in the planner's own package.
 *
 * <p>The simulators of the other modules are strict and take more processor time than what is measured here; these do only
 * what the gateway needs, on one thread. They are strict in one thing: every text is compared with what it must become.
 */
@NullMarked
package io.erniegateway.gateway.benchmark;

import org.jspecify.annotations.NullMarked;
