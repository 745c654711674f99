package io.erniegateway.ernie.auth;

import io.erniegateway.ernie.auth.BceSignature.Parameter;
import io.erniegateway.ernie.auth.BceSignature.Signed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Signs requests with one pair of keys. Pure: the time comes in. */
final class BceSigner {
    /** What Baidu's documents use; a call is sent within milliseconds, the rest is for clocks that differ. */
    private static final Duration LIFE = Duration.ofMinutes(30);

    private final AccessKeys keys;

    BceSigner(AccessKeys keys) {
        this.keys = keys;
    }

    /**
     * The request with {@code Host}, {@code x-bce-date} and {@code Authorization}. Exactly those two headers are signed,
     * as Baidu's Python SDK does: no proxy has a reason to change them. Header and signature tell the same time; Baidu's
     * Java SDK reads the clock for each, and is refused when a second ends between.
     */
    Request sign(Request request, Instant now) {
        HttpUrl url = request.url();
        String host = host(url);
        String date = BceSignature.time(now);
        Signed signed = new Signed(
                request.method(),
                "/" + String.join("/", url.pathSegments()),
                parameters(url),
                Map.of("host", host, "x-bce-date", date));
        String prefix = BceSignature.prefix(keys.accessKey(), now, LIFE);
        String signature = BceSignature.of(signed, BceSignature.signingKey(keys.secretKey(), prefix));
        return request.newBuilder()
                .header("Host", host)
                .header("x-bce-date", date)
                .header("Authorization", prefix + "/" + BceSignature.names(signed) + "/" + signature)
                .build();
    }

    /** With the port only where it is not the scheme's own, as HTTP wants it. */
    private static String host(HttpUrl url) {
        String name = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? name : name + ":" + url.port();
    }

    private static List<Parameter> parameters(HttpUrl url) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < url.querySize(); i++) {
            String value = url.queryParameterValue(i);
            parameters.add(new Parameter(url.queryParameterName(i), value == null ? "" : value));
        }
        return parameters;
    }
}
