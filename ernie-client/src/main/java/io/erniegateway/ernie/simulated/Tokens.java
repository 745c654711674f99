package io.erniegateway.ernie.simulated;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** V1's access tokens. Thread-safe. */
final class Tokens {
    private final InstantSource clock;
    private final Duration life;
    private final Map<String, Instant> expiry = new HashMap<>();
    private int issued;

    Tokens(InstantSource clock, Duration life) {
        this.clock = clock;
        this.life = life;
    }

    synchronized String issue() {
        String token = "24.simulatedtoken" + ++issued + ".2592000";
        expiry.put(token, clock.instant().plus(life));
        return token;
    }

    synchronized void expireAll() {
        expiry.replaceAll((token, until) -> Instant.MIN);
    }

    synchronized void forgetAll() {
        expiry.clear();
    }

    /** Why the token does not let anybody in; empty if it does. */
    synchronized Optional<Rejected> fault(@Nullable String token) {
        Instant until = token == null ? null : expiry.get(token);
        if (until == null) {
            return Optional.of(Rejected.v1(110, "Access token invalid or no longer valid"));
        }
        return until.isAfter(clock.instant())
                ? Optional.empty()
                : Optional.of(Rejected.v1(111, "Access token expired"));
    }
}
