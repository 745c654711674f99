/**
 * The built-in web chat: a page, a stream of events to it, and a few small posts back.
 *
 * <pre>
 *   browser ──POST messages, stop, clear, retry──► {@link ChatEndpoints} ──Inbound──► Inbox
 *   browser ◄──SSE history, message, edit, busy, idle, cleared── {@link EventStream} ◄── {@link Rooms} ◄── post, edit, typing
 *                                                     {@link Transcript}: what the reader sees, also after a reload
 * </pre>
 *
 * <p>Nothing stands between this bot and its reader, so the connector never answers {@code SlowDown} or {@code
 * Unreachable}; its limits only say how often a screen is worth redrawing. A slow reader is not the bot's problem
 * either: each reader has one slot a message in which the newest text wins, and one that takes nothing for too long is
 * dropped, comes back by itself and gets the history.
 *
 * <p>It never stores a cookie: a reader is known by a hash of it, so neither a log, nor an id, nor the database can be
 * used to enter somebody's chat. It never sends HTML that a model wrote: markup comes from {@link WebMarkup} alone,
 * and the page's content security policy allows no inline script.
 *
 * <ul>
 *   <li>{@link io.erniegateway.connectors.web.WebConnector} — the seam's side: post, edit, typing.
 *   <li>{@link io.erniegateway.connectors.web.WebChat} — what the operator sets.
 *   <li>{@link io.erniegateway.connectors.web.Transcript} — the port behind which the lines of a chat are kept;
 *       {@link io.erniegateway.connectors.web.MemoryTranscript} keeps them for the life of the process.
 *   <li>{@link WebMarkup} — Markdown to safe HTML. Pure.
 *   <li>{@link Rooms} — one chat's readers, and the lock that keeps one order for all of them.
 *   <li>{@link io.erniegateway.connectors.web.EventStream} — one reader's connection.
 *   <li>{@link ChatEndpoints}, {@link io.erniegateway.connectors.web.PageFiles}, {@link
 *       io.erniegateway.connectors.web.JsonCalls}, {@link Session} — HTTP.
 * </ul>
 *
 * <p>Threads: everything that may touch the transcript or the inbox runs on a worker; bytes to readers are written by
 * the server's I/O threads. The package starts one virtual thread a new reader, which ends when the history is sent.
 */
@NullMarked
package io.erniegateway.connectors.web;

import org.jspecify.annotations.NullMarked;
