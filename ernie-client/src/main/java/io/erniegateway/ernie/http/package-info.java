/**
 * The transport: what is sent, what is tried again, how a stream is cancelled.
 *
 * <pre>
 *   HttpErnieClient.open
 *      └─ RequestWriter ─► Question         (history repaired, fields by dialect)
 *      └─ Places ─► too_many_open
 *      └─ AnswerStream.connect ◄──────────── Patience: wait, then again ──┐
 *            └─ Gate ─► breaker_open, local_rate_limit                    │
 *            └─ Attempt.send ─► Asker: one HTTP attempt, with its own id  │ only while no event
 *                  └─ refused, broken ────────────────────────────────────┤ has been handed out
 *      └─ AnswerStream.iterator ─► Attempt.next ─► StreamDecoder ─► events│
 *                  └─ broken, silent ─────────────────────────────────────┘
 * </pre>
 *
 * <p><b>What surrounds a question, from the outside in</b>, and why in this order:
 *
 * <ol>
 *   <li>{@code Places} (Resilience4j's bulkhead): how many answers are received at once. Outside of the retries, for a
 *       question that waits for its next attempt holds a thread and its history just as one that is being answered.
 *   <li>{@code Patience} (Resilience4j's retry): a failure before the first event is tried again if its kind allows;
 *       after it never, for the reader has seen a part of an answer that would not be repeated word for word. A stale
 *       token is replaced once, without a wait.
 *   <li>{@code Gate}, for each attempt: the breaker of the server and model ({@code Circuit}, over Resilience4j's, shared
 *       by all clients of the process through {@link io.erniegateway.ernie.http.Breakers}), then the minute's {@code
 *       Allowance}. The breaker is looked at before the wait for the minute, so that nobody stands in line for a server
 *       that is down, and entered after it, so that nobody holds one of its three trials while waiting. What the gate
 *       refuses is not tried again: a chain shall go on to its next link at once, and a wait that is short enough has
 *       been waited inside.
 *   <li>{@code Attempt}: the HTTP call. Its first event is the breaker's success.
 * </ol>
 *
 * <p><b>What the breaker counts</b>: overload, errors of the server, broken and silent connections before the first
 * event. Not the account's own limits (they are the allowance's), nor what the caller did wrong, nor a cancelled answer.
 *
 * <p><b>Why the allowance is not Resilience4j's rate limiter</b>: that one counts in cycles which begin when it is made,
 * so that twice the limit may fall into one of Baidu's minutes, whose beginning nobody knows; a new limit, learnt from a
 * header, counts from the next cycle only; what was taken by estimate cannot be corrected; and its clock is the machine's.
 * {@code Meter} allows the limit in any sixty seconds, learns it and what is left of it from the headers, and is a page
 * long.
 *
 * <p><b>Limits on time</b>: connecting ({@code connectTimeout}), the first byte ({@code firstByteTimeout}), the gap
 * between two bytes ({@code gapTimeout}), bytes that tell nothing ({@code eventTimeout}; seen by the reader itself, for
 * it is woken by each of them). There is none on the length of an answer.
 *
 * <p>What is no stream (a whole answer, vectors, a ranking, a count, a list) goes another way, through the same doors:
 *
 * <pre>
 *   HttpErnieClient ─► Calls ─► JsonCalls.begin ─► Places
 *                       │           └─ Run.call ◄── Attempts, Patience: wait, then again, whatever may pass
 *                       │                 └─ Gate ─► JsonAttempt: one HTTP attempt, read to its end ─► Answered
 *                       └─ Endpoints (where), EmbeddingCall, RerankCall (what is sent), WholeAnswer (what it means)
 * </pre>
 *
 * <p>Of it nothing is handed out before all was read and understood, so that a half or unreadable answer is tried again
 * as well. Only an answer that was understood is the breaker's success.
 *
 * <p>Threads: all calls block the caller's thread. The one thing that another thread may do is close: {@link
 * io.erniegateway.ernie.http.AnswerStream} (or {@code JsonCalls}) cancels the call or the wait, and whichever thread
 * leaves the stream last closes its body. A stream can be closed before it has begun: {@code open} tells of it first.
 *
 * <p>It never follows a redirect (a POST would become a GET, and a key would go elsewhere), and never prints a URL.
 */
@NullMarked
package io.erniegateway.ernie.http;

import org.jspecify.annotations.NullMarked;
