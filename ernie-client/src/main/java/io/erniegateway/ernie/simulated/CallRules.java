package io.erniegateway.ernie.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.Dialect;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a request for vectors, a ranking or a count has to be like (facts: pages Fm7u3ropn, 2m7u4zt74, mlvvrcjbq and
 * Baidu's SDKs). Pure. Fields that no document names are refused.
 */
final class CallRules {

    /** One embedding model: the limits of one text, 0 for none, the texts of one call, the numbers of a vector. */
    record Embedder(int tokens, int characters, int texts, int dimension) {}

    private static final Embedder V1 = new Embedder(384, 1000, 16, 384);
    private static final Embedder BGE = new Embedder(512, 2000, 16, 1024);
    private static final Embedder TAO = new Embedder(8192, 28_000, 1, 1024);
    private static final Embedder QWEN_SMALL = new Embedder(8192, 0, 16, 1024);
    private static final Embedder QWEN_LARGE = new Embedder(8192, 0, 16, 2560);

    private static final Map<String, Embedder> V2_EMBEDDERS = Map.of(
            "embedding-v1", V1,
            "bge-large-zh", BGE,
            "bge-large-en", BGE,
            "tao-8k", TAO,
            "Qwen3-Embedding-0.6B", QWEN_SMALL,
            "qwen3-embedding-0.6b", QWEN_SMALL,
            "Qwen3-Embedding-4B", QWEN_LARGE,
            "qwen3-embedding-4b", QWEN_LARGE);

    private static final Map<String, Embedder> V1_EMBEDDERS =
            Map.of("embedding-v1", V1, "bge_large_zh", BGE, "bge_large_en", BGE, "tao_8k", TAO);

    /** A self-hosted model of any name: a small one. */
    private static final Embedder SELF_HOSTED = new Embedder(0, 0, 16, 64);

    private static final int LONGEST_QUERY = 1600;
    private static final int MOST_DOCUMENTS = 64;
    private static final int LONGEST_DOCUMENT = 4096;

    /** Baidu's Python SDK: a Chinese character is 0.625 tokens. */
    private static final int HUNDREDTHS_OF_IDEOGRAPH = 63;

    private static final int HUNDRED = 100;

    private final SimulatorOptions options;

    CallRules(SimulatorOptions options) {
        this.options = options;
    }

    /** The model, if the server has it. */
    Optional<Embedder> embedder(Dialect dialect, String model) {
        return switch (dialect.api()) {
            case QIANFAN_V2 -> Optional.ofNullable(V2_EMBEDDERS.get(model));
            case QIANFAN_V1 -> Optional.ofNullable(V1_EMBEDDERS.get(model));
            case OPENAI -> options.models().contains(model) ? Optional.of(SELF_HOSTED) : Optional.empty();
        };
    }

    Optional<Rejected> embeddings(Dialect dialect, String model, JsonNode body) {
        Set<String> known = switch (dialect.api()) {
            case QIANFAN_V2 -> Set.of("model", "input", "user", "encoding_format");
            case QIANFAN_V1 -> Set.of("input", "user_id");
            case OPENAI -> Set.of("model", "input", "user", "encoding_format", "dimensions");
        };
        Optional<Embedder> embedder = embedder(dialect, model);
        return badBody(dialect, body, known)
                .or(() -> embedder.isEmpty() ? Optional.of(unknown(dialect, model)) : Optional.empty())
                .or(() -> badInput(dialect, embedder.orElseThrow(), body.path("input")))
                .or(() -> body.path("encoding_format").asText("float").equals("float")
                        ? Optional.empty()
                        : Optional.of(bad(dialect, "encoding_format must be float")));
    }

    Optional<Rejected> rerank(Dialect dialect, String model, JsonNode body) {
        boolean v1 = dialect == Dialect.QIANFAN_V1;
        Set<String> known = v1
                ? Set.of("query", "documents", "top_n", "user_id")
                : Set.of("model", "query", "documents", "top_n", "user");
        String reranker = v1 ? "bce_reranker_base" : "bce-reranker-base";
        JsonNode documents = body.path("documents");
        JsonNode top = body.path("top_n");
        return badBody(dialect, body, known)
                .or(() -> model.equals(reranker) ? Optional.empty() : Optional.of(unknown(dialect, model)))
                .or(() -> badText(dialect, "query", body.path("query"), LONGEST_QUERY))
                .or(() -> !documents.isArray() || documents.isEmpty() || documents.size() > MOST_DOCUMENTS
                        ? Optional.of(bad(dialect, "documents must be 1 to " + MOST_DOCUMENTS))
                        : Optional.empty())
                .or(() -> badTexts(dialect, "documents", documents, LONGEST_DOCUMENT))
                .or(() -> top.isMissingNode()
                                || (top.isInt() && top.intValue() >= 1 && top.intValue() <= documents.size())
                        ? Optional.empty()
                        : Optional.of(bad(dialect, "top_n must be 1 to the number of documents")));
    }

    Optional<Rejected> tokenizer(JsonNode body) {
        return badBody(Dialect.QIANFAN_V1, body, Set.of("prompt", "model"))
                .or(() -> badText(Dialect.QIANFAN_V1, "prompt", body.path("prompt"), Integer.MAX_VALUE));
    }

    /** The texts of an {@code input}, be it one or several. */
    static List<String> texts(JsonNode input) {
        List<String> texts = new ArrayList<>();
        if (input.isTextual()) {
            texts.add(input.textValue());
        }
        input.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** As Baidu's Python SDK counts: Chinese characters and words. */
    static int tokens(String text) {
        int ideographs = 0;
        int words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ideograph = Character.isIdeographic(c);
            boolean word = !ideograph && Character.isLetterOrDigit(c);
            ideographs += ideograph ? 1 : 0;
            words += word && !inWord ? 1 : 0;
            inWord = word;
        }
        return Math.max(1, (ideographs * HUNDREDTHS_OF_IDEOGRAPH + HUNDRED - 1) / HUNDRED + words);
    }

    private Optional<Rejected> badInput(Dialect dialect, Embedder model, JsonNode input) {
        boolean one = input.isTextual() && dialect != Dialect.QIANFAN_V1;
        if (!one && (!input.isArray() || input.isEmpty())) {
            return Optional.of(bad(dialect, "input must be a list of texts, and not empty"));
        }
        if (input.size() > model.texts()) {
            return Optional.of(bad(dialect, "input takes at most " + model.texts() + " texts"));
        }
        List<String> texts = texts(input);
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            JsonNode node = one ? input : input.get(i);
            if (!node.isTextual() || text.isEmpty()) {
                return Optional.of(bad(dialect, "input[" + i + "] is empty"));
            }
            if (model.characters() > 0 && length(text) > model.characters()) {
                return Optional.of(tooLong(dialect, "characters_too_long", "characters", model.characters()));
            }
            if (model.tokens() > 0 && tokens(text) > model.tokens()) {
                return Optional.of(tooLong(dialect, "tokens_too_long", "tokens", model.tokens()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Rejected> badTexts(Dialect dialect, String name, JsonNode texts, int most) {
        for (int i = 0; i < texts.size(); i++) {
            Optional<Rejected> fault = badText(dialect, name + "[" + i + "]", texts.get(i), most);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<Rejected> badText(Dialect dialect, String name, JsonNode text, int most) {
        if (!text.isTextual() || text.textValue().isEmpty() || length(text.textValue()) > most) {
            return Optional.of(bad(dialect, name + " must have 1 to " + most + " characters"));
        }
        return Optional.empty();
    }

    private static Optional<Rejected> badBody(Dialect dialect, JsonNode body, Set<String> known) {
        if (!body.isObject()) {
            return Optional.of(
                    switch (dialect.api()) {
                        case QIANFAN_V1 -> Rejected.v1(336002, "Invalid JSON");
                        case QIANFAN_V2 -> Rejected.v2(400, "malformed_json", "the body is no JSON object");
                        case OPENAI -> Rejected.openAi(400, "BadRequestError", "JSON decode error");
                    });
        }
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                return Optional.of(bad(dialect, "unknown field " + name));
            }
        }
        return Optional.empty();
    }

    private Rejected unknown(Dialect dialect, String model) {
        return switch (dialect.api()) {
            case QIANFAN_V1 -> Rejected.v1(3, "Unsupported openapi method");
            case QIANFAN_V2 -> {
                if (model.isEmpty()) {
                    yield Rejected.v2(400, "invalid_model", "model is empty");
                }
                yield options.offlineModels().contains(model)
                        ? Rejected.v2(403, "model_offline", "the model is offline")
                        : Rejected.v2(401, "invalid_model", "no access to the model");
            }
            case OPENAI -> Rejected.openAi(404, "NotFoundError", "The model does not exist.");
        };
    }

    private static Rejected bad(Dialect dialect, String message) {
        return switch (dialect.api()) {
            case QIANFAN_V1 -> Rejected.v1(336003, message);
            case QIANFAN_V2 -> Rejected.v2(400, "invalid_argument", message);
            case OPENAI -> Rejected.openAi(400, "BadRequestError", message);
        };
    }

    private static Rejected tooLong(Dialect dialect, String v2Code, String what, int most) {
        String message = "a text of input has too many " + what + ", at most " + most;
        return dialect.api() == Dialect.Api.QIANFAN_V2 ? Rejected.v2(400, v2Code, message) : bad(dialect, message);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
