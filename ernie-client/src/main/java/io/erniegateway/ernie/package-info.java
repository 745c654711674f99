/**
 * Asks Baidu's ERNIE, and lets the answer arrive while it is being written. Usable by any Java program on its own.
 *
 * <pre>
 *   ErnieSettings ──connect──► ErnieClient ──open(ChatRequest)──► ErnieStream ──iterate──► ErnieEvent, ErnieEvent, …
 *                                                                      │
 *                                                                      └──► ErnieException(ErnieFailure)
 * </pre>
 *
 * <p>What needs no stream is a method of its own: {@code chat} (a whole answer at once), {@code embed}, {@code rerank},
 * {@code models}, and {@code countTokens} or, without any server, {@code estimateTokens}.
 *
 * <p>Blocking calls, made for virtual threads. Cancelling is closing. A failure is named by what the caller does next
 * ({@link io.erniegateway.ernie.ErnieFailure}), and an answer that was cut off never looks like a whole one.
 *
 * <p>What it never does: know of chats; keep a conversation; hold the name of a model (Baidu retires them every few
 * months); show a type of the HTTP library in this package; put a secret into a text.
 *
 * <ul>
 *   <li>{@link io.erniegateway.ernie.ErnieSettings}, {@link io.erniegateway.ernie.Dialect}, {@link io.erniegateway.ernie.Access} — where, how and with
 *       which key; {@link io.erniegateway.ernie.Parameter} — all that can be set, as a table.
 *   <li>{@code http} — the transport: what is sent, what is tried again, how much at once, how a stream is cancelled.
 *   <li>{@code chain} — several clients as one: who answers when the first cannot.
 *   <li>{@code reading} — what every stream of these does alike.
 *   <li>{@code sse} — bytes to events; pure.
 *   <li>{@code failures} — the one table from what servers say to what a caller does; pure.
 *   <li>{@code request} — what is sent, repaired, trimmed and checked; pure.
 *   <li>{@code auth} — API key, OAuth token, IAM signature and bearer.
 *   <li>{@code tools} — functions that the model may ask for, and the rounds until it answers.
 *   <li>{@code simulated} — a strict ERNIE server on this machine, for tests and demos.
 * </ul>
 */
@NullMarked
package io.erniegateway.ernie;

import org.jspecify.annotations.NullMarked;
