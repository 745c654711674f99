/**
 * Telegram, as a connector.
 *
 * <p>telegrambots' types describe the updates and the calls; its client and its poller are not used. The client takes
 * no base URL with a path, and the poller moves its offset before the update is stored, stops for good on an
 * exception, and lets one unreadable update block the stream. What stands here instead is small:
 *
 * <pre>
 *   getUpdates ─ UpdateLoop ─┐                                    ┌─ Arrived ──► Inbox ──► confirmed
 *   webhook ── WebhookRoute ─┴► Intake ─► UpdateReader (pure) ────┼─ Migrated ─► the room's new id
 *                                                                 └─ Ignored, Malformed ─► logged, confirmed
 *   Markdown ─► EntityRenderer (pure) ─► Rendered ─► BotApi ─► ApiAnswer ─► Outcomes (pure) ─► post/edit/draft outcome
 * </pre>
 *
 * <ul>
 *   <li>{@link io.erniegateway.connectors.telegram.TelegramBot} — what the operator sets.
 *   <li>{@link io.erniegateway.connectors.telegram.TelegramConnector} — the seam, and nothing but calls of the others.
 *   <li>{@code Startup} — getMe, webhook on or off, the command menu; turns failures into sentences for the operator.
 *   <li>{@code UpdateLoop} — one virtual thread that polls. It moves its offset over an update only when the inbox has
 *       it, and it is the only thread of this package.
 *   <li>{@code WebhookRoute} — the same over HTTP, on the server's worker threads: 2xx only when the inbox has it.
 *   <li>{@code BotApi} — one HTTP call. The token is part of every URL, so no URL and no text of an {@code IOException}
 *       ever leaves this class.
 *       The wire under it is the network, or whatever answers in its place in a simulation.
 *   <li>{@code DraftRooms} — where drafts were refused, so that nobody tries again.
 *   <li>{@code TelegramLimits} — the limits as data, each with its source.
 * </ul>
 *
 * Formatting is sent as entities, never with {@code parse_mode}: an entity list cannot fail to parse, so half an
 * answer is as sendable as a whole one. It never waits, repeats or splits on its own account: that is the gateway's.
 */
@NullMarked
package io.erniegateway.connectors.telegram;

import org.jspecify.annotations.NullMarked;
