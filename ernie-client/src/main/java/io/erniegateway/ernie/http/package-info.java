/**
 * The transport: what is sent, what is tried again, how a stream is cancelled.
 *
 * <pre>
 *   HttpErnieClient.open
 *      └─ RequestWriter ─► bytes            (history repaired, fields by Wire)
 *      └─ AnswerStream.connect ◄──────────── Patience: wait, then again ──┐
 *            └─ Asker.ask ─► one HTTP attempt, signed, with its own id    │ only while no event
 *                  └─ refused, broken ────────────────────────────────────┤ has been handed out
 *      └─ AnswerStream.iterator ─► StreamDecoder ─► events                │
 *                  └─ broken ─────────────────────────────────────────────┘
 * </pre>
 *
 * <p>A failure before the first event is retried if its kind allows; after it never, for the reader has seen a part of
 * an answer that would not be repeated word for word. A stale token is replaced once, without a wait. There is a limit on
 * silence, not on the length of an answer.
 *
 * <p>What is no stream (a whole answer, vectors, a ranking, a count, a list) goes another way, with the same patience:
 *
 * <pre>
 *   HttpErnieClient ─► Calls ─► JsonCalls.Run ─► JsonAttempt ─► one HTTP attempt, read to its end ─► Answered
 *                       │            └─ Attempts: wait, then again, whatever may pass
 *                       └─ Endpoints (where), EmbeddingCall, RerankCall (what is sent), WholeAnswer (what it means)
 * </pre>
 *
 * <p>Of it nothing is handed out before all was read and understood, so that a half or unreadable answer is tried again
 * as well. {@code JsonCalls.Run.attempt} is the one place where an attempt begins and ends.
 *
 * <p>Threads: all calls block the caller's thread. The one thing that another thread may do is close: {@link
 * io.erniegateway.ernie.http.AnswerStream} (and {@code JsonCalls}) cancels the call, and whichever thread leaves the stream last closes its
 * body.
 *
 * <p>It never follows a redirect (a POST would become a GET, and a key would go elsewhere), and never prints a URL.
 */
@NullMarked
package io.erniegateway.ernie.http;

import org.jspecify.annotations.NullMarked;
