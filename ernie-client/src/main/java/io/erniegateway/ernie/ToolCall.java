package io.erniegateway.ernie;

/**
 * A model's wish that a function be called.
 *
 * @param id what the result has to name (V2: 32 hexadecimal characters were recorded); V1 has none and one call a turn,
 *     so it is empty there
 * @param name the function's name, as the model wrote it: it may be none that exists
 * @param arguments JSON text, as the model wrote it: it may be no JSON at all
 * @param thoughts V1's reasoning about the call, to be sent back with it; empty elsewhere
 */
public record ToolCall(String id, String name, String arguments, String thoughts) {}
