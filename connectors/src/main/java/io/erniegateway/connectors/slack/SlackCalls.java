package io.erniegateway.connectors.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.util.http.SlackHttpClient;
import io.erniegateway.connectors.Refusal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Connection;
import okhttp3.FormBody;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The Slack SDK, with every answer as a value. Blocks for one HTTP call. Thread-safe.
 *
 * <p>The SDK makes the form and sends it, but does not read the answer: for each one it would set up anew how all of its
 * hundred classes of blocks and files are read, which costs more than all the rest of a call, and the connector needs
 * two or three words of it.
 */
final class SlackCalls {

    /** What a call came to. */
    sealed interface Answer {

        /** Done; {@code body} is a JSON object. */
        record Done(JsonNode body) implements Answer {

            /** A word of the answer, empty if it is not there. */
            String word(String name) {
                return body.path(name).asText("");
            }
        }

        /** Slack, or the way to it, refused; {@code code} is Slack's error code, empty if there was none. */
        record Refused(Refusal refusal, String code) implements Answer {}
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String token;
    private final MethodsClient methods;

    /** @param client one made by {@link #tellingWhetherSent} */
    SlackCalls(OkHttpClient client, URI apiBase, String token) {
        this.token = token;
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(apiBase.toString());
        // The SDK's listeners would log whole answers at debug level, and the one of apps.connections.open is a secret.
        config.setHttpClientResponseHandlers(new ArrayList<>());
        // With statistics on, the SDK starts threads of its own and asks auth.test before the first call.
        config.setStatsEnabled(false);
        SlackHttpClient http = new SlackHttpClient(client);
        http.setConfig(config);
        methods = Slack.getInstance(config, http).methods(token);
    }

    /** @param form what the SDK's {@code RequestFormBuilder} makes of a request */
    Answer call(String method, FormBody.Builder form) {
        try (Response response = methods.runPostFormWithToken(form, method, token)) {
            JsonNode body = object(response.body().bytes());
            String code = body == null ? "" : body.path("error").asText("");
            if (!response.isSuccessful()) {
                return new Answer.Refused(
                        SlackErrors.ofStatus(response.code(), code, response.header("Retry-After")), code);
            }
            if (body == null) {
                return unreachable("an answer that is no JSON", true);
            }
            if (body.path("ok").asBoolean()) {
                return new Answer.Done(body);
            }
            String named = code.isEmpty() ? "no error code" : code;
            return new Answer.Refused(SlackErrors.ofCode(named, null), named);
        } catch (IOException e) {
            return unreachable(describe(e), !neverSent(e));
        }
    }

    private static @Nullable JsonNode object(byte[] body) throws IOException {
        try {
            JsonNode json = JSON.readTree(body);
            return json != null && json.isObject() ? json : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static Answer unreachable(String why, boolean mayHaveActed) {
        return new Answer.Refused(new Refusal.Unreachable(why, mayHaveActed), "");
    }

    /** The kind of failure and the host, never an address with its query. */
    private static String describe(IOException failure) {
        Throwable cause = failure instanceof NeverSent && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    /**
     * Makes a client whose failures tell whether the request had reached a connection. Only then can the platform have
     * acted on it, and only that decides whether a post may be repeated.
     */
    static OkHttpClient.Builder tellingWhetherSent(OkHttpClient.Builder builder) {
        return builder.addInterceptor(chain -> {
                    AtomicBoolean connected = new AtomicBoolean();
                    try {
                        return proceeded(
                                chain,
                                chain.request()
                                        .newBuilder()
                                        .tag(AtomicBoolean.class, connected)
                                        .build());
                    } catch (IOException e) {
                        throw connected.get() ? e : new NeverSent(e);
                    }
                })
                .addNetworkInterceptor(SlackCalls::noteConnection)
                .addNetworkInterceptor(SlackCalls::promptly);
    }

    /**
     * OkHttp 5 waits for a connection in a queue and lets the {@link InterruptedException} of that through, which Kotlin
     * need not declare and Java could not catch.
     */
    private static Response proceeded(Interceptor.Chain chain, Request request) throws IOException {
        try {
            return interruptible(chain, request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the call was interrupted");
        }
    }

    @SuppressWarnings("RedundantThrows")
    private static Response interruptible(Interceptor.Chain chain, Request request)
            throws IOException, InterruptedException {
        return chain.proceed(request);
    }

    /** The same for a client whose next interceptor takes the place of the network: whatever fails there was sent. */
    static OkHttpClient.Builder alwaysSent(OkHttpClient.Builder told) {
        return told.addInterceptor(SlackCalls::noteConnection);
    }

    private static Response noteConnection(Interceptor.Chain chain) throws IOException {
        AtomicBoolean connected = chain.request().tag(AtomicBoolean.class);
        if (connected != null) {
            connected.set(true);
        }
        return chain.proceed(chain.request());
    }

    /**
     * What is given to the socket is sent at once. OkHttp writes a request of more than 8 KiB in pieces, and the system would
     * keep the last of them back until the first is acknowledged (Nagle's algorithm), which the other side puts off for 40 ms.
     * And one watch over the time is enough: OkHttp's own closes a socket that is silent for too long, while the socket's
     * would set and clear an alarm of the virtual threads at every read.
     */
    private static Response promptly(Interceptor.Chain chain) throws IOException {
        Connection connection = chain.connection();
        if (connection != null) {
            connection.socket().setTcpNoDelay(true);
            connection.socket().setSoTimeout(0);
        }
        return chain.proceed(chain.request());
    }

    private static boolean neverSent(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NeverSent) {
                return true;
            }
        }
        return false;
    }

    /** No connection came about. */
    private static final class NeverSent extends IOException {
        private static final long serialVersionUID = 1L;

        NeverSent(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
