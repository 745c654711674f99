package io.erniegateway.ernie.simulated;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.erniegateway.ernie.Dialect;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets requests in or not: method, key or token, app, requests and tokens a minute. Also gives out V1's access tokens. */
final class FrontDoor {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SimulatorOptions options;
    private final Tokens tokens;
    private final IamDesk iam;
    private final RateWindow rate;
    private final RateWindow tokenRate;
    private final Traffic traffic;

    FrontDoor(SimulatorOptions options, InstantSource clock, Tokens tokens, IamDesk iam, Traffic traffic) {
        this.options = options;
        this.tokens = tokens;
        this.iam = iam;
        this.rate = new RateWindow(clock, options.requestsPerMinute(), options.rateWindow());
        this.tokenRate = new RateWindow(clock, options.tokensPerMinute(), options.rateWindow());
        this.traffic = traffic;
    }

    /** Why the request is not served; empty if it is. */
    Optional<Rejected> refuses(HttpServerExchange exchange, Dialect dialect, String model) {
        return wrongMethod(exchange, dialect)
                .or(() -> stranger(exchange, dialect))
                .or(() -> overRate(exchange, dialect, model));
    }

    private static Optional<Rejected> wrongMethod(HttpServerExchange exchange, Dialect dialect) {
        if (exchange.getRequestMethod().equals(Methods.POST)) {
            return Optional.empty();
        }
        return Optional.of(
                dialect == Dialect.QIANFAN_V1
                        ? Rejected.v1(336101, "invalid HTTP method")
                        : Rejected.v2(405, "method_not_supported", "use POST"));
    }

    /** Why whoever asks is not known; empty if they are. */
    Optional<Rejected> stranger(HttpServerExchange exchange, Dialect dialect) {
        return switch (dialect.api()) {
            case QIANFAN_V1 ->
                IamDesk.signed(exchange) ? Optional.empty() : staleToken(query(exchange, "access_token"));
            case QIANFAN_V2 -> {
                String app = ChatDesk.header(exchange, "appid");
                String bearer = ChatDesk.header(exchange, "Authorization");
                if (!bearer.equals("Bearer " + options.apiKey()) && !iam.admits(bearer)) {
                    yield Optional.of(Rejected.v2(401, "invalid_iam_token", "IAM Certification failed"));
                }
                yield app.isEmpty() || app.equals(options.appId())
                        ? Optional.empty()
                        : Optional.of(Rejected.v2(401, "invalid_appid", "no such appid"));
            }
            case OPENAI -> {
                if (!ChatDesk.header(exchange, "appid").isEmpty()) {
                    yield Optional.of(Rejected.openAi(400, "BadRequestError", "appid is Baidu's"));
                }
                boolean open = options.openAiKey().isEmpty();
                yield open || ChatDesk.header(exchange, "Authorization").equals("Bearer " + options.openAiKey())
                        ? Optional.empty()
                        : Optional.of(Rejected.openAi(401, "AuthenticationError", "Unauthorized"));
            }
        };
    }

    private Optional<Rejected> staleToken(@Nullable String token) {
        return switch (tokens.standing(token)) {
            case GOOD -> Optional.empty();
            case EXPIRED -> Optional.of(Rejected.v1(111, "Access token expired"));
            case UNKNOWN -> Optional.of(Rejected.v1(110, "Access token invalid or no longer valid"));
        };
    }

    private Optional<Rejected> overRate(HttpServerExchange exchange, Dialect dialect, String model) {
        long left = rate.take(model, 1);
        if (rate.limit() == 0 || dialect.api() == Dialect.Api.OPENAI) {
            return Optional.empty();
        }
        tell(exchange, "Requests", rate, left);
        if (left >= 0) {
            return Optional.empty();
        }
        return Optional.of(
                dialect == Dialect.QIANFAN_V1
                        ? Rejected.v1(336501, "Rate limit reached for RPM")
                        : Rejected.v2(429, "rpm_rate_limit_exceeded", "Rate limit reached for RPM"));
    }

    /** Whether the question is too many for the minute. */
    Optional<Rejected> overTokens(HttpServerExchange exchange, Question question) {
        if (spend(exchange, question, RoughTokens.of(question)) >= 0) {
            return Optional.empty();
        }
        return Optional.of(
                question.dialect() == Dialect.QIANFAN_V1
                        ? Rejected.v1(336502, "Rate limit reached for TPM")
                        : Rejected.v2(429, "tpm_rate_limit_exceeded", "Rate limit reached for TPM"));
    }

    /** Counts an answer as soon as it begins, so that the headers can tell; the next question may be one too many. */
    void answered(HttpServerExchange exchange, Question question, Reply reply) {
        spend(exchange, question, RoughTokens.of(reply));
    }

    private long spend(HttpServerExchange exchange, Question question, int amount) {
        if (tokenRate.limit() == 0 || question.dialect().api() == Dialect.Api.OPENAI) {
            return 0;
        }
        long left = tokenRate.take(question.model(), amount);
        if (question.dialect() == Dialect.QIANFAN_V1) {
            tell(exchange, "Tokens", tokenRate, left);
        } else {
            // Both draw on the one budget, whichever is asked for.
            tell(exchange, "Input-Tokens", tokenRate, left);
            tell(exchange, "Output-Tokens", tokenRate, left);
        }
        return left;
    }

    private static void tell(HttpServerExchange exchange, String what, RateWindow window, long left) {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(HttpString.tryFromString("X-Ratelimit-Limit-" + what), window.limit());
        headers.put(HttpString.tryFromString("X-Ratelimit-Remaining-" + what), Math.max(0, left));
    }

    /** {@code /oauth/2.0/token}. */
    void token(HttpServerExchange exchange) {
        traffic.tokenRequests.incrementAndGet();
        if (!"client_credentials".equals(query(exchange, "grant_type"))) {
            oauthError(exchange, "unsupported_grant_type", "the grant type must be client_credentials");
        } else if (!options.clientId().equals(query(exchange, "client_id"))) {
            oauthError(exchange, "invalid_client", "unknown client id");
        } else if (!options.clientSecret().equals(query(exchange, "client_secret"))) {
            oauthError(exchange, "invalid_client", "Client authentication failed");
        } else {
            String body = JSON.createObjectNode()
                    .put("access_token", tokens.issue(options.tokenLife()))
                    .put("expires_in", options.tokenLife().toSeconds())
                    .put("refresh_token", "25.simulated")
                    .put("scope", "ai_custom_wenxinworkshop")
                    .put("session_key", "simulated")
                    .put("session_secret", "simulated")
                    .toString();
            ChatDesk.json(exchange, 200, body);
        }
    }

    private static void oauthError(HttpServerExchange exchange, String error, String description) {
        String body = JSON.createObjectNode()
                .put("error", error)
                .put("error_description", description)
                .toString();
        ChatDesk.json(exchange, 401, body);
    }

    private static @Nullable String query(HttpServerExchange exchange, String name) {
        Deque<String> values = exchange.getQueryParameters().getOrDefault(name, new ArrayDeque<>());
        return values.peekFirst();
    }
}
