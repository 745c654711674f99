package io.erniegateway.ernie.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.ChatAnswer;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.SearchResults.Hit;
import io.erniegateway.ernie.ErnieEvent.Verdict;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ToolCall;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.sse.ChunkGrammar;
import io.erniegateway.ernie.sse.StreamDecoder;
import io.erniegateway.ernie.sse.WellFormed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to a question without {@code stream} (facts: V2's page 3m7of64lb, V1's page tlmyncueh). What a field
 * means is the same as in a stream. Pure.
 */
final class WholeAnswer {
    private final boolean v1;
    private final int maxCharacters;
    private final Failures failures;

    WholeAnswer(boolean v1, int maxCharacters, Failures failures) {
        this.v1 = v1;
        this.maxCharacters = maxCharacters;
        this.failures = failures;
    }

    ChatAnswer read(Answered answered) {
        return v1 ? readResult(answered) : readChoice(answered);
    }

    /** {@code {"id":…,"choices":[{"message":{…},"finish_reason":…,"flag":0}],"search_results":[…],"usage":…}}. */
    private ChatAnswer readChoice(Answered answered) {
        JsonNode body = answered.body();
        JsonNode choice = body.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            throw notAnAnswer("choices[0].message");
        }
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode call : message.path("tool_calls")) {
            calls.add(call(JsonFields.text(call, "id"), call.path("function")));
        }
        calls.removeIf(call -> call.name().isEmpty());
        // Baidu says reasoning_content; new versions of vLLM say reasoning.
        String reasoning = JsonFields.text(message, "reasoning_content");
        return answer(
                answered,
                JsonFields.text(message, "content"),
                reasoning.isEmpty() ? JsonFields.text(message, "reasoning") : reasoning,
                calls,
                hits(body.path("search_results")),
                verdict(choice),
                reason(JsonFields.text(choice, "finish_reason"), false, !calls.isEmpty()));
    }

    /** {@code {"id":…,"result":"…","is_truncated":false,"need_clear_history":false,"finish_reason":…,"usage":…}}. */
    private ChatAnswer readResult(Answered answered) {
        JsonNode body = answered.body();
        JsonNode function = body.path("function_call");
        if (!body.has("result") && !function.isObject()) {
            throw notAnAnswer("result");
        }
        ToolCall called = call("", function);
        List<ToolCall> calls = called.name().isEmpty() ? List.of() : List.of(called);
        boolean truncated = body.path("is_truncated").asBoolean(false);
        return answer(
                answered,
                JsonFields.text(body, "result"),
                "",
                calls,
                hits(body.path("search_info").path("search_results")),
                verdict(body),
                reason(JsonFields.text(body, "finish_reason"), truncated, !calls.isEmpty()));
    }

    private ChatAnswer answer(
            Answered answered,
            String text,
            String reasoning,
            List<ToolCall> calls,
            List<Hit> hits,
            @Nullable Verdict verdict,
            Reason told) {
        String shown = WellFormed.beginning(text, maxCharacters);
        String thought = WellFormed.beginning(reasoning, maxCharacters);
        boolean cut = shown.length() < text.length() || thought.length() < reasoning.length() || tooMany(calls);
        Reason reason = cut && told != Reason.CONTENT_FILTER ? Reason.LENGTH : told;
        // As in a stream: of an answer that was cut nobody knows whether its calls are whole.
        boolean whole = reason == Reason.STOP || reason == Reason.TOOL_CALLS;
        return new ChatAnswer(
                shown,
                thought,
                whole ? calls : List.of(),
                hits,
                verdict,
                JsonFields.usage(answered.body(), v1),
                reason,
                answered.requestId(),
                answered.quota());
    }

    private boolean tooMany(List<ToolCall> calls) {
        long characters = calls.stream()
                .mapToLong(call -> call.name().length() + call.arguments().length())
                .sum();
        return calls.size() > StreamDecoder.MOST_TOOL_CALLS || characters > maxCharacters;
    }

    /** Arguments are JSON as text; a server that sends them as an object means the same. */
    private static ToolCall call(String id, JsonNode function) {
        JsonNode arguments = function.path("arguments");
        return new ToolCall(
                id,
                JsonFields.text(function, "name"),
                arguments.isContainerNode() ? arguments.toString() : JsonFields.text(function, "arguments"),
                JsonFields.text(function, "thoughts"));
    }

    private static List<Hit> hits(JsonNode results) {
        List<Hit> hits = new ArrayList<>();
        for (JsonNode result : results) {
            hits.add(new Hit(
                    result.path("index").asInt(hits.size() + 1),
                    JsonFields.text(result, "url"),
                    JsonFields.text(result, "title")));
        }
        return hits;
    }

    private static @Nullable Verdict verdict(JsonNode holder) {
        int flag = ChunkGrammar.flag(holder);
        return flag == 0 ? null : new Verdict(flag, holder.path("ban_round").asInt(-1));
    }

    /**
     * The most important of what is told. Servers say "stop" beside calls that were demanded by {@code tool_choice}, and
     * FastDeploy says {@code recover_stop}; a reason that nobody knows still says that the model has stopped.
     */
    private static Reason reason(String told, boolean truncated, boolean calls) {
        if (told.equals("content_filter")) {
            return Reason.CONTENT_FILTER;
        }
        if (truncated || told.equals("length")) {
            return Reason.LENGTH;
        }
        return calls ? Reason.TOOL_CALLS : Reason.STOP;
    }

    private ErnieException notAnAnswer(String missing) {
        return new ErnieException(failures.wrongServer(
                200, "not_an_answer", "the server sent JSON without " + missing + ", which every answer has"));
    }
}
