/**
 * When to send what. One planner and one edit loop per bot, for every platform alike.
 *
 * <pre>
 *   model thread ──append──► Answer (newest text wins, one slot)
 *                               │ wishes
 *                               ▼
 *   loop thread ──────────► Planner.next(wishes, now) ──► Send │ WaitUntil │ Rest
 *                               │ Send
 *                               ▼
 *   call thread ───────────► connector.post / edit / typing ──► outcome ──► Answer, Buckets
 * </pre>
 *
 * <ul>
 *   <li>{@link io.erniegateway.gateway.delivery.BotDelivery} — the loop: the only place that waits. It sends nothing
 *       itself; each call runs on a virtual thread of its own, at most one per answer.
 *   <li>{@link io.erniegateway.gateway.delivery.Answer} — one growing answer: what is to be seen, what is seen.
 *   <li>{@link io.erniegateway.gateway.delivery.Planner} — whose turn it is. Pure: a last text goes before a first one,
 *       a first before a later one, the longest unseen first; typing signs last.
 *   <li>{@link io.erniegateway.gateway.delivery.Buckets} — what is left of the platform's budgets. Pure.
 *   <li>{@link io.erniegateway.gateway.delivery.Journal} — the port to which posted messages are written down.
 * </ul>
 *
 * <p>States of an answer: {@code growing → finished → delivered}, or {@code lost} from anywhere (the chat is gone, the
 * platform rejects even the plain text, or {@link io.erniegateway.gateway.delivery.Answer#PATIENCE} ran out).
 */
@NullMarked
package io.erniegateway.gateway.delivery;

import org.jspecify.annotations.NullMarked;
