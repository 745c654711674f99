package io.erniegateway.connectors.slack;

import com.google.gson.JsonParseException;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.util.http.SlackHttpClient;
import io.erniegateway.connectors.Refusal;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** The Slack SDK, with every answer as a value. Blocks for one HTTP call. Thread-safe. */
final class SlackCalls {

    /** What a call came to. */
    sealed interface Answer<T> {
        record Done<T>(T response) implements Answer<T> {}

        /** Slack, or the way to it, refused; {@code code} is Slack's error code, empty if there was none. */
        record Refused<T>(Refusal refusal, String code) implements Answer<T> {}
    }

    @FunctionalInterface
    interface Call<T extends SlackApiTextResponse> {
        T on(MethodsClient methods) throws IOException, SlackApiException;
    }

    private final MethodsClient methods;

    /** @param client one made by {@link #tellingWhetherSent} */
    SlackCalls(OkHttpClient client, URI apiBase, String token) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(apiBase.toString());
        // The SDK's listeners log whole answers at debug level, and the one of apps.connections.open is a secret.
        config.setHttpClientResponseHandlers(new ArrayList<>());
        // With statistics on, the SDK starts threads of its own and asks auth.test before the first call.
        config.setStatsEnabled(false);
        SlackHttpClient http = new SlackHttpClient(client);
        http.setConfig(config);
        methods = Slack.getInstance(config, http).methods(token);
    }

    <T extends SlackApiTextResponse> Answer<T> call(Call<T> call) {
        try {
            T response = call.on(methods);
            if (response.isOk()) {
                return new Answer.Done<>(response);
            }
            String code = response.getError() == null ? "no error code" : response.getError();
            return new Answer.Refused<>(SlackErrors.ofCode(code, null), code);
        } catch (SlackApiException e) {
            String code = e.getError() == null || e.getError().getError() == null
                    ? ""
                    : e.getError().getError();
            Response response = e.getResponse();
            return new Answer.Refused<>(
                    SlackErrors.ofStatus(response.code(), code, response.header("Retry-After")), code);
        } catch (IOException e) {
            return unreachable(describe(e), !neverSent(e));
        } catch (JsonParseException e) {
            return unreachable("an answer that is no JSON", true);
        }
    }

    private static <T> Answer<T> unreachable(String why, boolean mayHaveActed) {
        return new Answer.Refused<>(new Refusal.Unreachable(why, mayHaveActed), "");
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
                        return chain.proceed(chain.request()
                                .newBuilder()
                                .tag(AtomicBoolean.class, connected)
                                .build());
                    } catch (IOException e) {
                        throw connected.get() ? e : new NeverSent(e);
                    }
                })
                .addNetworkInterceptor(SlackCalls::noteConnection);
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
