package io.erniegateway.gateway.simulation.bound;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bound of many answers. When the best schedules of each alone keep the shared limits too, they are the best there
 * are; otherwise the answers' limits are priced ({@link PriceSearch}).
 */
final class ManyAnswers {
    private final List<Answer> answers;
    private final List<Limit> limits;
    private final Duration oneWay;

    private ManyAnswers(List<Answer> answers, List<Limit> limits, Duration oneWay) {
        this.answers = answers;
        this.limits = limits;
        this.oneWay = oneWay;
    }

    static Bound bound(List<Answer> answers, List<Limit> limits, Duration oneWay) {
        return new ManyAnswers(answers, limits, oneWay).bound();
    }

    private Bound bound() {
        List<OneAnswer.Solved> alone = eachAlone();
        double waits = alone.stream().mapToDouble(OneAnswer.Solved::waits).sum();
        if (alone.stream().allMatch(OneAnswer.Solved::exact) && keepsLimits(alone)) {
            return result(
                    waits, Bound.Kind.EXACT, "exact: dynamic programming for each answer; shared limits leave room");
        }
        double priced = PriceSearch.leastWaits(answers, limits);
        return priced > waits
                ? result(priced, Bound.Kind.RELAXATION, "relaxation: shared limits priced, each answer at its best")
                : result(waits, Bound.Kind.RELAXATION, "relaxation: each answer as if it were alone");
    }

    private Bound result(double waits, Bound.Kind kind, String note) {
        long characters = answers.stream()
                .mapToLong(answer -> answer.curve().characters())
                .sum();
        return new Bound(Bound.lag(waits, characters, oneWay), finalLag(), kind, note);
    }

    /** Answers that differ only in their start are solved once. */
    private List<OneAnswer.Solved> eachAlone() {
        Map<ArrivalCurve, OneAnswer.Solved> shapes = new HashMap<>();
        List<OneAnswer.Solved> alone = new ArrayList<>();
        for (Answer answer : answers) {
            long start = answer.curve().startedAt();
            ArrivalCurve shape = answer.curve().later(Duration.ofNanos(-1_000 * start));
            alone.add(shapes.computeIfAbsent(shape, curve -> OneAnswer.solve(curve, limits))
                    .later(start));
        }
        return alone;
    }

    private boolean keepsLimits(List<OneAnswer.Solved> alone) {
        Map<String, List<Call>> rooms = new LinkedHashMap<>();
        List<Call> all = new ArrayList<>();
        for (int i = 0; i < alone.size(); i++) {
            List<Call> calls = alone.get(i).calls();
            all.addAll(calls);
            rooms.computeIfAbsent(answers.get(i).room(), room -> new ArrayList<>())
                    .addAll(calls);
        }
        return limits.stream().allMatch(limit -> switch (limit.scope()) {
            case GLOBAL -> limit.allows(inOrder(all));
            case ROOM -> rooms.values().stream().allMatch(calls -> limit.allows(inOrder(calls)));
        });
    }

    private static List<Call> inOrder(List<Call> calls) {
        return calls.stream().sorted(Comparator.comparingLong(Call::atMicros)).toList();
    }

    /**
     * Every answer needs one call at or after its end. A limit that counts every call lets the k-th of these through no
     * earlier than if there were no others; taking them in the order of the ends is the least sum of delays.
     */
    private Duration finalLag() {
        long[] ends = answers.stream()
                .mapToLong(answer -> answer.curve().finishedAt())
                .sorted()
                .toArray();
        double most = 0;
        for (Limit limit : limits) {
            if (limit.countsAll() && limit.scope() == Limit.Scope.GLOBAL) {
                most = Math.max(most, delays(limit, ends) / ends.length);
            }
        }
        return oneWay.plusNanos((long) Math.floor(most * 1_000));
    }

    private static double delays(Limit limit, long[] ends) {
        long[] sent = new long[ends.length];
        double delays = 0;
        long full = Long.MIN_VALUE / 2;
        for (int k = 0; k < ends.length; k++) {
            sent[k] = switch (limit.rule()) {
                case Limit.Window(int calls, var per) ->
                    k < calls ? ends[k] : Math.max(ends[k], sent[k - calls] + Limit.micros(per));
                case Limit.Bucket(int burst, var refill) ->
                    Math.max(ends[k], full - (burst - 1) * Limit.micros(refill));
            };
            if (limit.rule() instanceof Limit.Bucket bucket) {
                full = Math.max(full, sent[k]) + Limit.micros(bucket.refill());
            }
            delays += sent[k] - ends[k];
        }
        return delays;
    }
}
