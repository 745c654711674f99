/**
 * One client made of several: whoever is first asks; the next only if the one before cannot.
 *
 * <pre>
 *   FallbackChain.open(request)
 *      └─ 1st link ─► events ─────────────────────────────────► caller
 *            └─ fails before anything visible, and another may help (Switching)
 *                  └─ Switched(from, to, why), 2nd link ─► events ─► caller
 *                        └─ … the last one's failure, the earlier ones suppressed in it
 * </pre>
 *
 * <ul>
 *   <li>{@link io.erniegateway.ernie.chain.FallbackChain} — the client, and the list of its links.
 *   <li>{@code ChainStream} — one answer, over as many links as it takes.
 *   <li>{@code Walk} — how far down the chain a question has come; of a stream and of a whole answer.
 *   <li>{@code Switching} — which failure another link may cure; pure, a table.
 * </ul>
 *
 * <p>Each link keeps its own retries, limits and breaker, and is given up only after them: give all but the last few
 * {@code attempts} and a short {@code longestRetryWait}. A link whose breaker is open fails at once, so a chain needs no
 * memory of its own for what is down.
 *
 * <p>What it never does: mix two models in one answer (it does not switch once anything was handed out that a reader may
 * have seen); send elsewhere what a content check has refused; change the request (what a dialect does not know, its
 * client leaves out).
 *
 * <p>Threads: all on the caller's, who opens and reads. {@code close} may come from any thread, and reaches a link that is
 * still being asked.
 */
@NullMarked
package io.erniegateway.ernie.chain;

import org.jspecify.annotations.NullMarked;
