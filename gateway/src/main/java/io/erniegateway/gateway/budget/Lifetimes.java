package io.erniegateway.gateway.budget;

import java.util.Arrays;

/**
 * How long answers of this bot grow, learned from the last of them. It tells over what time the tokens at hand have to
 * be spread: who knows that an answer ends within seconds need not save for a minute.
 */
public final class Lifetimes {
    private static final long SECOND = 1_000_000_000L;

    /** What answers of chat models take as a rule, in seconds; believed until enough answers of one's own have taken their place. */
    private static final long[] USUAL = {4, 6, 8, 9, 10, 11, 12, 15, 20, 30, 65};

    /** Answers remembered: enough for a distribution, few enough to follow another model within the hour. */
    private static final int REMEMBERED = 32;

    /** No plan is made for less: the next chunk may always be the first of many. */
    private static final long LEAST_REST = SECOND;

    private final long[] last = new long[REMEMBERED];
    private int known;
    private int next;
    private long[] sorted = {};

    public Lifetimes() {
        for (long seconds : USUAL) {
            add(seconds * SECOND);
        }
    }

    /** An answer grew for this long, in nanoseconds. */
    public void ended(long grew) {
        add(grew);
    }

    private void add(long grew) {
        last[next] = grew;
        next = (next + 1) % REMEMBERED;
        known = Math.min(REMEMBERED, known + 1);
        sorted = Arrays.copyOf(last, known);
        Arrays.sort(sorted);
    }

    /**
     * The time over which tokens are to be spread for an answer of this age. Lag costs only while the answer lives, and
     * falls with the rate of calls; so the best rate goes with the square root of the probability that it still lives,
     * and this is the integral of that root.
     */
    public long horizon(long age) {
        int dead = firstAbove(age);
        int alive = sorted.length - dead;
        if (alive == 0) {
            // Older than any known: what has lasted so long lasts as long again.
            return Math.max(LEAST_REST, age);
        }
        double sum = 0;
        long from = age;
        for (int i = dead; i < sorted.length; i++) {
            sum += (sorted[i] - from) * Math.sqrt((sorted.length - i) / (double) alive);
            from = sorted[i];
        }
        return Math.max(LEAST_REST, (long) sum);
    }

    /** How likely an answer of this age ends within this time. */
    double endsWithin(long age, long time) {
        int dead = firstAbove(age);
        int alive = sorted.length - dead;
        return alive == 0 ? 1 : (double) (firstAbove(age + time) - dead) / alive;
    }

    /** How likely an answer of this age still grows after this time; one that is older than any known does. */
    double growsAfter(long age, long time) {
        int alive = sorted.length - firstAbove(age);
        return alive == 0 ? 1 : (double) (sorted.length - firstAbove(age + time)) / alive;
    }

    private int firstAbove(long age) {
        int place = Arrays.binarySearch(sorted, age);
        if (place < 0) {
            return -place - 1;
        }
        while (place < sorted.length && sorted[place] <= age) {
            place++;
        }
        return place;
    }
}
