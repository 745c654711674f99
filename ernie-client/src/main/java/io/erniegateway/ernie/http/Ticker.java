package io.erniegateway.ernie.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Measures lengths of time. Unlike a clock it never jumps: an adjusted clock must not close a breaker for an hour. */
@FunctionalInterface
public interface Ticker {
    /** The machine's. */
    Ticker REAL = System::nanoTime;

    /** Nanoseconds since any moment; only differences mean something. */
    long nanos();

    /** One that follows a clock, for tests. */
    static Ticker of(InstantSource clock) {
        return () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos();
    }

    /** As a clock whose hour is meaningless, for libraries that want one. */
    default Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return Instant.EPOCH.plusNanos(nanos());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }
}
