/**
 * Slack: one app in one workspace.
 *
 * <p>It speaks the Web API through the Slack SDK that used to be called jSlack ({@code com.slack.api}) and receives in
 * one of two ways, Socket Mode (no public address needed) or signed HTTP requests. It never retries a call, never
 * waits for a limit, and never decides what an event means for the conversation: it translates.
 *
 * <pre>
 *   WebSocket ── SlackSockets ──┐
 *                               ├─► SlackUpdates (parse) ─► SlackIntake ─► Inbox ─► ack (only now)
 *   POST /slack/… ─ SlackRoutes ┘
 *   Markdown ─► SlackRenderer ─► RichText ─► Rendered ─► SlackMessages ─► SlackCalls ─► chat.postMessage / chat.update
 *   Markdown ─► SlackMarkdown ─► Rendered ─► SlackStreams ─► SlackCalls ─► chat.startStream / appendStream / stopStream
 *                                                            └─► SlackErrors (outcome) ─► Refusal
 * </pre>
 *
 * <ul>
 *   <li>{@link io.erniegateway.connectors.slack.SlackApp} — the settings.
 *   <li>{@link io.erniegateway.connectors.slack.SlackConnector} — the thin class that ties the parts together.
 *   <li>{@code SlackUpdates}, {@code SlackUpdate}, {@code SlackText} — event to {@code Inbound}; pure.
 *   <li>{@code SlackRenderer}, {@code RichRuns}, {@code RichText} — Markdown to {@code rich_text} blocks; pure.
 *   <li>{@code SlackIntake}, {@code SlackIdentity} — the last step before the inbox; who we are.
 *   <li>{@code SlackMessages} — whole messages.
 *   <li>{@code SlackMarkdown}, {@code SlackStreams} — messages that take their text piece by piece, as Markdown.
 *   <li>{@code SlackRecipients} — who asked last, for whom a stream in a channel is.
 *   <li>{@code SlackErrors} — Slack's error codes to refusals; pure.
 *   <li>{@code SlackLimits} — what Slack allows, as data with its sources.
 *   <li>{@code SlackCalls} — the SDK, with answers as values that it does not read itself.
 *   <li>{@code SlackSockets}, {@code SlackSocket}, {@code SocketPace} — Socket Mode.
 *   <li>{@code SlackRoutes}, {@code SlackSignature} — signed HTTP.
 *   <li>{@code SlackStatus} — the "is thinking…" line.
 * </ul>
 *
 * <p><b>Why rich_text and not mrkdwn or Markdown:</b> Slack's own parsers leave emphasis beside Chinese, Japanese and
 * Korean text raw and have no lists or tables in {@code mrkdwn}; {@code rich_text} is exact because nothing is parsed,
 * and text in it cannot mention anybody.
 *
 * <p><b>But streams are Markdown:</b> {@code chat.startStream} and its sisters take nothing else, the reader sees the pieces
 * grow smoothly, and there are two of them for each edit that Slack allows in a minute. Mentions in them are parted by a
 * zero-width space. A stream needs a thread, and in a channel a recipient: whoever wrote last.
 *
 * <p><b>Why a WebSocket of our own and not the SDK's {@code SocketModeClient}:</b> an envelope may be acknowledged only
 * after the inbox has stored it, on the very socket it came from, and the next socket has to stand before Slack takes
 * the old one down. The SDK hands frames to a queue and a pool of platform threads and replaces its one session in
 * place; working around that is more code than the protocol, which has four kinds of frame.
 *
 * <p><b>Threads:</b> every call runs on its caller's thread. Socket Mode adds one virtual thread that keeps a socket
 * open, and one virtual reader thread per socket, which may block in the inbox; {@code close()} ends them all. HTTP
 * mode runs on the workers of the gateway's web server.
 */
@NullMarked
package io.erniegateway.connectors.slack;

import org.jspecify.annotations.NullMarked;
