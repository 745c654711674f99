package io.erniegateway.ernie.simulated;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tokens of one kind that were given out. Thread-safe. */
final class Tokens {
    /** What a token is worth now. */
    enum Standing {
        GOOD,
        EXPIRED,
        UNKNOWN
    }

    private final InstantSource clock;
    private final String format;
    private final Map<String, Instant> expiry = new HashMap<>();
    private int issued;

    /**
     * @param format of a token's text, with one {@code %d} for its number
     */
    Tokens(InstantSource clock, String format) {
        this.clock = clock;
        this.format = format;
    }

    synchronized String issue(Duration life) {
        String token = format.formatted(++issued);
        expiry.put(token, clock.instant().plus(life));
        return token;
    }

    synchronized void expireAll() {
        expiry.replaceAll((token, until) -> Instant.MIN);
    }

    synchronized void forgetAll() {
        expiry.clear();
    }

    synchronized Standing standing(@Nullable String token) {
        Instant until = token == null ? null : expiry.get(token);
        if (until == null) {
            return Standing.UNKNOWN;
        }
        return until.isAfter(clock.instant()) ? Standing.GOOD : Standing.EXPIRED;
    }
}
