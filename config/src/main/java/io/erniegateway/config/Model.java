package io.erniegateway.config;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that answers questions. Keys and address matter to {@link Kind#ERNIE} only.
 *
 * @param kind what it is
 * @param dialect the API spoken at {@code baseUrl}
 * @param baseUrl where the service is, without the path of a single call
 * @param name the service's own name of the model, empty for the echoes
 * @param apiKey sent as {@code Authorization: Bearer}, empty if the service wants none
 * @param clientId with {@code clientSecret}: an application of the V1 API, exchanged for an access token
 * @param clientSecret see {@code clientId}
 * @param tokenUrl where that exchange is made; null means Baidu's own address
 * @param connectTimeout until the connection stands; above 0, at most 1 h, like the two below
 * @param firstByteTimeout from the request to the first byte of the answer
 * @param gapTimeout between two pieces of the stream
 * @param attempts how often a request is sent before it counts as failed, 1 to 10
 * @param maxAnswerCharacters where an answer that does not end is cut, in UTF-16 units, 1 to 2,000,000
 * @param temperature 0 to 2; null leaves it to the service
 * @param maxOutputTokens 1 to 1,000,000; null leaves it to the service
 */
public record Model(
        Kind kind,
        Dialect dialect,
        URI baseUrl,
        String name,
        Secret apiKey,
        Secret clientId,
        Secret clientSecret,
        @Nullable URI tokenUrl,
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration gapTimeout,
        int attempts,
        int maxAnswerCharacters,
        @Nullable Double temperature,
        @Nullable Integer maxOutputTokens) {

    public enum Kind {
        /** Baidu ERNIE, or a server that speaks one of its dialects. */
        ERNIE,
        /** Repeats the question as one piece, without any service. */
        ECHO,
        /** Repeats the question a character at a time, as a stream, without any service. */
        ECHO_STREAM
    }

    public enum Dialect {
        /** Qianfan's present API; the model is named in the request. */
        QIANFAN_V2,
        /** The {@code wenxinworkshop} API, announced to be switched off on 2026-08-31; for gateways that still offer it. */
        QIANFAN_V1,
        /** The OpenAI-compatible API of self-hosted ERNIE servers. */
        OPENAI
    }
}
