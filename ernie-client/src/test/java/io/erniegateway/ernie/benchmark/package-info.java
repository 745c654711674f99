/**
 * How fast answers are decoded, and what that costs in memory, beside what a program would do without this client. Not
 * part of the tests: {@code ./ernie-gateway benchmark decoder} runs it.
 *
 * <pre>
 *   Transcript (bytes) ──┬─► StreamDecoder                       ours
 *                        ├─► StreamDecoder without its shortcut  slow
 *                        └─► okhttp-sse + ObjectMapper.readTree  theirs
 * </pre>
 */
@NullMarked
package io.erniegateway.ernie.benchmark;

import org.jspecify.annotations.NullMarked;
