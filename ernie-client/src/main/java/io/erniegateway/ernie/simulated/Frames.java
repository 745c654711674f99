package io.erniegateway.ernie.simulated;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.SearchResults.Hit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** A reply as the JSON objects of a stream. Sends nothing. */
final class Frames {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What {@link Quirk#SEARCH_RESULTS} tells. */
    private static final List<Hit> UNASKED =
            List.of(new Hit(1, "https://example.com/1", "一"), new Hit(2, "https://example.com/2", "二"));

    private final Dialect dialect;
    private final String model;
    private final String id;
    private final long created;
    private final Reply reply;
    private final int promptTokens;
    private final TokenCounts counts;
    private final boolean traces;

    private int sentence;
    private int tokensSent;

    Frames(Question question, String id, long created, Reply reply, TokenCounts counts) {
        this.dialect = question.dialect();
        this.model = question.model();
        this.id = id;
        this.created = created;
        this.reply = reply;
        this.promptTokens = RoughTokens.of(question);
        this.traces = question.traces();
        this.counts = reply.quirks().contains(Quirk.NO_USAGE) ? TokenCounts.UNTOLD : counts;
    }

    /**
     * All chunks without {@code [DONE]}, each to be taken once and in order. They are made when they are taken, so that
     * ten thousand answers at once hold ten thousand texts, and not a hundred chunks for each.
     */
    List<Supplier<String>> all(Profile profile, RandomGenerator random) {
        List<Supplier<String>> frames = new ArrayList<>();
        if (reply.quirks().contains(Quirk.SEARCH_STATUS) && dialect == Dialect.QIANFAN_V2) {
            frames.add(() -> counted(searching()).toString());
        }
        if (dialect != Dialect.QIANFAN_V1) {
            for (String piece : pieces(reply.reasoning(), profile, random)) {
                add(frames, () -> choice("", piece));
            }
        }
        List<String> pieces = pieces(visible(), profile, random);
        for (int i = 0; i < pieces.size(); i++) {
            String piece = pieces.get(i);
            boolean first = i == 0;
            add(frames, () -> {
                ObjectNode frame = dialect == Dialect.QIANFAN_V1 ? result(piece, false) : choice(piece, "");
                return first ? found(frame) : frame;
            });
        }
        if (dialect != Dialect.QIANFAN_V1) {
            boolean interleaved = reply.quirks().contains(Quirk.INTERLEAVED_CALLS);
            for (ObjectNode piece : calls().pieces(text -> pieces(text, profile, random), interleaved)) {
                add(frames, () -> called(piece));
            }
        }
        last(frames);
        return frames;
    }

    private void add(List<Supplier<String>> frames, Supplier<ObjectNode> frame) {
        int before = frames.size();
        frames.add(() -> counted(flagged(frame.get(), before)).toString());
    }

    private ObjectNode searching() {
        ObjectNode frame = choice("", "");
        ((ObjectNode) frame.path("choices").path(0).path("delta")).put("delta_tag", "search_status");
        return frame;
    }

    /** The whole answer as one object, for a request without {@code stream}; it always counts its tokens. */
    String whole() {
        boolean v1 = dialect == Dialect.QIANFAN_V1;
        ObjectNode frame = v1 ? result(visible(), true) : choice(reply.text(), reply.reasoning());
        if (v1) {
            frame.remove(List.of("sentence_id", "is_end"));
        } else {
            ObjectNode choice = (ObjectNode) frame.path("choices").path(0);
            choice.set("message", choice.remove("delta"));
            if (!reply.calls().isEmpty()) {
                ((ObjectNode) choice.path("message")).putArray("tool_calls").addAll(calls().whole());
                tokensSent += RoughTokens.ofCalls(reply);
            }
            choice.put("finish_reason", finishReason());
            frame.put("object", "chat.completion");
        }
        if (!reply.quirks().contains(Quirk.NO_USAGE)) {
            putUsage(frame, tokensSent);
        }
        // All of an answer is marked, whichever of its chunks would have been the first.
        return searched(found(flagged(frame, Integer.MAX_VALUE - 1))).toString();
    }

    private void last(List<Supplier<String>> frames) {
        if (dialect == Dialect.QIANFAN_V1) {
            add(frames, () -> searched(result("", true)));
            return;
        }
        boolean ownChunk = dialect.api() == Dialect.Api.OPENAI || reply.quirks().contains(Quirk.USAGE_OWN_CHUNK);
        add(frames, () -> {
            ObjectNode end = choice("", "");
            ((ObjectNode) end.path("choices").path(0)).put("finish_reason", finishReason());
            if (usage() && !ownChunk) {
                putUsage(end, tokensSent);
            }
            return searched(end);
        });
        if (usage() && ownChunk) {
            frames.add(() -> {
                ObjectNode own = head("chat.completion.chunk");
                own.putArray("choices");
                putUsage(own, tokensSent);
                return own.toString();
            });
        }
    }

    private ObjectNode result(String text, boolean last) {
        ObjectNode frame = head("chat.completion");
        int own = RoughTokens.of(text);
        tokensSent += own;
        frame.put("sentence_id", sentence++)
                .put("is_end", last)
                .put("is_truncated", last && reply.reason() == Reason.LENGTH)
                .put("result", text)
                .put("need_clear_history", false)
                .put("flag", 0);
        if (last) {
            frame.put("finish_reason", finishReason());
        }
        if (last && !reply.calls().isEmpty()) {
            frame.set("function_call", calls().v1());
            tokensSent += RoughTokens.ofCalls(reply);
        }
        int told = last ? tokensSent : 0;
        if (reply.quirks().contains(Quirk.USAGE_2023)) {
            told = last ? 0 : own;
        } else if (reply.quirks().contains(Quirk.USAGE_2024)) {
            told = tokensSent;
        }
        if (usage()) {
            putUsage(frame, told);
        }
        return frame;
    }

