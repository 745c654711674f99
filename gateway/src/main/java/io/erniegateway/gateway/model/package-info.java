/**
 * The gateway's own small view of a model: a question goes in, a stream of text comes out, and what goes wrong is named
 * by what the reader is told. The one place that knows {@code io.erniegateway.ernie}.
 *
 * <ul>
 *   <li>{@link io.erniegateway.gateway.model.Model} — what the conversation sees.
 *   <li>{@code ErnieModel} — ERNIE, through the client.
 *   <li>{@code EchoModel} — the two teaching models: repeats the question at once, or a character every 0.3 s.
 * </ul>
 */
@NullMarked
package io.erniegateway.gateway.model;

import org.jspecify.annotations.NullMarked;
