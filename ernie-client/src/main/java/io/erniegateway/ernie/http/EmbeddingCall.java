package io.erniegateway.ernie.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.EmbeddingModel;
import io.erniegateway.ernie.EmbeddingRequest;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.sse.WellFormed;
import java.util.Arrays;
import java.util.List;
import okio.ByteString;

/**
 * Writes and reads one call for vectors (facts: V2's page Fm7u3ropn; V1 has the model in the path, {@code user_id}, and
 * answers an object {@code embedding_list} of the same fields). Pure.
 */
final class EmbeddingCall {
    private final Dialect.Api api;
    private final EmbeddingRequest request;
    private final EmbeddingModel model;
    private final Failures failures;

    EmbeddingCall(Dialect.Api api, EmbeddingRequest request, EmbeddingModel model, Failures failures) {
        this.api = api;
        this.request = request;
        this.model = model;
        this.failures = failures;
    }

    /** The endpoint's suffix in V1: a name that the table does not know is a service of one's own. */
    String v1Name() {
        return model.v1Name().isEmpty() ? request.model() : model.v1Name();
    }

    ByteString body(List<String> batch) {
        boolean v1 = api == Dialect.Api.QIANFAN_V1;
        ObjectNode body = Bodies.object();
        if (!v1) {
            // The table's spelling where V1's name shows that it is certain; else the caller knows better.
            body.put("model", model.v1Name().isEmpty() ? request.model() : model.name());
        }
        ArrayNode input = body.putArray("input");
        batch.forEach(text -> input.add(WellFormed.text(text)));
        if (!request.user().isEmpty()) {
            body.put(v1 ? "user_id" : "user", WellFormed.text(request.user()));
        }
        return Bodies.bytes(body);
    }

    /** The vectors in the order of the batch, whatever the order of the answer. */
    List<float[]> read(JsonNode answer, int expected) {
        JsonNode data = answer.path("data");
        if (!data.isArray()) {
            throw new ErnieException(failures.wrongServer(
                    200, "not_an_answer", "the server sent JSON without data, which vectors have"));
        }
        if (data.size() != expected) {
            throw malformed("sent " + data.size() + " vectors for " + expected + " texts");
        }
        float[][] vectors = new float[expected][];
        for (int i = 0; i < expected; i++) {
            int index = data.get(i).path("index").asInt(i);
            if (index < 0 || index >= expected || vectors[index] != null) {
                throw malformed("numbered the vectors in no order: " + index);
            }
            vectors[index] = vector(data.get(i).path("embedding"));
        }
        return Arrays.asList(vectors);
    }

    private float[] vector(JsonNode numbers) {
        int known = model.dimension();
        if (!numbers.isArray() || numbers.isEmpty() || (known > 0 && numbers.size() != known)) {
            throw malformed("sent a vector of " + numbers.size() + " numbers"
                    + (known > 0 ? "; those of " + model.name() + " have " + known : ""));
        }
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.get(i).floatValue();
            if (!numbers.get(i).isNumber() || !Float.isFinite(vector[i])) {
                throw malformed("sent a vector with something else than a number");
            }
        }
        return vector;
    }

    /** Not to be tried again: a server that counts wrongly will do so again. */
    private ErnieException malformed(String what) {
        return new ErnieException(failures.lasting(200, "malformed", "the server " + what, ""));
    }
}