    private ObjectNode choice(String text, String reasoning) {
        ObjectNode frame = head("chat.completion.chunk");
        ObjectNode choice = frame.putArray("choices").addObject().put("index", 0);
        ObjectNode delta = choice.putObject("delta");
        if (sentence++ == 0) {
            delta.put("role", "assistant");
        }
        if (!reasoning.isEmpty()) {
            delta.put(reasoningOnly() ? "reasoning" : "reasoning_content", reasoning);
        }
        if (!reasoning.isEmpty() && reply.quirks().contains(Quirk.NULL_CONTENT)) {
            delta.putNull("content");
        } else {
            delta.put("content", text);
        }
        if (dialect == Dialect.QIANFAN_V2) {
            choice.put("flag", 0);
        } else {
            choice.putNull("finish_reason");
        }
        tokensSent += RoughTokens.of(text) + RoughTokens.of(reasoning);
        return frame;
    }

    /** A chunk with a piece of a call. */
    private ObjectNode called(ObjectNode piece) {
        ObjectNode frame = choice("", "");
        ObjectNode delta = (ObjectNode) frame.path("choices").path(0).path("delta");
        delta.putNull("content").putArray("tool_calls").add(piece);
        tokensSent += RoughTokens.of(piece.path("function").path("arguments").asText());
        return frame;
    }

    /** New versions of vLLM have another name for it. */
    private boolean reasoningOnly() {
        return dialect == Dialect.VLLM || reply.quirks().contains(Quirk.REASONING_FIELD);
    }

    private CallFrames calls() {
        return new CallFrames(reply.calls(), id);
    }

    private boolean usage() {
        return counts != TokenCounts.UNTOLD;
    }

    /** V2 can tell with each chunk what the answer has cost so far. */
    private ObjectNode counted(ObjectNode frame) {
        if (counts == TokenCounts.ON_EACH_CHUNK) {
            putUsage(frame, tokensSent);
        }
        return frame;
    }

    /** V1 tells either a text or a call. */
    private String visible() {
        return dialect == Dialect.QIANFAN_V1 && !reply.calls().isEmpty() ? "" : reply.text();
    }

    private ObjectNode flagged(ObjectNode frame, int before) {
        Reply.Flagged flagged = reply.flagged();
        if (flagged == null || before + 1 < flagged.fromChunk() || dialect.api() == Dialect.Api.OPENAI) {
            return frame;
        }
        if (dialect == Dialect.QIANFAN_V1) {
            frame.put("flag", flagged.flag());
            if (flagged.flag() >= 2) {
                frame.put("need_clear_history", true).put("ban_round", flagged.banRound());
            }
        } else {
            ((ObjectNode) frame.path("choices").path(0))
                    .put("flag", flagged.flag())
                    .put("ban_round", flagged.banRound());
        }
        return frame;
    }

    private ObjectNode searched(ObjectNode frame) {
        boolean told = reply.quirks().contains(Quirk.SEARCH_RESULTS) && dialect.api() != Dialect.Api.OPENAI;
        return told ? pages(frame, UNASKED) : frame;
    }

    private ObjectNode found(ObjectNode frame) {
        return traces && !reply.found().isEmpty() ? pages(frame, reply.found()) : frame;
    }

    private ObjectNode pages(ObjectNode frame, List<Hit> hits) {
        ArrayNode pages = dialect == Dialect.QIANFAN_V1
                ? frame.putObject("search_info").put("is_beset", 0).putArray("search_results")
                : frame.putArray("search_results");
        for (Hit hit : hits) {
            pages.addObject().put("index", hit.index()).put("url", hit.url()).put("title", hit.title());
        }
        return frame;
    }

    private ObjectNode head(String object) {
        ObjectNode frame = JSON.createObjectNode();
        frame.put("id", id).put("object", object).put("created", created);
        if (dialect != Dialect.QIANFAN_V1) {
            frame.put("model", model);
        }
        return frame;
    }

    private void putUsage(ObjectNode frame, int completion) {
        frame.putObject("usage")
                .put("prompt_tokens", promptTokens)
                .put("completion_tokens", completion)
                .put("total_tokens", promptTokens + tokensSent);
    }

    private String finishReason() {
        boolean normal = dialect == Dialect.QIANFAN_V1 || reply.quirks().contains(Quirk.FINISH_NORMAL);
        return switch (reply.reason()) {
            case STOP -> normal ? "normal" : "stop";
            case LENGTH -> "length";
            case CONTENT_FILTER -> "content_filter";
            case TOOL_CALLS -> dialect == Dialect.QIANFAN_V1 ? "function_call" : "tool_calls";
        };
    }

    /** Pieces by whole characters: a JSON text holds no half ones. */
    private static List<String> pieces(String text, Profile profile, RandomGenerator random) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int size = random.nextInt(profile.leastCharacters(), profile.mostCharacters() + 1);
            int begin = at;
            for (int i = 0; i < size && at < text.length(); i++) {
                at += Character.charCount(text.codePointAt(at));
            }
            pieces.add(text.substring(begin, at));
        }
        return pieces;
    }
}
