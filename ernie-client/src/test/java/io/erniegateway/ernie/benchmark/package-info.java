/**
 * Measurements with commands of their own, not part of the tests. Their last figures are in {@code
 * ernie-client/benchmarks.md}.
 *
 * <p>{@code ./ernie-gateway benchmark decoder} — how fast answers are decoded, and what that costs in memory, beside what
 * a program would do without this client:
 *
 * <pre>
 *   Transcript (bytes) ──┬─► StreamDecoder                       ours
 *                        ├─► StreamDecoder without its shortcut  slow
 *                        └─► okhttp-sse + ObjectMapper.readTree  theirs
 * </pre>
 *
 * <p>{@code ./ernie-gateway benchmark streams} — thousands of answers at once, from a simulator in another process: memory
 * of a stream, processor time of an event, and whether all arrive whole or are gone when cancelled.
 */
@NullMarked
package io.erniegateway.ernie.benchmark;

import org.jspecify.annotations.NullMarked;
