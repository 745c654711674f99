/**
 * The seam between the gateway and the places where people chat.
 *
 * <p>A connector turns what a platform sends into {@link io.erniegateway.connectors.Inbound} and carries out
 * {@code post} and {@code edit}. It never decides <em>whether</em> or <em>when</em> to do so: it publishes its {@link
 * io.erniegateway.connectors.Limits} as data, and the gateway's one edit loop plans with them. It never retries on its
 * own, and it never throws for something a platform may answer: "not now" is a value.
 *
 * <pre>
 *   platform ──parse──► Inbound ──► Inbox          (stored before it is acknowledged)
 *   Markdown ──render──► Rendered ──post/edit──► platform ──outcome──► PostOutcome / EditOutcome
 * </pre>
 *
 * <ul>
 *   <li>{@link io.erniegateway.connectors.Connector} — what every platform can do; further abilities are tiny
 *       interfaces of their own, asked for by pattern ({@link io.erniegateway.connectors.Typing}, {@link
 *       io.erniegateway.connectors.ServesHttp}).
 *   <li>{@link io.erniegateway.connectors.ChatId}, {@link io.erniegateway.connectors.MessageRef} — opaque outside the
 *       connector that made them.
 *   <li>{@code markdown} — the one Markdown parser all renderers share.
 *   <li>{@code telegram}, {@code slack}, {@code web} — one package a platform; they do not know each other.
 *   <li>{@code simulated} — strict local servers that refuse what the real platforms refuse.
 * </ul>
 */
@NullMarked
package io.erniegateway.connectors;

import org.jspecify.annotations.NullMarked;
