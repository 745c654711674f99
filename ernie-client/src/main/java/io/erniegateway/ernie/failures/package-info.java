/**
 * The one table from what servers say to what a caller does next. Pure.
 *
 * <pre>
 *   HTTP status + body ──RefusalReader──► Refusal ──FailureTable──► Action ──Failures──► ErnieFailure
 *   a line of a stream ──┘                                                    (text cut, secrets struck out)
 * </pre>
 *
 * <p>It never sends, waits or logs. It never passes a server's text on without {@link
 * io.erniegateway.ernie.failures.Secrets} having looked at it: servers echo what they were sent.
 *
 * <ul>
 *   <li>{@link io.erniegateway.ernie.failures.RefusalReader} — all the shapes in which servers refuse.
 *   <li>{@link io.erniegateway.ernie.failures.FailureTable} — every documented code, as rows.
 *   <li>{@link io.erniegateway.ernie.failures.Failures} — builds the failure that a program sees.
 *   <li>{@link io.erniegateway.ernie.failures.RetryAfter} — the header, seconds or date.
 * </ul>
 */
@NullMarked
package io.erniegateway.ernie.failures;

import org.jspecify.annotations.NullMarked;
