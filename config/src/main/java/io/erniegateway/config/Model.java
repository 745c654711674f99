package io.erniegateway.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
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
 * @param accessKey with {@code secretKey}: an IAM key pair instead of the keys above. V1 requests are signed with it; for
 *     V2 it fetches bearers that live half an hour
 * @param secretKey see {@code accessKey}
 * @param iamUrl where those bearers are fetched; null means Baidu's own address
 * @param connectTimeout until the connection stands; above 0, at most 1 h, like the two below
 * @param firstByteTimeout from the request to the first byte of the answer
 * @param gapTimeout between two pieces of the stream, at most {@code firstByteTimeout}
 * @param attempts how often a request is sent before it counts as failed, 1 to 10
 * @param maxAnswerCharacters where an answer that does not end is cut, in UTF-16 units, 1 to 2,000,000
 * @param temperature 0 to 2; null leaves it to the service
 * @param topP 0 to 1; null leaves it to the service
 * @param maxOutputTokens 1 to 1,000,000; null leaves it to the service
 * @param webSearch whether Baidu's models look into the web
 * @param thinking whether models that can choose think first
 * @param inputTokens what the model reads at most, by estimate, 0 if not known; older turns are left out beyond
 * @param inputCharacters the same in UTF-16 units, for V1's older models
 * @param concurrent answers received at the same time at most, 1 to 100,000
 * @param requestsPerMinute what the account is granted, 0 to learn it from the service's headers
 * @param tokensPerMinute what the account is granted, 0 to learn it from the service's headers
 * @param fallbacks names of other models that answer, in this order, when this one cannot; at most 8
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
        Secret accessKey,
        Secret secretKey,
        @Nullable URI iamUrl,
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration gapTimeout,
        int attempts,
        int maxAnswerCharacters,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer maxOutputTokens,
        Switch webSearch,
        Switch thinking,
        int inputTokens,
        int inputCharacters,
        int concurrent,
        int requestsPerMinute,
        int tokensPerMinute,
        List<String> fallbacks) {

    public Model {
        fallbacks = List.copyOf(fallbacks);
    }

    /** The same model of another Qianfan service. */
    public Model at(URI service, String itsName, Secret itsKey) {
        return new Model(
                Kind.ERNIE,
                Dialect.QIANFAN_V2,
                service,
                itsName,
                itsKey,
                Secret.EMPTY,
                Secret.EMPTY,
                null,
                Secret.EMPTY,
                Secret.EMPTY,
                null,
                connectTimeout,
                firstByteTimeout,
                gapTimeout,
                attempts,
                maxAnswerCharacters,
                temperature,
                topP,
                maxOutputTokens,
                webSearch,
                thinking,
                inputTokens,
                inputCharacters,
                concurrent,
                requestsPerMinute,
                tokensPerMinute,
                List.of());
    }

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
        /** The OpenAI-compatible API of self-hosted ERNIE servers, as far as all of them have it. */
        OPENAI,
        /** The same with what Baidu's FastDeploy adds. */
        FASTDEPLOY,
        /** The same with what vLLM adds. */
        VLLM,
        /** The same with what llama.cpp's server adds. */
        LLAMA_CPP,
        /** The same with what Ollama adds. */
        OLLAMA
    }

    /** Something that a service does or does not, unless it is told. */
    public enum Switch {
        /** The service decides. */
        DEFAULT,
        ON,
        OFF
    }
}
