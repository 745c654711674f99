package io.erniegateway.ernie.simulated;

import java.time.Duration;

/**
 * How fast an answer comes, and in how large pieces.
 *
 * @param first silence before the first chunk
 * @param shortestGap between two chunks
 * @param longestGap between two chunks
 * @param leastCharacters of a chunk
 * @param mostCharacters of a chunk
 */
public record Profile(
        Duration first, Duration shortestGap, Duration longestGap, int leastCharacters, int mostCharacters) {

    /** V1 in 2023 and 2024: sentence by sentence, seconds apart. */
    public static final Profile V1_CLASSIC =
            new Profile(Duration.ofMillis(1500), Duration.ofSeconds(1), Duration.ofSeconds(3), 6, 60);

    /** V2 in 2026: token by token. */
    public static final Profile V2_TOKEN =
            new Profile(Duration.ofMillis(600), Duration.ofMillis(20), Duration.ofMillis(60), 1, 4);

    /** A thinking model: the same tokens, slower, and reasoning before anything visible. */
    public static final Profile V2_THINKING =
            new Profile(Duration.ofMillis(800), Duration.ofMillis(40), Duration.ofMillis(120), 1, 4);

    /** Everything in pieces of that size and without any wait. */
    public static Profile atOnce(int characters) {
        return new Profile(Duration.ZERO, Duration.ZERO, Duration.ZERO, characters, characters);
    }

    /** How long an answer of so many characters takes if nothing of it is shown before its end. */
    Duration whole(int characters) {
        int pieces = characters * 2 / (leastCharacters + mostCharacters);
        return first.plus(shortestGap.plus(longestGap).multipliedBy(pieces).dividedBy(2));
    }

    public Profile withFirst(Duration silence) {
        return new Profile(silence, shortestGap, longestGap, leastCharacters, mostCharacters);
    }
}
