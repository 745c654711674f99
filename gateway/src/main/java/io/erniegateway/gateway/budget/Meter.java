package io.erniegateway.gateway.budget;

import io.erniegateway.connectors.Limits.Budget;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One limit of a platform for one scope: what is left of it, what is held back, how fast it is spent, and what was learned
 * about it. No clock of its own and not thread-safe: the delivery asks under its lock. Times are nanoseconds.
 */
public final class Meter {
    /** A last text that has to wait no longer than this is not noticed; so much less is held back. */
    private static final long NOT_NOTICED = 100_000_000;

    /** While nothing comes back to a limit that is spent, a reader should still see something so often. Nanoseconds. */
    private static final long PULSE = 6_000_000_000L;

    /** No more than this part of a limit is kept for that. */
    private static final int PULSES_AT_MOST = 4;

    /** Pauses from which on it matters that a call goes right after a chunk and not right before one. Nanoseconds. */
    private static final long WORTH_ALIGNING = 80_000_000;

    /** The longest that a first text waits for its turn: a reader hardly notices. Nanoseconds. */
    private static final long FIRST_WAIT = 500_000_000;

    /** Nothing is held back for what is less likely than this. */
    private static final double UNLIKELY = 0.1;

    /** A burst may go at once if the pace it would set is not faster than the bursts by more than this. */
    private static final double SCARCE = 1.25;

    /** A typing sign is shed unless so much of a limit is left: text may be about to come. */
    private static final double COSMETIC_ABOVE = 0.8;

    /** See {@link #burstAt}. */
    public static final long NOT_WORTH_IT = Long.MAX_VALUE;

    /** At a used-up limit, only bursts of nearly the usual size are worth a token of their own. */
    private static final double DEAREST = 0.9;

    /** A refusal can mean many things; never believe in less than this part of what was believed before. */
    private static final double STEEPEST = 0.25;

    private static final double LESS_AFTER_REFUSAL = 0.5;
    private static final double LESS_AFTER_WARNING = 0.8;
    private static final double MORE_AFTER_PROBE = 1.25;

    /** Below this share nothing is learned any more: something else than a rate is wrong. */
    private static final double LEAST_SHARE = 0.02;

    private static final long FIRST_PROBE = Duration.ofMinutes(10).toNanos();
    private static final long LAST_PROBE = Duration.ofHours(6).toNanos();

    private final Budget budget;
    private final String room;
    private final Lifetimes lifetimes;
    private final Count count;

    private double share = 1;
    private long probeAfter = FIRST_PROBE;
    private long probeAt;
    private long probedAt;
    private long closedUntil;

    private long pacedAt;
    private long pause;
    private long pausedUntil;
    private @Nullable Meter reserve;
    private int growing;
    private long growingSince;
    private int finals;

    Meter(Budget budget, String room, Lifetimes lifetimes, long now) {
        this.budget = budget;
        this.room = room;
        this.lifetimes = lifetimes;
        this.count = Count.of(budget.rule(), share, now);
        this.closedUntil = now;
        this.pacedAt = now;
        this.pausedUntil = now;
        this.probedAt = now - 2 * FIRST_PROBE;
    }

    String budget() {
        return budget.name();
    }

    String room() {
        return room;
    }

    Count count() {
        return count;
    }

    /** What goes on when this is spent, and so may be counted in as long as nobody else needs it. */
    public void goesOnWith(Meter other) {
        reserve = other;
    }

    // --- who is going to need it -------------------------------------------------------------------------------------

    /** An answer has begun to grow that draws its edits from here. */
    public void joined(long since, long now) {
        growing++;
        growingSince += since;
        followed(now);
    }

    public void left(long since, long now) {
        growing--;
        growingSince -= since;
        followed(now);
    }

    /** An answer will need one token for its last text. */
    public void expectLast() {
        finals++;
    }

    public void lastDone() {
        finals--;
    }

    /** Whether it can be forgotten: it is as it was at the beginning. */
    boolean isUntouched(long now) {
        return growing == 0 && finals == 0 && share == 1 && closedUntil <= now && count.left(now) >= count.capacity();
    }

