/**
 * What is said in a chat. One turn is a state machine; everything a turn does follows from its state.
 *
 * <pre>
 *   Thinking ──Delta──► Answering ──Delta──► Answering
 *      │                    │
 *      └── Complete, Failed, Stopped, Retracted, Unwanted ──► Ended(ending)
 * </pre>
 *
 * <ul>
 *   <li>{@link io.erniegateway.gateway.conversation.Conversations} — takes one arrival at a time per chat and answers it;
 *       knows the running turns, so that they can be cut.
 *   <li>{@link io.erniegateway.gateway.conversation.TurnState}, {@link io.erniegateway.gateway.conversation.TurnEvent},
 *       {@link io.erniegateway.gateway.conversation.Ending} — the machine. Pure.
 *   <li>{@code TurnRunner} — lets the machine run between a model and an answer; tells the answer when the model falls
 *       silent in its middle.
 *   <li>{@link io.erniegateway.gateway.conversation.Command} — /start /help /new /stop /retry.
 *   <li>{@link io.erniegateway.gateway.conversation.Phrase}, {@link io.erniegateway.gateway.conversation.Tongue} — what the
 *       gateway itself says, in the person's language.
 *   <li>{@link io.erniegateway.gateway.conversation.ConversationStore} — the port to the history.
 * </ul>
 *
 * <p><b>A stop</b> comes on the thread of the platform that told it, and goes beside the queue: {@code
 * Conversations.cut} puts it into the running turn, which waits for nothing else. The turn closes the model's stream, and
 * so its connection, wherever the call stands (waiting for its minute, a token, a connection, the first byte, the next
 * one, another attempt, another model), and goes on to its closing sentence without waiting for the thread that read. A
 * stop that overtakes the thread which is to answer its question cuts the turn as it begins.
 *
 * <p>It never calls a platform: it writes into an {@code Answer}, and the delivery does the rest.
 */
@NullMarked
package io.erniegateway.gateway.conversation;

import org.jspecify.annotations.NullMarked;
