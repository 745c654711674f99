package io.erniegateway.ernie.simulated;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.erniegateway.ernie.auth.BceSignature;
import io.erniegateway.ernie.auth.BceSignature.Parameter;
import io.erniegateway.ernie.auth.BceSignature.Signed;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Baidu's gateway, which checks signatures before any service sees the request, and the IAM service that mints bearers.
 * Refuses in headers, as that gateway does: {@code X-Bce-Error-Code} and {@code X-Bce-Error-Message}.
 */
final class IamDesk {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** With milliseconds even if they are zero, as recorded. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Up to 31 years: enough for any period, too little to overflow. */
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,8}");

    /** How far a client's clock may be ahead; nothing is documented, and no signature comes from the future for long. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private static final Duration LEAST_LIFE = Duration.ofMinutes(5);
    private static final Duration USUAL_LIFE = Duration.ofMinutes(30);
    private static final Duration LONGEST_LIFE = Duration.ofDays(30);

    private static final String BEARER = "Bearer ";

    private final SimulatorOptions options;
    private final InstantSource clock;
    private final Tokens bearers;
    private final Traffic traffic;

    /** A refusal of the gateway: status and the values of its two headers. */
    private record Refused(int status, String code, String message) {
        static final Refused MALFORMED =
                new Refused(400, "InvalidHTTPAuthHeader", "The HTTP authorization header is invalid.");
        static final Refused UNKNOWN_KEY = new Refused(403, "NotFound", "credential not found");
        static final Refused MISMATCH =
                new Refused(403, "SignatureDoesNotMatch", "The request signature does not match the one provided.");
        static final Refused EXPIRED = new Refused(400, "RequestExpired", "Request has expired.");
        static final Refused NO_LIFE = new Refused(400, "InvalidParameter", "expireInSeconds must be 300 to 2592000");
        static final Refused ANONYMOUS = new Refused(403, "AccessDenied", "Access denied.");
        static final Refused METHOD = new Refused(405, "MethodNotAllowed", "use GET");
    }

    /** The parts of an {@code Authorization} header of this scheme. */
    private record Claim(String accessKey, Instant at, Duration life, List<String> headers, String signature) {
        /** Empty if it is not spelled as Baidu wants it, to the letter. */
        static Optional<Claim> parse(String header) {
            String[] parts = header.split("/", -1);
            if (parts.length != 6 || !SECONDS.matcher(parts[3]).matches() || !parts[5].matches("[0-9a-f]{64}")) {
                return Optional.empty();
            }
            List<String> names = parts[4].isEmpty() ? List.of() : List.of(parts[4].split(";", -1));
            boolean sorted = names.equals(names.stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .distinct()
                    .sorted()
                    .toList());
            try {
                Instant at = Instant.parse(parts[2]);
                boolean whole = BceSignature.time(at).equals(parts[2]);
                return sorted && whole
                        ? Optional.of(
                                new Claim(parts[1], at, Duration.ofSeconds(Long.parseLong(parts[3])), names, parts[5]))
                        : Optional.empty();
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
    }

    IamDesk(SimulatorOptions options, InstantSource clock, Traffic traffic) {
        this.options = options;
        this.clock = clock;
        this.traffic = traffic;
        this.bearers = new Tokens(clock, "bce-v3/ALTAK-simulated%d/0123456789abcdef0123456789abcdef01234567");
    }

    /** Whether a request is meant to be let in by a signature. */
    static boolean signed(HttpServerExchange exchange) {
        return authorization(exchange).startsWith(BceSignature.SCHEME + "/");
    }

    /** Refuses a request whose signature is wrong; false if it was in order. */
    boolean refuses(HttpServerExchange exchange) {
        Optional<Refused> fault = fault(exchange);
        fault.ifPresent(refused -> refuse(exchange, refused));
        return fault.isPresent();
    }

    /** Whether an {@code Authorization} header holds a bearer that was minted here and has not ended. */
    boolean admits(String authorization) {
        return authorization.startsWith(BEARER)
                && bearers.standing(authorization.substring(BEARER.length())) == Tokens.Standing.GOOD;
    }

    void expireBearers() {
        bearers.expireAll();
    }

    /** {@code GET /v1/BCE-BEARER/token}, signed or with the long-lived API Key. */
    void mint(HttpServerExchange exchange) {
        traffic.bearerRequests.incrementAndGet();
        if (!exchange.getRequestMethod().equals(Methods.GET)) {
            refuse(exchange, Refused.METHOD);
            return;
        }
        Optional<Refused> fault = signed(exchange) ? fault(exchange) : unknownKey(exchange);
        Optional<Duration> life = life(exchange);
        if (fault.isPresent() || life.isEmpty()) {
            refuse(exchange, fault.orElse(Refused.NO_LIFE));
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String body = JSON.createObjectNode()
                .put("userId", "simulated-user")
                .put("token", bearers.issue(life.get()))
                .put("status", "enable")
                .put("createTime", TIME.format(now))
                .put("expireTime", TIME.format(now.plus(life.get())))
                .toString();
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json; charset=utf-8");
        exchange.getResponseSender().send(body);
    }

    private Optional<Refused> unknownKey(HttpServerExchange exchange) {
        return authorization(exchange).equals(BEARER + options.apiKey())
                ? Optional.empty()
                : Optional.of(Refused.ANONYMOUS);
    }

    private static Optional<Duration> life(HttpServerExchange exchange) {
        Deque<String> asked = exchange.getQueryParameters().get("expireInSeconds");
        if (asked == null) {
            return Optional.of(USUAL_LIFE);
        }
        return Optional.of(asked.getFirst())
                .filter(text -> asked.size() == 1 && SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .filter(life -> life.compareTo(LEAST_LIFE) >= 0 && life.compareTo(LONGEST_LIFE) <= 0);
    }

    private Optional<Refused> fault(HttpServerExchange exchange) {
        Claim claim = Claim.parse(authorization(exchange)).orElse(null);
        if (claim == null) {
            return Optional.of(Refused.MALFORMED);
        }
        if (!claim.accessKey().equals(options.accessKey())) {
            return Optional.of(Refused.UNKNOWN_KEY);
        }
        Optional<Map<String, String>> headers = signedHeaders(exchange, claim);
        if (headers.isEmpty() || !matches(exchange, claim, headers.get())) {
            return Optional.of(Refused.MISMATCH);
        }
        Instant now = clock.instant();
        boolean early = claim.at().isAfter(now.plus(CLOCK_DIFFERENCE));
        boolean late = !now.isBefore(claim.at().plus(claim.life()));
        return early || late ? Optional.of(Refused.EXPIRED) : Optional.empty();
    }

    private boolean matches(HttpServerExchange exchange, Claim claim, Map<String, String> headers) {
        String path = exchange.getRequestURI();
        if (exchange.isHostIncludedInRequestURI()) {
            path = path.replaceFirst("^[a-z]+://[^/]*", "");
        }
        Signed request = new Signed(
                exchange.getRequestMethod().toString(),
                // Not a form: a plus in a path is a plus.
                URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8),
                parameters(exchange.getQueryString()),
                headers);
        String prefix = BceSignature.prefix(claim.accessKey(), claim.at(), claim.life());
        String expected = BceSignature.of(request, BceSignature.signingKey(options.secretKey(), prefix));
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), claim.signature().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The headers that the signature is about, by name. Empty if one of them did not come, came twice or tells another
     * time than the signature, and if the host is not among them: without it, a signature would be good anywhere.
     */
    private static Optional<Map<String, String>> signedHeaders(HttpServerExchange exchange, Claim claim) {
        List<String> names = claim.headers().isEmpty() ? usualHeaders(exchange) : claim.headers();
        Map<String, String> headers = new TreeMap<>();
        for (String name : names) {
            HeaderValues values = exchange.getRequestHeaders().get(name);
            if (values == null || values.size() != 1) {
                return Optional.empty();
            }
            headers.put(name, values.getFirst());
        }
        String date = headers.get("x-bce-date");
        boolean sameTime = date == null || date.equals(BceSignature.time(claim.at()));
        return headers.containsKey("host") && sameTime ? Optional.of(headers) : Optional.empty();
    }

    /** What is signed if the header names nothing. */
    private static List<String> usualHeaders(HttpServerExchange exchange) {
        return exchange.getRequestHeaders().getHeaderNames().stream()
                .map(name -> name.toString().toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith("x-bce-")
                        || List.of("host", "content-length", "content-type", "content-md5")
                                .contains(name))
                .toList();
    }

    private static List<Parameter> parameters(String query) {
        List<Parameter> parameters = new ArrayList<>();
        for (String part : Arrays.asList(query.split("&", -1))) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (!part.isEmpty()) {
                parameters.add(new Parameter(decoded(name), equals < 0 ? "" : decoded(part.substring(equals + 1))));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void refuse(HttpServerExchange exchange, Refused why) {
        exchange.setStatusCode(why.status());
        exchange.getResponseHeaders()
                .put(HttpString.tryFromString("X-Bce-Error-Code"), why.code())
                .put(HttpString.tryFromString("X-Bce-Error-Message"), why.message());
        exchange.endExchange();
    }

    private static String authorization(HttpServerExchange exchange) {
        String value = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        return value == null ? "" : value;
    }
}
