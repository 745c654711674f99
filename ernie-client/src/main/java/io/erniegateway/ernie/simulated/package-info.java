/**
 * A strict ERNIE server on this machine, for tests, simulation and a demo without keys.
 *
 * <pre>
 *   request ──RequestRules──► Question ──Script──► Reply ──Frames──► frames ──StreamSender──► socket
 *                  └──────────► Rejected ─────────────┘ (as the dialect words it)
 * </pre>
 *
 * <p>It refuses what Baidu refuses, and what nobody promises that Baidu takes; it is never kinder than the facts. It is
 * not a model: it says what its {@link io.erniegateway.ernie.simulated.Script} says.
 *
 * <ul>
 *   <li>{@link io.erniegateway.ernie.simulated.ErnieSimulator} — start, base URLs, counts.
 *   <li>{@link io.erniegateway.ernie.simulated.SimulatorOptions} — keys, models, limits, speed.
 *   <li>{@link io.erniegateway.ernie.simulated.Script}, {@link io.erniegateway.ernie.simulated.Question}, {@link
 *       io.erniegateway.ernie.simulated.Reply} — what is answered; {@link io.erniegateway.ernie.simulated.DemoScript}
 *       is the one for people.
 *   <li>{@link io.erniegateway.ernie.simulated.Profile} — recorded speeds; {@link
 *       io.erniegateway.ernie.simulated.Quirk} — recorded spellings; {@link io.erniegateway.ernie.simulated.Fault} —
 *       what goes wrong.
 *   <li>{@code RequestRules} and its parts {@code FieldRules}, {@code ToolRules}, {@code MessageRules}, {@code Pictures} —
 *       what a chat's request has to be like, read from the documents a second time, not from the client; {@code
 *       QuestionReader} makes of it what a script sees; {@code CallFrames} writes the calls that a reply wants.
 *   <li>{@code IamDesk} — checks signatures as Baidu's gateway does, and mints bearers as its IAM service does.
 *   <li>{@link io.erniegateway.ernie.simulated.SimulateCommand} — {@code ./ernie-gateway simulate ernie}, the simulator
 *       as a program of its own.
 * </ul>
 *
 * <p>What is no stream is answered at once by {@code CallDesk}, which checks the documented limits ({@code CallRules})
 * and makes vectors and scores from the texts' characters: the same for the same text, near for texts that are alike.
 *
 * <p>Paths: {@code /v2/chat/completions}, {@code /v2/embeddings}, {@code /v2/rerank} and {@code /v2/rerankers}, {@code
 * /v2/models}; {@code /rpc/2.0/ai_custom/v1/wenxinworkshop/} with {@code chat/…}, {@code embeddings/…}, {@code
 * reranker/…}, {@code tokenizer/erniebot}; {@code /oauth/2.0/token}; {@code /v1/chat/completions}, {@code
 * /v1/embeddings}, {@code /v1/models}; {@code /v1/BCE-BEARER/token}. Everything else is a plain-text 404.
 *
 * <p>Threads: Undertow's I/O threads accept and notice clients that leave; each request runs on a virtual thread, which
 * is where the waits between chunks are. {@code close} wakes and ends them all.
 */
@NullMarked
package io.erniegateway.ernie.simulated;

import org.jspecify.annotations.NullMarked;
