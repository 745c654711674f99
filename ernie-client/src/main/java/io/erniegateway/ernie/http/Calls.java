package io.erniegateway.ernie.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.ernie.ChatAnswer;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.EmbeddingModel;
import io.erniegateway.ernie.EmbeddingRequest;
import io.erniegateway.ernie.Embeddings;
import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.ModelInfo;
import io.erniegateway.ernie.Ranking;
import io.erniegateway.ernie.RerankRequest;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.request.Question;
import io.erniegateway.ernie.request.TokenEstimate;
import io.erniegateway.ernie.sse.WellFormed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** All that a client can ask besides streams: where each call goes, what it sends, and how its answer is read. */
final class Calls {
    private final ErnieSettings settings;
    private final Dialect.Api api;
    private final Endpoints endpoints;
    private final JsonCalls calls;
    private final Failures failures;
    private final WholeAnswer wholeAnswer;

    Calls(ErnieSettings settings, Wire wire, JsonCalls calls, Failures failures) {
        this.settings = settings;
        this.api = settings.dialect().api();
        this.endpoints = new Endpoints(settings, wire, failures);
        this.calls = calls;
        this.failures = failures;
        this.wholeAnswer = new WholeAnswer(api == Dialect.Api.QIANFAN_V1, settings.maxAnswerCharacters(), failures);
    }

    ChatAnswer chat(Question question) {
        try (JsonCalls.Run run = calls.begin()) {
            Ask ask = new Ask(endpoints.chat(), settings.model(), question.tokens(), ByteString.of(question.body()));
            return run.call(ask, () -> question.shorter().map(ask::with), wholeAnswer::read);
        }
    }

    Embeddings embed(EmbeddingRequest request) {
        EmbeddingModel model = EmbeddingModel.of(settings.dialect(), request.model());
        model.check(request.texts());
        EmbeddingCall call = new EmbeddingCall(api, request, model, failures);
        HttpUrl url = endpoints.embeddings(call.v1Name());
        List<float[]> vectors = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        Usage usage = new Usage(0, 0, 0);
        try (JsonCalls.Run run = calls.begin()) {
            for (List<String> batch : batches(request.texts(), model.textsPerCall())) {
                Ask ask = new Ask(url, request.model(), tokens(batch), call.body(batch));
                Batch read = run.call(ask, answered -> batch(call, answered, batch.size()));
                vectors.addAll(read.vectors());
                ids.add(read.requestId());
                usage = sum(usage, read.usage());
            }
        }
        return new Embeddings(alike(vectors), usage, ids);
    }

    Ranking rerank(RerankRequest request) {
        RerankCall call = new RerankCall(api == Dialect.Api.QIANFAN_V1, request, failures);
        HttpUrl url = endpoints.rerank(call.v1Name());
        long tokens = TokenEstimate.of(request.query()) + tokens(request.documents());
        try (JsonCalls.Run run = calls.begin()) {
            return run.call(new Ask(url, request.model(), tokens, call.body()), call::read);
        }
    }

    /** {@code {"prompt":…,"model":…}}, answered by {@code usage.total_tokens} (Baidu's Python and Go SDKs). */
    int countTokens(String model, String text) {
        HttpUrl url = endpoints.tokenizer();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("text: is empty, and so has no tokens");
        }
        ObjectNode body = Bodies.object().put("prompt", WellFormed.text(text));
        if (!model.isBlank()) {
            body.put("model", model.strip());
        }
        try (JsonCalls.Run run = calls.begin()) {
            Ask ask = new Ask(url, "tokenizer", TokenEstimate.of(text), Bodies.bytes(body));
            return run.call(ask, answered -> {
                Usage usage = JsonFields.usage(answered.body(), true);
                if (usage == null) {
                    throw notAnAnswer("usage");
                }
                return usage.total();
            });
        }
    }

    List<ModelInfo> models() {
        HttpUrl url = endpoints.models();
        try (JsonCalls.Run run = calls.begin()) {
            return run.call(
                    new Ask(url, "models", 0, null),
                    answered -> models(answered.body().path("data")));
        }
    }

    void close() {
        calls.close();
    }

    private record Batch(List<float[]> vectors, @Nullable Usage usage, String requestId) {}

    private Batch batch(EmbeddingCall call, Answered answered, int expected) {
        return new Batch(
                call.read(answered.body(), expected),
                JsonFields.usage(answered.body(), api == Dialect.Api.QIANFAN_V1),
                answered.requestId());
    }

    private List<float[]> alike(List<float[]> vectors) {
        int length = vectors.getFirst().length;
        if (vectors.stream().anyMatch(vector -> vector.length != length)) {
            throw new ErnieException(
                    failures.lasting(200, "malformed", "the server sent vectors of different lengths", ""));
        }
        return vectors;
    }

    private List<ModelInfo> models(JsonNode data) {
        if (!data.isArray()) {
            throw notAnAnswer("data");
        }
        List<ModelInfo> models = new ArrayList<>();
        for (JsonNode model : data) {
            String id = JsonFields.text(model, "id");
            JsonNode created = model.path("created");
            if (!id.isEmpty()) {
                models.add(new ModelInfo(
                        id,
                        JsonFields.text(model, "owned_by"),
                        created.canConvertToInt() ? Instant.ofEpochSecond(created.longValue()) : null));
            }
        }
        return List.copyOf(models);
    }

    private ErnieException notAnAnswer(String missing) {
        return new ErnieException(
                failures.wrongServer(200, "not_an_answer", "the server sent JSON without " + missing));
    }

    private static long tokens(List<String> texts) {
        return texts.stream().mapToLong(TokenEstimate::of).sum();
    }

    private static List<List<String>> batches(List<String> texts, int most) {
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += most) {
            batches.add(texts.subList(from, Math.min(from + most, texts.size())));
        }
        return batches;
    }

    /** Of which one part is not known, the whole is not. */
    private static @Nullable Usage sum(@Nullable Usage left, @Nullable Usage right) {
        return left == null || right == null ? null : left.plus(right);
    }
}
