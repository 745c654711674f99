package io.erniegateway.ernie.http;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.failures.Failures;
import okhttp3.HttpUrl;

/**
 * Where the calls besides streams are sent. V1 names the model in the path (Baidu's Python SDK), the others in the body.
 * What a dialect does not offer is a failure before anything is sent: a guess would be answered by a 404 that says less.
 */
final class Endpoints {
    private final ErnieSettings settings;
    private final Wire wire;
    private final Failures failures;

    Endpoints(ErnieSettings settings, Wire wire, Failures failures) {
        this.settings = settings;
        this.wire = wire;
        this.failures = failures;
    }

    HttpUrl chat() {
        return wire.endpoint(settings);
    }

    HttpUrl embeddings(String v1Name) {
        HttpUrl.Builder url = wire.services(settings).addPathSegment("embeddings");
        return wire.modelInPath() ? url.addPathSegment(v1Name).build() : url.build();
    }

    HttpUrl rerank(String v1Name) {
        return switch (settings.dialect().api()) {
            case QIANFAN_V2 ->
                wire.services(settings).addPathSegments(settings.rerankPath()).build();
            case QIANFAN_V1 ->
                wire.services(settings)
                        .addPathSegment("reranker")
                        .addPathSegment(v1Name)
                        .build();
            case OPENAI -> throw notOffered("no rerank; only Baidu's V2 and V1 document one");
        };
    }

    HttpUrl tokenizer() {
        if (settings.dialect() != Dialect.QIANFAN_V1) {
            throw notOffered("no tokenizer; only V1 has one: use ErnieClient.estimateTokens");
        }
        return wire.services(settings).addPathSegments("tokenizer/erniebot").build();
    }

    HttpUrl models() {
        if (settings.dialect() == Dialect.QIANFAN_V1) {
            throw notOffered("no list of models; V1's are in Baidu's documentation");
        }
        return wire.services(settings).addPathSegment("models").build();
    }

    private ErnieException notOffered(String what) {
        return new ErnieException(failures.lasting(0, "not_offered", settings.dialect() + " has " + what, ""));
    }
}
