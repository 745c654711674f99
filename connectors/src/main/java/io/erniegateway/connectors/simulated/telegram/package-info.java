/**
 * A strict Telegram Bot API on loopback, with its limits, refusals and faults, in the words of the official server
 * (tdlib/telegram-bot-api and tdlib/td). Two sides: the wire for the connector, and the person's side for tests and the
 * demo.
 *
 * <pre>
 *   bot ──HTTP───► BotWire ───────┐
 *   bot ──OkHttp─► InProcessWire ─┴► BotDesk ──► BotMethods ──► Rooms (chats, messages, drafts) ──► Watchers ──► tests, demo
 *                                       │             └─ FloodControl, FormattedText
 *                                       └─ Faults                    persons ──► Rooms ──► UpdateQueue ──► getUpdates
 *                                                                                              └─ WebhookCaller ──► bot
 * </pre>
 *
 * <ul>
 *   <li>{@link io.erniegateway.connectors.simulated.telegram.TelegramSimulator} — start here; the person's side. It
 *       listens on a port, or lives {@linkplain
 *       io.erniegateway.connectors.simulated.telegram.TelegramSimulator#inProcess in process}, where nothing takes real
 *       time.
 *   <li>{@link io.erniegateway.connectors.simulated.telegram.TelegramWorld} — the bot, the port, the limits, the time.
 *   <li>{@link io.erniegateway.connectors.simulated.telegram.Faults} — what goes wrong.
 *   <li>{@link io.erniegateway.connectors.simulated.telegram.Witness} — what becomes visible, and when exactly.
 *   <li>{@link io.erniegateway.connectors.simulated.telegram.FloodTally} — the calls let through and refused.
 * </ul>
 *
 * <p>Stricter than the real one where that is not certain: more than 4096 UTF-16 units are refused on both paths, a group
 * has 20 calls in <em>any</em> 60 seconds, an entity beyond the text is an error, drafts have a budget of their own in
 * each chat and share its penalties with messages. Like a local Bot API server it calls
 * webhooks over plain HTTP on any port.
 *
 * <p>Not simulated, and refused rather than accepted: {@code parse_mode}, files, keyboards, rich messages,
 * business and guest messages, multipart bodies, the anti-spin limit of getUpdates, the 24 hours of an update's life.
 */
@NullMarked
package io.erniegateway.connectors.simulated.telegram;

import org.jspecify.annotations.NullMarked;