    // --- when
    // ---------------------------------------------------------------------------------------------------------

    /** When a call may go that nothing is held back from. */
    public long firstAt(long now) {
        return Math.max(closedUntil, count.availableAt(1, now));
    }

    /** When a call may go that leaves what last texts need. */
    public long interimAt(long now) {
        return Math.max(firstAt(now), Math.max(closedUntil, count.availableAt(1 + heldBack(now), now) - NOT_NOTICED));
    }

    /**
     * When a call may go that also keeps the pace at which the tokens last.
     *
     * @param early so much earlier it may go: a moment before the next characters come is the worst one to send at
     */
    public long pacedAt(long now, long early) {
        return Math.max(interimAt(now), pausedUntil - Math.min(early, slack()));
    }

    /** As {@link #pacedAt}, but so much later: the next characters are nearer than the last ones. */
    public long lateAt(long now, long late) {
        return Math.max(interimAt(now), pausedUntil + Math.min(late, slack()));
    }

    /** Where pauses are short against the time between two chunks, a moment more or less does not matter. */
    private long slack() {
        return pause >= WORTH_ALIGNING ? pause / 4 : 0;
    }

    /** When a call may go that must never cost a text. */
    public long cosmeticAt(long now) {
        return Math.max(closedUntil, count.availableAt((int) Math.ceil(COSMETIC_ABOVE * count.capacity()), now));
    }

    /**
     * When the end of a burst may go, {@link #NOT_WORTH_IT} if it should wait for the next one. A token is worth more than
     * that wait, unless tokens are so scarce that not every burst can have one, or this burst is so small that its token
     * would be missed by the next.
     *
     * @param gap the usual time between two bursts
     * @param size this burst's part of the usual size
     */
    public long burstAt(long now, long gap, double size) {
        long at = atOnceAt(now);
        double worth = size * Math.max(0, gap - (at - now)) / gap;
        double price = DEAREST * (1 - count.left(at) / count.capacity());
        // Among several, tokens have to last for the bursts of all.
        boolean enough = growing <= 1 || growing * pause(now) <= SCARCE * gap;
        return enough && worth >= price ? at : NOT_WORTH_IT;
    }

    /** When all tokens are back if none is taken. */
    public long wholeAt(long now) {
        return count.availableAt(count.capacity(), now);
    }

    /**
     * When the end of a burst may go that is worth it. Where tokens come back soon it may take what is held back: the
     * model is silent after it, and the next burst is when the last text can come at the earliest.
     */
    public long atOnceAt(long now) {
        return isLong() ? interimAt(now) : firstAt(now);
    }

    /** Tokens that may be spent while the present answers grow. */
    public double spendable(long now) {
        return Math.max(0, count.left(now) - heldBack(now)) + count.returning(now, horizon(now));
    }

    /**
     * Tokens that are kept for last texts. Of a long limit, one for each answer. Of one that fills up soon, one, unless no
     * answer is likely to end before the token would be back.
     */
    private int heldBack(long now) {
        int most = Math.min(finals, count.capacity() / 2);
        if (isLong() || most == 0) {
            return most;
        }
        long backIn = count.availableAt(2, now) - now - NOT_NOTICED;
        return backIn <= 0 || lifetimes.endsWithin(age(now), backIn) <= UNLIKELY ? 0 : 1;
    }

    /** Whether what is spent now does not come back while the answers grow that are growing now. */
    private boolean isLong() {
        return count.wholeAfter() > lifetimes.horizon(0);
    }

    private long horizon(long now) {
        return lifetimes.horizon(age(now));
    }

    private long age(long now) {
        return growing == 0 ? 0 : Math.max(0, now - growingSince / growing);
    }

    /** Tokens that are not spent in a rush, lest an answer that lasts longer than expected freezes. */
    private int lifeline(long now) {
        long until = count.nextReturn(now) - now;
        return lifetimes.growsAfter(age(now), until) <= UNLIKELY
                ? 0
                : (int) Math.min(count.capacity() / PULSES_AT_MOST, until / PULSE);
    }

