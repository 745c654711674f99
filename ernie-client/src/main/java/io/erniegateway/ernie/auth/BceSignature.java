package io.erniegateway.ernie.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Baidu's signature {@code bce-auth-v1}, as its Python SDK computes it. Pure.
 *
 * <pre>
 *   bce-auth-v1/{access key}/{time}/{seconds}                      the prefix
 *   bce-auth-v1/{access key}/{time}/{seconds}/{headers}/{signature}  the Authorization header
 * </pre>
 *
 * <p>The signature covers method, path, query and some headers, but not the body.
 */
public final class BceSignature {
    /** What every such header begins with. */
    public static final String SCHEME = "bce-auth-v1";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final HexFormat PERCENT = HexFormat.of().withUpperCase();

    private BceSignature() {}

    /** One parameter of a query, decoded; the value is empty if it has none. */
    public record Parameter(String name, String value) {}

    /**
     * What a signature covers.
     *
     * @param method upper case
     * @param path decoded, with its leading slash
     * @param query in any order; a name may occur more than once
     * @param headers those that are signed, by name
     */
    public record Signed(String method, String path, List<Parameter> query, Map<String, String> headers) {
        public Signed {
            query = List.copyOf(query);
            headers = Map.copyOf(headers);
        }
    }

    /** A time as Baidu writes it in the prefix and in {@code x-bce-date}: UTC, whole seconds. */
    public static String time(Instant instant) {
        return TIME.format(instant);
    }

    /**
     * What says whose signature it is and how long it is good for.
     *
     * @param life in whole seconds
     */
    public static String prefix(String accessKey, Instant at, Duration life) {
        return SCHEME + "/" + accessKey + "/" + time(at) + "/" + life.toSeconds();
    }

    /** The key of this prefix's signatures: lower-case hexadecimal, and used as that text, not as the bytes it means. */
    public static String signingKey(String secretKey, String prefix) {
        return hmac(secretKey, prefix);
    }

    /** The signature: 64 lower-case hexadecimal digits. */
    public static String of(Signed request, String signingKey) {
        return hmac(signingKey, canonical(request));
    }

    /** The names of the signed headers, as the header {@code Authorization} lists them. */
    public static String names(Signed request) {
        return request.headers().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(";"));
    }

    /** The request in the one spelling that both sides sign. */
    static String canonical(Signed request) {
        return String.join(
                "\n",
                request.method(),
                encoded(request.path(), "/"),
                canonicalQuery(request.query()),
                canonicalHeaders(request.headers()));
    }

    /** Sorted as encoded, name and value in one: {@code a-b=} goes before {@code a=}. */
    private static String canonicalQuery(List<Parameter> query) {
        return query.stream()
                // A signature may also travel in the query, and cannot sign itself.
                .filter(parameter -> !parameter.name().equalsIgnoreCase("authorization"))
                .map(parameter -> encoded(parameter.name(), "") + "=" + encoded(parameter.value(), ""))
                .sorted()
                .collect(Collectors.joining("&"));
    }

    private static String canonicalHeaders(Map<String, String> headers) {
        return headers.entrySet().stream()
                .map(header -> header.getKey().toLowerCase(Locale.ROOT) + ":"
                        + encoded(header.getValue().strip(), ""))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /** RFC 3986: stricter than any URL encoder of Java, and the colons of a time or a port are encoded too. */
    private static String encoded(String text, String kept) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && (UNRESERVED.indexOf(b) >= 0 || kept.indexOf(b) >= 0)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(PERCENT.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
