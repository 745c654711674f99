/**
 * When to send what. One planner and one loop per bot, for every platform alike.
 *
 * <pre>
 *   model thread ──append──► Answer (newest text wins, one slot)
 *                               │ wish
 *                               ▼
 *   loop thread ──────────► Planner.next(now) ──► Send │ WaitUntil │ Rest
 *                               │ Send              ▲
 *                               ▼                   │ what is left
 *   call thread ──Courier──► connector ──► outcome ──► Screen, Budgets
 * </pre>
 *
 * <ul>
 *   <li>{@link io.erniegateway.gateway.delivery.BotDelivery} — the loop: the only place that waits.
 *   <li>{@link io.erniegateway.gateway.delivery.Answer} — one growing answer: what is to be seen, what is wished for it.
 *   <li>{@code Screen} — what the reader sees of it, and the next step from there: post, edit, draft, or a stream's start,
 *       pieces and end. {@code Ways} chooses among them, so that no budget lies idle while another is fought for.
 *   <li>{@code Flow} — how its text comes: steadily or in bursts.
 *   <li>{@link io.erniegateway.gateway.delivery.Planner} — whose turn it is. It looks at the heads of a few lines, so a
 *       decision costs the logarithm of the number of answers.
 *   <li>{@code Courier} — carries a decision out on a thread of its own, at most one call at a time for an answer, and
 *       draws the consequences of the outcome.
 *   <li>{@link io.erniegateway.gateway.delivery.Journal} — the port to which posted messages are written down.
 * </ul>
 *
 * <p>What is left of the platform's limits is package {@code budget}'s.
 *
 * <p>States of an answer: {@code growing → finished → delivered}, or {@code lost} from anywhere (the chat is gone, the
 * platform rejects even the plain text, or {@link io.erniegateway.gateway.delivery.Patience#CALLS} ran out).
 */
@NullMarked
package io.erniegateway.gateway.delivery;

import org.jspecify.annotations.NullMarked;