    /** The time between two calls if all tokens, those for last texts included, are spread evenly. */
    private long pause(long now) {
        long horizon = horizon(now);
        double tokens = count.left(now) + count.returning(now, horizon);
        if (reserve != null && reserve.growing == 0) {
            tokens += reserve.spendable(now);
        }
        long longest = Long.MAX_VALUE / 4;
        if (isLong()) {
            tokens -= lifeline(now);
            longest = PULSE;
        }
        return tokens <= 0 ? longest : Math.min(longest, (long) (horizon / tokens));
    }

    /**
     * When the turn of an answer comes among those that share this limit: one that was shown a moment ago leaves the token
     * to one that was not. That matters when several begin at the same time, else they are served in turn anyway.
     */
    public long turnOf(long since) {
        return growing <= 1 ? since : since + growing * pause / 2;
    }

    /**
     * When the first text of an answer should go that shares this limit with others. Where each of them is shown only now
     * and then, a first text of three characters would be all there is to read for seconds; so it waits a moment.
     */
    public long firstTurnOf(long since, long now) {
        return growing <= 1 ? since : since + Math.min(FIRST_WAIT, growing * pause(now) / 2);
    }

    // --- what happens
    // -------------------------------------------------------------------------------------------------

    void take(long now) {
        count.take(now);
    }

    /** A text went out: the next one in its pace is due a pause later. */
    public void paced(long now) {
        // A call that went a little early or late does not shift those after it.
        pacedAt = Math.abs(now - pausedUntil) <= slack() ? pausedUntil : now;
        repace(now);
    }

    /** What is left has to do for more or for fewer answers from now on. */
    private void followed(long now) {
        if (pausedUntil > now) {
            repace(now);
        }
    }

    private void repace(long now) {
        pause = pause(now);
        pausedUntil = pacedAt + pause;
    }

    void settle(long taken, long counted) {
        count.settle(taken, counted);
    }

    void giveBack(long taken) {
        count.giveBack(taken);
    }

    // --- what is learned
    // ----------------------------------------------------------------------------------------------

    /** Nothing is sent for so long. */
    void close(long now, Duration penalty) {
        closedUntil = Math.max(closedUntil, now + penalty.toNanos());
        count.trust(closedUntil);
    }

    /** The platform refused a call that should have been within this limit, so the limit is lower. */
    void refused(long now) {
        if (now - probedAt < FIRST_PROBE) {
            probeAfter = Math.min(LAST_PROBE, probeAfter * 2);
        }
        double seen = count instanceof WindowCount
                ? share * Math.max(1, count.spentLately(now) - 1) / count.capacity()
                : share * LESS_AFTER_REFUSAL;
        believe(Math.min(Math.max(seen, share * STEEPEST), share * 0.99), now);
    }

    /** The platform took a call but let it wait: the limit is near. */
    void warned(long now) {
        believe(share * LESS_AFTER_WARNING, now);
    }

    /** Another call was taken. Tells whether more is believed in from now on. */
    boolean took(long now) {
        if (share == 1 || now < probeAt) {
            return false;
        }
        probedAt = now;
        believe(Math.min(1, share * MORE_AFTER_PROBE), now);
        return true;
    }

    private void believe(double less, long now) {
        share = Math.max(LEAST_SHARE, less);
        probeAt = now + probeAfter;
        count.believe(share, now);
    }

    /** Remembers an earlier process. */
    void recall(double learned, Duration probe, Duration closedFor, long now) {
        probeAfter = Math.clamp(probe.toNanos(), FIRST_PROBE, LAST_PROBE);
        believe(Math.min(1, learned), now);
        close(now, closedFor);
    }

    double share() {
        return share;
    }

    Duration probeAfter() {
        return Duration.ofNanos(probeAfter);
    }

    Duration closedFor(long now) {
        return Duration.ofNanos(Math.max(0, closedUntil - now));
    }

    /** How much of it is left, from 0 to 1: where it is least, a refusal most likely came from. */
    double fullness(long now) {
        return count.left(now) / count.capacity();
    }
}
