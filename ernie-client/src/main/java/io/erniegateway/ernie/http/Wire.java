package io.erniegateway.ernie.http;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.sse.ChunkGrammar;
import okhttp3.HttpUrl;

/**
 * What distinguishes the interfaces on the way, as data; what distinguishes them in a body is in {@code request}.
 *
 * @param grammar how the answer's chunks are written
 * @param modelInPath whether the model is named by the URL (V1) or in the body (V2)
 * @param takesAppId whether the server is Baidu's V2 and knows the {@code appid} header
 */
record Wire(ChunkGrammar grammar, boolean modelInPath, boolean takesAppId) {

    private static final String V1_SERVICES = "/rpc/2.0/ai_custom/v1/wenxinworkshop";

    static Wire of(Dialect dialect) {
        ChunkGrammar grammar = ChunkGrammar.of(dialect);
        return switch (dialect.api()) {
            case QIANFAN_V2 -> new Wire(grammar, false, true);
            case QIANFAN_V1 -> new Wire(grammar, true, false);
            case OPENAI -> new Wire(grammar, false, false);
        };
    }

    /** Where questions are sent. */
    HttpUrl endpoint(ErnieSettings settings) {
        HttpUrl.Builder url = services(settings);
        return modelInPath
                ? url.addPathSegment("chat").addPathSegment(settings.model()).build()
                : url.addPathSegments("chat/completions").build();
    }

    /** What all endpoints begin with. A V1 base URL may end before or after the services' path. */
    HttpUrl.Builder services(ErnieSettings settings) {
        HttpUrl.Builder url = HttpUrl.get(settings.baseUrl()).newBuilder();
        return modelInPath && !settings.baseUrl().endsWith(V1_SERVICES)
                ? url.addPathSegments(V1_SERVICES.substring(1))
                : url;
    }
}
