package io.erniegateway.ernie.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.failures.Refusal;
import io.erniegateway.ernie.failures.RefusalReader;
import io.erniegateway.ernie.failures.RetryAfter;
import io.erniegateway.ernie.sse.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Asks a token endpoint, and tells what it says instead of a token. Its URL is never printed: it may hold the keys. */
final class TokenEndpoint {
    /** A small JSON object; nobody needs more than that for it. */
    private static final Duration LONGEST_FETCH = Duration.ofSeconds(30);

    /** An answer is about 1 KB. */
    private static final long LONGEST_ANSWER_BYTES = 64 * 1024;

    private final OkHttpClient http;
    private final String setting;
    private final InstantSource clock;
    private final Failures failures;

    /** Reads a token out of an answer; empty if it holds none. */
    interface Reader {
        Optional<SharedToken.Fetched> read(JsonNode answer);
    }

    /** @param setting names the setting that holds the endpoint's URL, for the remedies */
    TokenEndpoint(OkHttpClient http, String setting, InstantSource clock, Failures failures) {
        this.http = http.newBuilder()
                .callTimeout(LONGEST_FETCH)
                .readTimeout(LONGEST_FETCH)
                // Keys go where the setting says and nowhere else.
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
        this.setting = setting;
        this.clock = clock;
        this.failures = failures;
    }

    /**
     * The token that the endpoint gives.
     *
     * @throws ErnieException if it gives none
     */
    SharedToken.Fetched ask(Request request, Reader reader) {
        try (Response response = http.newCall(request).execute()) {
            // Decided on the body: Baidu's own mock refuses with HTTP 200.
            JsonNode answer = parsed(response.peekBody(LONGEST_ANSWER_BYTES).string());
            return reader.read(answer).orElseThrow(() -> new ErnieException(refused(response, answer)));
        } catch (IOException e) {
            // Without its cause: a message of the library might quote the URL.
            String host = request.url().host();
            throw new ErnieException(failures.passing(
                    "unreachable", "no access token: " + e.getClass().getSimpleName() + " at " + host, ""));
        }
    }

    private ErnieFailure refused(Response response, JsonNode answer) {
        int status = response.code();
        Optional<Refusal> refusal = RefusalReader.read(status, answer)
                .or(() -> RefusalReader.ofGateway(
                        status, response.header("X-Bce-Error-Code"), response.header("X-Bce-Error-Message")));
        if (refusal.isPresent()) {
            Duration wait = RetryAfter.parse(response.header("Retry-After"), clock.instant());
            return failures.refused(refusal.get(), wait);
        }
        String text = "the token endpoint answered HTTP " + status + " without a token";
        if (status == 429 || status >= 500) {
            return failures.refused(Refusal.plain(status, text));
        }
        return status < 300
                ? failures.passing("no_token", text + "; if this lasts, check " + setting, "")
                : failures.noAccess(status, "no_token", text + "; check " + setting + " and the keys");
    }

    private static JsonNode parsed(String body) {
        try {
            JsonNode json = Json.MAPPER.readTree(body);
            return json == null ? MissingNode.getInstance() : json;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
