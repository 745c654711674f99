package io.erniegateway.gateway.delivery;

/**
 * How the text of one answer comes: in a steady flow, or in bursts with silence between them. Not thread-safe; times are
 * nanoseconds, sizes UTF-16 units.
 */
final class Flow {
    /** A silence that tells two bursts apart: longer than any platform lets one edit follow another without need. */
    static final long SILENCE = 150_000_000;

    /** Bursts remembered; a model's manner changes with what it is writing. */
    private static final int REMEMBERED = 8;

    /** How much longer than the longest known pause inside a burst the silence at its end has to be. */
    private static final double SURE = 1.5;

    private static final double OF_THE_NEW = 0.1;

    private final long[] gaps = new long[REMEMBERED];
    private int gapsKnown;
    private long bursts;
    private long burstFrom;
    private long lastAt;
    private long pauseInside;
    private long spentInBursts;
    private long characters;
    private double between;

    /** More text came. */
    void came(long now, int size) {
        if (size == 0) {
            return;
        }
        long silence = now - lastAt;
        if (bursts == 0) {
            bursts = 1;
            burstFrom = now;
        } else if (silence >= SILENCE) {
            gaps[gapsKnown++ % REMEMBERED] = now - burstFrom;
            spentInBursts += lastAt - burstFrom;
            bursts++;
            burstFrom = now;
        } else {
            pauseInside = Math.max(pauseInside, silence);
            between = between == 0 ? silence : between + OF_THE_NEW * (silence - between);
        }
        lastAt = now;
        characters += size;
    }

    /** Whether text comes in bursts that are short against the time between them. */
    boolean isBursty() {
        return gapsKnown > 0 && 2 * (spentInBursts / gapsKnown) <= gap();
    }

    /** The usual time from one burst to the next; known once it {@link #isBursty}. */
    long gap() {
        int known = Math.min(gapsKnown, REMEMBERED);
        long sum = 0;
        for (int i = 0; i < known; i++) {
            sum += gaps[i];
        }
        return known == 0 ? 0 : sum / known;
    }

    /** The usual time between two chunks of a steady flow. */
    long between() {
        return (long) between;
    }

    /** When text came last. */
    long lastAt() {
        return lastAt;
    }

    /** So much unseen text as a part of what a burst usually brings. */
    double inBursts(long unseen) {
        return (double) unseen * bursts / Math.max(1, characters);
    }

    /** When the present burst will have ended if nothing more comes; at once where bursts come in one piece. */
    long burstEnds() {
        return lastAt + (long) (SURE * pauseInside);
    }
}
