package io.erniegateway.ernie.simulated;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A reply as the JSON objects of a stream. Pure. */
final class Frames {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Dialect dialect;
    private final String model;
    private final String id;
    private final long created;
    private final Reply reply;
    private final int promptTokens;
    private final boolean usage;

    private int sentence;
    private int tokensSent;

    Frames(Question question, String id, long created, Reply reply, boolean usage) {
        this.dialect = question.dialect();
        this.model = question.model();
        this.id = id;
        this.created = created;
        this.reply = reply;
        this.promptTokens =
                question.turns().stream().mapToInt(turn -> tokens(turn.text())).sum() + tokens(question.system());
        this.usage = usage && !reply.quirks().contains(Quirk.NO_USAGE);
    }

    /** All chunks in order, without {@code [DONE]}. */
    List<String> all(Profile profile, RandomGenerator random) {
        List<String> frames = new ArrayList<>();
        if (reply.quirks().contains(Quirk.SEARCH_STATUS) && dialect == Dialect.QIANFAN_V2) {
            ObjectNode frame = choice("", "");
            ((ObjectNode) frame.path("choices").path(0).path("delta")).put("delta_tag", "search_status");
            frames.add(frame.toString());
        }
        if (dialect != Dialect.QIANFAN_V1) {
            for (String piece : pieces(reply.reasoning(), profile, random)) {
                frames.add(flagged(choice("", piece), frames.size()).toString());
            }
        }
        for (String piece : pieces(reply.text(), profile, random)) {
            ObjectNode frame = dialect == Dialect.QIANFAN_V1 ? result(piece, false) : choice(piece, "");
            frames.add(flagged(frame, frames.size()).toString());
        }
        last(frames);
        return frames;
    }

    /** The whole answer as one object, for a request without {@code stream}; it always counts its tokens. */
    String whole() {
        boolean v1 = dialect == Dialect.QIANFAN_V1;
        ObjectNode frame = v1 ? result(reply.text(), true) : choice(reply.text(), reply.reasoning());
        if (v1) {
            frame.remove(List.of("sentence_id", "is_end"));
        } else {
            ObjectNode choice = (ObjectNode) frame.path("choices").path(0);
            choice.set("message", choice.remove("delta"));
            choice.put("finish_reason", finishReason());
            frame.put("object", "chat.completion");
        }
        if (!reply.quirks().contains(Quirk.NO_USAGE)) {
            putUsage(frame, tokensSent);
        }
        // All of an answer is marked, whichever of its chunks would have been the first.
        return searched(flagged(frame, Integer.MAX_VALUE - 1)).toString();
    }

    private void last(List<String> frames) {
        if (dialect == Dialect.QIANFAN_V1) {
            frames.add(searched(flagged(result("", true), frames.size())).toString());
            return;
        }
        ObjectNode end = flagged(choice("", ""), frames.size());
        ((ObjectNode) end.path("choices").path(0)).put("finish_reason", finishReason());
        boolean ownChunk = dialect.api() == Dialect.Api.OPENAI || reply.quirks().contains(Quirk.USAGE_OWN_CHUNK);
        if (usage && !ownChunk) {
            putUsage(end, tokensSent);
        }
        frames.add(searched(end).toString());
        if (usage && ownChunk) {
            ObjectNode counts = head("chat.completion.chunk");
            counts.putArray("choices");
            putUsage(counts, tokensSent);
            frames.add(counts.toString());
        }
    }

    private ObjectNode result(String text, boolean last) {
        ObjectNode frame = head("chat.completion");
        int own = tokens(text);
        tokensSent += own;
        frame.put("sentence_id", sentence++)
                .put("is_end", last)
                .put("is_truncated", last && reply.reason() == Reason.LENGTH)
                .put("result", text)
                .put("need_clear_history", false);
        if (last) {
            frame.put("finish_reason", finishReason());
        }
        int told = last ? tokensSent : 0;
        if (reply.quirks().contains(Quirk.USAGE_2023)) {
            told = last ? 0 : own;
        } else if (reply.quirks().contains(Quirk.USAGE_2024)) {
            told = tokensSent;
        }
        if (usage) {
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
            delta.put(reply.quirks().contains(Quirk.REASONING_FIELD) ? "reasoning" : "reasoning_content", reasoning);
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
        tokensSent += tokens(text) + tokens(reasoning);
        return frame;
    }

    private ObjectNode flagged(ObjectNode frame, int before) {
        Reply.Flagged flagged = reply.flagged();
        if (flagged == null || before + 1 < flagged.fromChunk() || dialect.api() == Dialect.Api.OPENAI) {
            return frame;
        }
        if (dialect == Dialect.QIANFAN_V1) {
            frame.put("need_clear_history", flagged.flag() >= 2).put("ban_round", flagged.banRound());
        } else {
            ((ObjectNode) frame.path("choices").path(0))
                    .put("flag", flagged.flag())
                    .put("ban_round", flagged.banRound());
        }
        return frame;
    }

    private ObjectNode searched(ObjectNode frame) {
        if (!reply.quirks().contains(Quirk.SEARCH_RESULTS) || dialect.api() == Dialect.Api.OPENAI) {
            return frame;
        }
        ArrayNode pages = dialect == Dialect.QIANFAN_V1
                ? frame.putObject("search_info").put("is_beset", 0).putArray("search_results")
                : frame.putArray("search_results");
        pages.addObject().put("index", 1).put("url", "https://example.com/1").put("title", "一");
        pages.addObject().put("index", 2).put("url", "https://example.com/2").put("title", "二");
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

    /** Not a tokenizer: a number that grows with the text. */
    private static int tokens(String text) {
        return (text.length() + 1) / 2;
    }
}
