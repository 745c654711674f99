/**
 * The answer so far, as text a platform can show. Pure: no clock, no I/O, no threads.
 *
 * <pre>
 *   model text ──append──► Draft ──parts()──► [closed, closed, …, open]   each Rendered within the platform's size
 * </pre>
 *
 * <ul>
 *   <li>{@link io.erniegateway.gateway.draft.Draft} — accumulates, and knows the parts an answer is shown in.
 *   <li>{@code Splitter} — where a text that is too long is cut: paragraph, line, sentence, word, grapheme.
 *   <li>{@code LiveMarkdown} — the showable form of a text that is still being written: half a marker, link or table
 *       row is held back, open emphasis is closed.
 * </ul>
 */
@NullMarked
package io.erniegateway.gateway.draft;

import org.jspecify.annotations.NullMarked;
