package io.erniegateway.gateway.simulation.bound;

import java.time.Duration;
import java.util.List;

/**
 * What no scheduler can beat, even one that knows the future.
 *
 * @param meanLag least mean over all characters of the time from a character's arrival until it is visible
 * @param finalLag least mean over all answers of the time from the last arrival until the whole text is visible
 * @param kind whether a schedule with this mean lag exists
 * @param note one sentence on how it was computed, for a report
 */
public record Bound(Duration meanLag, Duration finalLag, Kind kind, String note) {

    /** How near the bound is to the best schedule. */
    public enum Kind {
        /** A schedule that keeps every limit has exactly this mean lag. */
        EXACT,
        /** No schedule is better; whether one is as good is not known. */
        RELAXATION
    }

    /**
     * The bound of one answer alone.
     *
     * @param limits all count this answer's calls, whatever their scope
     * @param oneWay from sending a call until it is visible
     */
    public static Bound ofOne(ArrivalCurve curve, List<Limit> limits, Duration oneWay) {
        return OneAnswer.bound(curve, limits, oneWay);
    }

    /**
     * The bound of many answers that share limits.
     *
     * @param oneWay from sending a call until it is visible
     */
    public static Bound ofMany(List<Answer> answers, List<Limit> limits, Duration oneWay) {
        return ManyAnswers.bound(answers, limits, oneWay);
    }

    /** A mean lag from a sum of waits in characters times microseconds, rounded down to a nanosecond. */
    static Duration lag(double waits, long characters, Duration oneWay) {
        return oneWay.plusNanos((long) Math.floor(waits * 1000 / characters));
    }

    /** In milliseconds, for a report. */
    public double meanLagMillis() {
        return meanLag.toNanos() / 1e6;
    }
}
