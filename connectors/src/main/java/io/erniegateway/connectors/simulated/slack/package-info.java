/**
 * A strict Slack on loopback: one workspace, one app, the Web API, Socket Mode, the signed Events API, and the limits.
 *
 * <p>It answers in Slack's words ({@code ok:false} with HTTP 200, HTTP 429 with {@code Retry-After}) and is never kinder
 * than what is known of Slack. Where Slack publishes nothing, the stricter reading is taken and said so beside the code.
 * The kindnesses are two: first deliveries over HTTP go out one after the other, so that a demo is not shuffled; and
 * emphasis in Markdown beside Chinese, Japanese and Korean text is always shown, where Slack's is reported to stay raw
 * sometimes.
 *
 * <p>Not simulated, and answered with {@code unknown_method}: {@code agents.sessions.*}, files, views, OAuth. Streams take
 * {@code markdown_text} alone, no chunks and no blocks.
 *
 * <pre>
 *   person ─ SlackSimulator ─► Workspace ─► Events ─► Courier ─┬─ SocketCourier ─► WebSocket ─► app
 *                                 ▲                            └─ HttpCourier ───► signed POST ─► app
 *   app ─ POST /api/METHOD ─► WebApi ─┬─► WebMethods ─► Tiers, faults ─► ChatMethods, StreamMethods ─► Workspace
 *   app ─ OkHttp ──► InProcessWire ───┘
 * </pre>
 *
 * <ul>
 *   <li>{@link io.erniegateway.connectors.simulated.slack.SlackSimulator} — the person's side, and the whole.
 *   <li>{@link io.erniegateway.connectors.simulated.slack.SlackInProcess} — the same without sockets, threads and events,
 *       in a time turned by hand; for simulations.
 *   <li>{@link io.erniegateway.connectors.simulated.slack.SlackFault} — what can be made to go wrong.
 *   <li>{@link io.erniegateway.connectors.simulated.slack.SlackTimes} — Slack's times, real or scaled.
 *   <li>{@link io.erniegateway.connectors.simulated.slack.CallCount} — what became of a method's calls.
 *   <li>{@code Workspace}, {@code Room}, {@code Post}, {@code Sessions}, {@code Stream}, {@code BusySigns} — the state, behind one lock.
 *   <li>{@code WebApi}, {@code InProcessWire}, {@code Arguments}, {@code Reply} — the two wires.
 *   <li>{@code WebMethods}, {@code ChatMethods}, {@code StreamMethods}, {@code BlockRules} — what the app may call, and what
 *       is refused.
 *   <li>{@code Tiers} — the rate limits.
 *   <li>{@code Events}, {@code Courier} — what the app is told, and how often.
 *   <li>{@code SocketCourier}, {@code HttpCourier}, {@code Alarms} — the two ways of telling, and what is due later.
 *   <li>{@code Bystanders} — those who watch.
 *   <li>{@code ReaderView}, {@code MarkdownView}, {@code Mrkdwn} — what a person sees and types; {@code ListMark},
 *       {@code SafeHtml} are their vocabulary.
 * </ul>
 */
@NullMarked
package io.erniegateway.connectors.simulated.slack;

import org.jspecify.annotations.NullMarked;
