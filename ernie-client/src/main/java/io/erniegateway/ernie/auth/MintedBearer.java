package io.erniegateway.ernie.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.Access.Iam;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.failures.Secrets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * V2 with an IAM user's keys: a short-lived API key, minted by {@code GET /v1/BCE-BEARER/token?expireInSeconds=…}, which
 * is signed, and sent as {@code Authorization: Bearer bce-v3/…} (Baidu's page {@code Gm5z8ryv5}). The keys themselves
 * never reach the model's server.
 */
public final class MintedBearer implements Credentials {
    private static final String BEARER = "Bearer ";

    private final HttpUrl url;
    private final BceSigner signer;
    private final TokenEndpoint endpoint;
    private final InstantSource clock;
    private final Failures failures;
    private final SharedToken token;

    private MintedBearer(
            HttpUrl url,
            BceSigner signer,
            TokenEndpoint endpoint,
            InstantSource clock,
            Failures failures,
            Secrets secrets) {
        this.url = url;
        this.signer = signer;
        this.endpoint = endpoint;
        this.clock = clock;
        this.failures = failures;
        this.token = new SharedToken("ernie-bearer", this::mint, clock, failures, secrets);
    }

    /**
     * Bearers of one IAM user; the first is minted when it is needed.
     *
     * @param iamUrl what stands before {@code /v1/BCE-BEARER/token}; Baidu's is {@link Iam#PUBLIC_URL}
     * @param life to be asked for, {@link Iam#SHORTEST_LIFE} to {@link Iam#LONGEST_LIFE}, in whole seconds
     * @throws IllegalArgumentException naming what is wrong, never a key
     */
    public static MintedBearer at(
            String iamUrl,
            String accessKey,
            String secretKey,
            Duration life,
            OkHttpClient http,
            InstantSource clock,
            Failures failures,
            Secrets secrets) {
        if (life.compareTo(Iam.SHORTEST_LIFE) < 0 || life.compareTo(Iam.LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("life of a minted bearer: must be 5 minutes to 30 days");
        }
        HttpUrl url = HttpUrl.get(iamUrl)
                .newBuilder()
                .addPathSegments("v1/BCE-BEARER/token")
                .addQueryParameter("expireInSeconds", Long.toString(life.toSeconds()))
                .build();
        return new MintedBearer(
                url,
                new BceSigner(new AccessKeys(accessKey, secretKey)),
                new TokenEndpoint(http, "iamUrl", clock, failures),
                clock,
                failures,
                secrets);
    }

    @Override
    public Request sign(Request request, CountDownLatch cancelled) {
        return request.newBuilder()
                .header("Authorization", BEARER + token.text(cancelled))
                .build();
    }

    /** Another bearer comes next. V2 does not tell an expired one from an invalid one, so one more is worth a try. */
    @Override
    public boolean renew(Request rejected) {
        String header = rejected.header("Authorization");
        token.refused(header != null && header.startsWith(BEARER) ? header.substring(BEARER.length()) : null);
        return true;
    }

    private SharedToken.Fetched mint() {
        Request request = new Request.Builder()
                .url(url)
                .header("Accept", "application/json")
                .build();
        return endpoint.ask(signer.sign(request, clock.instant()), this::read);
    }

    private Optional<SharedToken.Fetched> read(JsonNode answer) {
        String text = answer.path("token").asText("");
        Instant created = instant(answer.path("createTime").asText(""));
        Instant expires = instant(answer.path("expireTime").asText(""));
        if (answer.path("status").asText("").equals("disable")) {
            throw refused("bearer_disabled", "the IAM user's bearers are disabled; enable them in Baidu's console");
        }
        if (!fitsHeader(text) || expires == null) {
            return Optional.empty();
        }
        Duration life = Duration.between(clock.instant(), expires);
        // Where this clock is behind, what the server says about the whole life is nearer to the truth.
        Duration whole = created == null ? life : Duration.between(created, expires);
        Duration sure = life.compareTo(whole) < 0 ? life : whole;
        if (!sure.isPositive()) {
            throw refused("bearer_ended", "the bearer had ended when it came; check this machine's clock");
        }
        return Optional.of(new SharedToken.Fetched(text, sure));
    }

    private ErnieException refused(String code, String message) {
        return new ErnieException(failures.noAccess(200, code, message));
    }

    private static boolean fitsHeader(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
