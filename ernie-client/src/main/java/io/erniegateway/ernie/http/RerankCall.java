package io.erniegateway.ernie.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.Ranking;
import io.erniegateway.ernie.RerankRequest;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.sse.WellFormed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import okio.ByteString;

/**
 * Writes and reads one call that sorts documents (facts: V2's page 2m7u4zt74; V1's page mlvvrcjbq has the model in the
 * path and {@code user_id}). Pure.
 */
final class RerankCall {
    private static final String V1_NAME = "bce_reranker_base";

    /** V2's page, and V1's SDK. */
    private static final Set<String> V2_NAMES = Set.of("bce-reranker-base", "bce-reranker-base_v1");

    private final boolean v1;
    private final RerankRequest request;
    private final Failures failures;

    RerankCall(boolean v1, RerankRequest request, Failures failures) {
        this.v1 = v1;
        this.request = request;
        this.failures = failures;
    }

    /** The endpoint's suffix in V1, which spells Baidu's own reranker differently; any other is a service of one's own. */
    String v1Name() {
        return V2_NAMES.contains(request.model()) ? V1_NAME : request.model();
    }

    ByteString body() {
        ObjectNode body = Bodies.object();
        if (!v1) {
            body.put("model", request.model());
        }
        body.put("query", WellFormed.text(request.query()));
        ArrayNode documents = body.putArray("documents");
        request.documents().forEach(document -> documents.add(WellFormed.text(document)));
        if (request.top() != null) {
            body.put("top_n", request.top());
        }
        if (!request.user().isEmpty()) {
            body.put(v1 ? "user_id" : "user", WellFormed.text(request.user()));
        }
        return Bodies.bytes(body);
    }

    Ranking read(Answered answered) {
        JsonNode results = answered.body().path("results");
        if (!results.isArray()) {
            throw new ErnieException(failures.wrongServer(
                    200, "not_an_answer", "the server sent JSON without results, which a ranking has"));
        }
        List<Ranking.Result> ranked = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (JsonNode result : results) {
            int index = result.path("index").asInt(-1);
            JsonNode score = result.path("relevance_score");
            if (index < 0 || index >= request.documents().size() || !seen.add(index) || !score.isNumber()) {
                throw new ErnieException(failures.lasting(
                        200,
                        "malformed",
                        "a result of the ranking has no score or names no document: " + index,
                        answered.requestId()));
            }
            // The caller's own text: the server's may be cut.
            ranked.add(new Ranking.Result(
                    index, score.doubleValue(), request.documents().get(index)));
        }
        return new Ranking(ranked, JsonFields.usage(answered.body(), v1), answered.requestId());
    }
}
