package io.erniegateway.ernie.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.failures.Secrets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * V1's access token: {@code POST /oauth/2.0/token?grant_type=client_credentials&client_id=…&client_secret=…}, valid for
 * 30 days, sent as {@code ?access_token=}.
 */
public final class OAuthTokens implements Credentials {
    /** Thirty days, as documented, if the answer forgot to say. */
    private static final long DOCUMENTED_LIFE_SECONDS = 2_592_000;

    private final SharedToken token;

    private OAuthTokens(SharedToken token) {
        this.token = token;
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
        Request request = new Request.Builder()
                .url(url)
                .post(RequestBody.create(new byte[0], null))
                .header("Accept", "application/json")
                .build();
        TokenEndpoint endpoint = new TokenEndpoint(http, "oauthUrl", clock, failures);
        return new OAuthTokens(new SharedToken(
                "ernie-oauth", () -> endpoint.ask(request, OAuthTokens::read), clock, failures, secrets));
    }

    @Override
    public Request sign(Request request, CountDownLatch cancelled) {
        HttpUrl signed = request.url()
                .newBuilder()
                .setQueryParameter("access_token", token.text(cancelled))
                .build();
        return request.newBuilder().url(signed).build();
    }

    /** Another token comes next, whoever fetches it. */
    @Override
    public boolean renew(Request rejected) {
        token.refused(rejected.url().queryParameter("access_token"));
        return true;
    }

    private static Optional<SharedToken.Fetched> read(JsonNode answer) {
        String text = answer.path("access_token").asText("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        long seconds = answer.path("expires_in").asLong(DOCUMENTED_LIFE_SECONDS);
        Duration life = Duration.ofSeconds(Math.clamp(seconds, 0, DOCUMENTED_LIFE_SECONDS));
        return Optional.of(new SharedToken.Fetched(text, life));
    }
}
