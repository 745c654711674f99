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
 * <p>Threads: all calls block the caller's thread. The one thing that another thread may do is close: {@link
 * io.erniegateway.ernie.http.AnswerStream} cancels the call, and whichever thread leaves the stream last closes its
 * body.
 *
 * <p>It never follows a redirect (a POST would become a GET, and a key would go elsewhere), and never prints a URL.
 */
@NullMarked
package io.erniegateway.ernie.http;

import org.jspecify.annotations.NullMarked;
