package io.erniegateway.ernie.sse;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.Usage;
import org.jspecify.annotations.Nullable;

/** How the two APIs write a chunk and an end. */
public enum ChunkGrammar {
    /**
     * V2 and OpenAI: {@code {"id":…,"choices":[{"delta":{…},"finish_reason":…,"flag":0}],"usage":…}}. Complete when a
     * finish_reason was seen and the stream then ended, with or without {@code [DONE]}.
     */
    CHOICES(true) {
        @Override
        Chunk read(JsonNode chunk) {
            JsonNode choice = chunk.path("choices").path(0);
            JsonNode delta = choice.path("delta");
            // Baidu says reasoning_content; new versions of vLLM say reasoning.
            String reasoning = text(delta, "reasoning_content");
            return new Chunk(
                    text(chunk, "id"),
                    text(delta, "content"),
                    reasoning.isEmpty() ? text(delta, "reasoning") : reasoning,
                    flag(choice),
                    choice.path("ban_round").asInt(-1),
                    usage(chunk.path("usage")),
                    reason(text(choice, "finish_reason")),
                    false,
                    text(delta, "delta_tag").equals("search_status"),
                    SearchHits.read(chunk.path("search_results")),
                    ToolPiece.ofToolCalls(delta.path("tool_calls")));
        }

        @Override
        Usage usage(int prompt, int completion, int total) {
            return new Usage(prompt, completion, Math.max(total, prompt));
        }

        @Override
        @Nullable
        Hole hole(String place) {
            return switch (place) {
                case "/choices/0/delta/content" -> Hole.TEXT;
                case "/choices/0/delta/reasoning_content", "/choices/0/delta/reasoning" -> Hole.REASONING;
                case "/usage/prompt_tokens" -> Hole.PROMPT;
                case "/usage/completion_tokens" -> Hole.COMPLETION;
                case "/usage/total_tokens" -> Hole.TOTAL;
                case "/created", "/usage/completion_tokens_details/reasoning_tokens" -> Hole.ANY_NUMBER;
                default -> null;
            };
        }
    },

    /** V1: {@code {"id":…,"is_end":false,"result":"…"}}. Complete only with {@code is_end:true}; no {@code [DONE]}. */
    RESULT(false) {
        @Override
        Chunk read(JsonNode chunk) {
            boolean last = chunk.path("is_end").asBoolean(false);
            Reason reason = reason(text(chunk, "finish_reason"));
            if (reason != Reason.CONTENT_FILTER && chunk.path("is_truncated").asBoolean(false)) {
                reason = Reason.LENGTH;
            }
            return new Chunk(
                    text(chunk, "id"),
                    text(chunk, "result"),
                    "",
                    flag(chunk),
                    chunk.path("ban_round").asInt(-1),
                    usage(chunk.path("usage")),
                    last && reason == null ? Reason.STOP : reason,
                    last,
                    false,
                    SearchHits.read(chunk.path("search_info").path("search_results")),
                    ToolPiece.ofFunctionCall(chunk.path("function_call")));
        }

        @Override
        Usage usage(int prompt, int completion, int total) {
            // V1's completion_tokens in streams meant three things over the years; total minus prompt was always right.
            return new Usage(prompt, Math.max(0, total - prompt), Math.max(total, prompt));
        }

        @Override
        @Nullable
        Hole hole(String place) {
            return switch (place) {
                case "/result" -> Hole.TEXT;
                case "/usage/prompt_tokens" -> Hole.PROMPT;
                case "/usage/completion_tokens" -> Hole.COMPLETION;
                case "/usage/total_tokens" -> Hole.TOTAL;
                case "/created", "/sentence_id" -> Hole.ANY_NUMBER;
                default -> null;
            };
        }
    };

    /** V1's {@code need_clear_history} has no number of its own; nothing that was refused so may be shown. */
    private static final int MUST_NOT_BE_SHOWN = 3;

    private final boolean endsByFinishReason;

    ChunkGrammar(boolean endsByFinishReason) {
        this.endsByFinishReason = endsByFinishReason;
    }

    public static ChunkGrammar of(Dialect dialect) {
        return switch (dialect.api()) {
            case QIANFAN_V2, OPENAI -> CHOICES;
            case QIANFAN_V1 -> RESULT;
        };
    }

    /** Never throws: what has another type than expected counts as absent. */
    abstract Chunk read(JsonNode chunk);

    /** Token counts, none of them negative, as this API means them. */
    abstract Usage usage(int prompt, int completion, int total);

    /** What stands at a place (a JSON Pointer) where the chunks of one stream usually differ, null if they do not. */
    abstract @Nullable Hole hole(String place);

    /** Whether a reason makes the answer complete when the stream then ends. */
    boolean endsByFinishReason() {
        return endsByFinishReason;
    }

    /** Token counts as this API means them; null if it told none. */
    public @Nullable Usage usage(JsonNode usage) {
        return usage.isObject()
                ? usage(
                        Math.max(0, usage.path("prompt_tokens").asInt(0)),
                        Math.max(0, usage.path("completion_tokens").asInt(0)),
                        Math.max(0, usage.path("total_tokens").asInt(0)))
                : null;
    }

    /** The content check's word in an object that may hold one, 0 for none. */
    public static int flag(JsonNode holder) {
        int flag = Math.max(0, holder.path("flag").asInt(0));
        return holder.path("need_clear_history").asBoolean(false) ? Math.max(flag, MUST_NOT_BE_SHOWN) : flag;
    }

    /** {@code recover_stop} is FastDeploy's; a reason nobody knows still says that the model has stopped. */
    private static @Nullable Reason reason(String text) {
        return switch (text) {
            case "" -> null;
            case "length" -> Reason.LENGTH;
            case "content_filter" -> Reason.CONTENT_FILTER;
            case "tool_calls", "function_call" -> Reason.TOOL_CALLS;
            default -> Reason.STOP;
        };
    }

    static String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isTextual() ? value.textValue() : "";
    }
}
