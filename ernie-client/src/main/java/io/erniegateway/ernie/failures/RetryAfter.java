package io.erniegateway.ernie.failures;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Retry-After} header: seconds, or an HTTP date. Baidu documents none, but a proxy in front of it may send
 * one.
 */
public final class RetryAfter {
    /** Ten digits of seconds are three centuries: enough, and never an overflow. */
    private static final int MOST_DIGITS = 10;

    private RetryAfter() {}

    /** How long to wait, never negative; null if there is no such header or nobody can read it. */
    public static @Nullable Duration parse(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (text.matches("\\d{1," + MOST_DIGITS + "}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return until.isBefore(now) ? Duration.ZERO : Duration.between(now, until);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
