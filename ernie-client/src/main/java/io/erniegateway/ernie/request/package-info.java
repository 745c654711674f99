/**
 * From a {@link io.erniegateway.ernie.ChatRequest} to the bytes its server takes. Pure.
 *
 * <pre>
 *   turns ──History──► exchanges ──Trimming──► exchanges that fit ──MessageWriter──┐
 *   parameters, functions ──────────────────────────────────────────FieldWriter────┴─► Question (bytes)
 *                                                                                        └─ shorter() after "too long"
 * </pre>
 *
 * <p>What a dialect does not have is not sent to it ({@link io.erniegateway.ernie.Parameter} is the table); what it has
 * in another range is refused here, with the field and the range, before the server refuses it with less. It never
 * sends, waits or logs; it never puts reasoning text into a history.
 */
@NullMarked
package io.erniegateway.ernie.request;

import org.jspecify.annotations.NullMarked;
