package io.erniegateway.ernie.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.failures.Refusal;
import io.erniegateway.ernie.failures.RefusalReader;
import io.erniegateway.ernie.failures.Secrets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * V1's access token: {@code POST /oauth/2.0/token?grant_type=client_credentials&client_id=…&client_secret=…}, valid for
 * 30 days, sent as {@code ?access_token=}. However many callers want one, one fetch serves them all, its failure too.
 */
public final class OAuthTokens implements Credentials {
    /** A small JSON object; nobody needs more than its code. */
    private static final Duration LONGEST_FETCH = Duration.ofSeconds(30);

    /** An answer of the token endpoint is about 1 KB. */
    private static final long LONGEST_ANSWER_BYTES = 64 * 1024;

    /** A token is replaced so long before its end, but never before nine tenths of its life. */
    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(5);

    private static final int LEAST_LIFE_PARTS = 10;

    /** Thirty days, as documented, if the answer forgot to say. */
    private static final long DOCUMENTED_LIFE_SECONDS = 2_592_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OkHttpClient http;
    private final HttpUrl url;
    private final InstantSource clock;
    private final Failures failures;
    private final Secrets secrets;

    private final Object lock = new Object();
    private @Nullable Token current;
    private @Nullable FutureTask<Token> fetching;

    /** The URL is the token endpoint, with the keys in its query. */
    private OAuthTokens(OkHttpClient http, HttpUrl url, InstantSource clock, Failures failures, Secrets secrets) {
        this.http = http.newBuilder()
                .callTimeout(LONGEST_FETCH)
                .readTimeout(LONGEST_FETCH)
                .build();
        this.url = url;
        this.clock = clock;
        this.failures = failures;
        this.secrets = secrets;
    }

    /**
     * Tokens of one app; the first is fetched when it is needed.
     *
     * @param oauthUrl what stands before {@code /oauth/2.0/token}
     */
    public static OAuthTokens at(
            String oauthUrl,
            String clientId,
            String clientSecret,
            OkHttpClient http,
            InstantSource clock,
            Failures failures,
            Secrets secrets) {
        HttpUrl url = HttpUrl.get(oauthUrl)
                .newBuilder()
                .addPathSegments("oauth/2.0/token")
                .addQueryParameter("grant_type", "client_credentials")
                .addQueryParameter("client_id", clientId)
                .addQueryParameter("client_secret", clientSecret)
                .build();
        return new OAuthTokens(http, url, clock, failures, secrets);
    }

    @Override
    public Request sign(Request request) {
        HttpUrl signed = request.url()
                .newBuilder()
                .setQueryParameter("access_token", token())
                .build();
        return request.newBuilder().url(signed).build();
    }

    /** Drops the token unless another caller has replaced it meanwhile; either way another one comes next. */
    @Override
    public boolean renew(Request rejected) {
        String stale = rejected.url().queryParameter("access_token");
        synchronized (lock) {
            if (current != null && current.text().equals(stale)) {
                current = null;
            }
        }
        return true;
    }

    private record Token(String text, Instant replaceAt) {}

    private String token() {
        FutureTask<Token> task;
        synchronized (lock) {
            if (current != null && clock.instant().isBefore(current.replaceAt())) {
                return current.text();
            }
            if (fetching == null) {
                fetching = new FutureTask<>(this::fetchAndKeep);
                Thread.ofVirtual().name("ernie-oauth").start(fetching);
            }
            task = fetching;
        }
        return await(task).text();
    }

    private Token await(FutureTask<Token> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ErnieException(
                    failures.lasting(0, "interrupted", "interrupted while waiting for an access token", ""), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ErnieException refused) {
                // A new exception for each caller: its stack shows who asked.
                throw new ErnieException(refused.failure(), refused);
            }
            throw new IllegalStateException("fetching an access token failed", e.getCause());
        }
    }

    private Token fetchAndKeep() {
        Token token = null;
        try {
            token = fetch();
            return token;
        } finally {
            synchronized (lock) {
                current = token;
                fetching = null;
            }
        }
    }

    private Token fetch() {
        Request request = new Request.Builder()
                .url(url)
                .post(RequestBody.create(new byte[0], null))
                .header("Accept", "application/json")
                .build();
        try (Response response = http.newCall(request).execute()) {
            String body = response.peekBody(LONGEST_ANSWER_BYTES).string();
            return read(response.code(), body);
        } catch (IOException e) {
            // Without its cause: a message of the library might quote the URL, and that holds the secret.
            throw new ErnieException(failures.passing(
                    "unreachable", "no access token: " + e.getClass().getSimpleName() + " at " + url.host(), ""));
        }
    }

    /** Decides on the body: Baidu's own mock refuses with HTTP 200. */
    private Token read(int status, String body) {
        JsonNode json = parsed(body);
        String text = json == null ? "" : json.path("access_token").asText("");
        if (json != null && !text.isEmpty()) {
            secrets.learn(text);
            long seconds = json.path("expires_in").asLong(DOCUMENTED_LIFE_SECONDS);
            Duration life = Duration.ofSeconds(Math.clamp(seconds, 0, DOCUMENTED_LIFE_SECONDS));
            Duration part = life.dividedBy(LEAST_LIFE_PARTS);
            Duration margin = part.compareTo(LONGEST_MARGIN) < 0 ? part : LONGEST_MARGIN;
            return new Token(text, clock.instant().plus(life).minus(margin));
        }
        Optional<Refusal> refusal = json == null ? Optional.empty() : RefusalReader.read(status, json);
        throw new ErnieException(refusal.map(failures::refused).orElseGet(() -> unreadable(status)));
    }

    private ErnieFailure unreadable(int status) {
        String text = "the token endpoint answered HTTP " + status + " without a token";
        return status >= 400
                ? failures.refused(Refusal.plain(status, text))
                : failures.wrongServer(status, "no_token", text + "; check oauthUrl");
    }

    private static @Nullable JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return null;
        }
    }
}
