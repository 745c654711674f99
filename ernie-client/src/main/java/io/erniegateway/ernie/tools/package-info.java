/**
 * Functions that the model may ask for: registered once, called when it wants them, and the answer goes on.
 *
 * <pre>
 *   Tool (record → JSON Schema, or the caller's own schema) ──► ToolBox ──open(client, request)──► ErnieStream
 *
 *   ToolStream, until the model answers without a call:
 *     ┌──► model call ──Round──► text, reasoning, … pass through as they come ──► Finished, Usage
 *     │                 └──► calls wanted
 *     │                        └── Calls: checked, run in parallel, each with a time-out ──► ToolAnswered
 *     └── history + assistant's turn + results ◄──────────────────────────────────────────────┘
 * </pre>
 *
 * <p>What the model gets wrong (a function that does not exist, arguments that are no JSON, a missing or unknown field,
 * a wrong type) is told to the model, which usually calls again correctly; the caller sees a failed {@link
 * io.erniegateway.ernie.ErnieEvent.ToolAnswered} and no exception. What goes wrong inside a function is told to the model
 * in general words, for an exception's text may hold what is nobody's business; a function that has something to say
 * throws {@link io.erniegateway.ernie.tools.ToolException}.
 *
 * <p>What it never does: call a function twice for one call of the model (it may have side effects, so a failing model
 * call after it is the caller's {@link io.erniegateway.ernie.ErnieException}, with what was shown before); call a
 * function whose answer was cut off, filtered or banned by the content check; keep a conversation; wait for a function
 * without a limit.
 *
 * <ul>
 *   <li>{@link io.erniegateway.ernie.tools.Tool}, {@link io.erniegateway.ernie.tools.ToolFunction} — a function, and how
 *       the model is told of it.
 *   <li>{@link io.erniegateway.ernie.tools.ToolBox} — those a model may use, and the way in.
 *   <li>{@link io.erniegateway.ernie.tools.ToolLimits} — every bound, with its reason.
 *   <li>{@code RecordSchema}, {@code Arguments} — from a Java record to JSON Schema, from the model's text to arguments.
 *   <li>{@code Round}, {@code Calls}, {@code Threads}, {@code ToolStream} — one model call; one turn's functions; who
 *       runs them; the whole answer.
 * </ul>
 *
 * <p>The schemas are made by victools' generator and checked by networknt's validator rather than by code of our own:
 * both know the corners of JSON Schema, and both read Jackson's annotations ({@code @JsonPropertyDescription},
 * {@code @JsonClassDescription}, {@code @JsonProperty}), so that the schema which the model sees and the parser which
 * takes its arguments cannot drift apart.
 *
 * <p>Threads: the reader of the stream runs the rounds. Every function runs on a virtual thread of its own, and so does
 * the opening of each model call after the first, for it must be interruptible by {@code close}. Closing interrupts them
 * all and returns at once; a function that takes no notice of an interrupt keeps its thread until it returns, for Java
 * has no way to stop it, but nobody waits for it any more.
 */
@NullMarked
package io.erniegateway.ernie.tools;

import org.jspecify.annotations.NullMarked;
