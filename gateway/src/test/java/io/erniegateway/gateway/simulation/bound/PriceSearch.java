package io.erniegateway.gateway.simulation.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * A lower bound of the waiting of answers that share limits, by prices.
 *
 * <p>Shared limits are loosened to {@link Row}s and each row gets a price per call. Then every answer is on its own:
 * the cheapest schedule at these prices, summed over all answers, less the price of all calls the rows allow, is a lower
 * bound <em>whatever the prices are</em>, because a schedule that keeps the rows pays at most that much. Good prices are
 * found by column generation: {@link PathMix} says what calls are worth given the schedules seen so far, the searches
 * answer with better schedules; prices are tried between the best and the suggested ones, since the latter jump.
 */
final class PriceSearch {
    /** Looks at the searches; the tightness gained after that is far below a percent. */
    private static final int MOST_LOOKS = 300;
    /** The bound is good enough when no prices can raise it by more than this share. */
    private static final double NEAR_ENOUGH = 0.002;
    /** How finely a bucket is told apart: exactly enough for few kins, in time for many. */
    private static final int FINE_GRAIN = 50;

    private static final int COARSE_GRAIN = 10;
    private static final int FEW_KINS = 4;
    /** How near to the best prices so far new ones are tried, at the start and at most. */
    private static final double FIRST_CAUTION = 0.5;

    private static final double MOST_CAUTION = 0.95;
    private static final double CAUTION_STEP = 0.1;
    /** The sums of a bound are rounded, by far less than this. */
    private static final double ROUNDED_DOWN = 1 - 1e-9;

    private final List<Answer> answers;
    private final List<Limit> limits;
    /** A bucket every call of an answer must pass, a room's if there is one. */
    private final Optional<Limit> ownBucket;

    private final List<Row> rows = new ArrayList<>();
    private final List<Kin> kins = new ArrayList<>();

    private PriceSearch(List<Answer> answers, List<Limit> limits) {
        this.answers = answers;
        this.limits = limits;
        ownBucket = limits.stream()
                .filter(limit -> limit.countsAll() && limit.rule() instanceof Limit.Bucket)
                .min(Comparator.comparing(Limit::scope));
        layOut();
    }

    /** The least waiting of all answers together, in characters times microseconds: a lower bound. */
    static double leastWaits(List<Answer> answers, List<Limit> limits) {
        return new PriceSearch(answers, limits).raise();
    }

    private void layOut() {
        Map<String, List<Answer>> rooms = new LinkedHashMap<>();
        for (Answer answer : answers) {
            rooms.computeIfAbsent(answer.room(), room -> new ArrayList<>()).add(answer);
        }
        // An answer alone in its room is kin to all such with the same arrivals, others to their like in their room.
        Map<List<Object>, List<Answer>> alike = new LinkedHashMap<>();
        Map<String, int[]> roomRows = new LinkedHashMap<>();
        rooms.forEach((room, inside) -> {
            boolean alone = inside.size() == 1;
            if (!alone) {
                roomRows.put(room, addRoomRows(inside, 1, true));
            }
            for (Answer answer : inside) {
                List<Object> key = List.of(alone, alone ? "" : room, answer.curve());
                alike.computeIfAbsent(key, first -> new ArrayList<>()).add(answer);
            }
        });
        int[] allsRows = limits.stream()
                .filter(limit -> limit.scope() == Limit.Scope.GLOBAL)
                .flatMapToInt(limit -> Arrays.stream(addRows(limit, answers, 1)))
                .toArray();
        int grain = alike.size() <= FEW_KINS ? FINE_GRAIN : COARSE_GRAIN;
        for (List<Answer> same : alike.values()) {
            int[] own = roomRows.getOrDefault(same.getFirst().room(), new int[0]);
            addKin(same, IntStream.concat(Arrays.stream(allsRows), Arrays.stream(own)), own.length == 0, grain);
        }
    }

    private void addKin(List<Answer> same, IntStream sharedRows, boolean alone, int grain) {
        Answer one = same.getFirst();
        int[] own = alone ? addRoomRows(List.of(one), same.size(), false) : new int[0];
        int[] mine = IntStream.concat(sharedRows, Arrays.stream(own))
                .filter(row -> rows.get(row).to() > one.curve().startedAt())
                .toArray();
        kins.add(new Kin(kins.size(), same.size(), one.curve(), rows, mine, ownBucket.map(PriceSearch::bucket), grain));
    }

    /** The limits of a room as rows; a bucket that one answer has for itself is kept by its search instead. */
    private int[] addRoomRows(List<Answer> inside, int times, boolean bucketToo) {
        return limits.stream()
                .filter(limit -> limit.scope() == Limit.Scope.ROOM)
                .filter(limit -> bucketToo || !ownBucket.equals(Optional.of(limit)))
                .flatMapToInt(limit -> Arrays.stream(addRows(limit, inside, times)))
                .toArray();
    }

    private int[] addRows(Limit limit, List<Answer> counted, int times) {
        int first = rows.size();
        rows.addAll(Row.of(
                limit,
                least(counted, answer -> answer.curve().startedAt()),
                -least(counted, answer -> -answer.curve().finishedAt()),
                counted.stream()
                        .mapToInt(answer -> answer.curve().partEnds().size())
                        .sum(),
                times));
        return IntStream.range(first, rows.size()).toArray();
    }

    private static long least(List<Answer> answers, ToLongFunction<Answer> of) {
        return answers.stream().mapToLong(of).min().orElseThrow();
    }

    private static Limit.Bucket bucket(Limit limit) {
        return switch (limit.rule()) {
            case Limit.Bucket bucket -> bucket;
            case Limit.Window window -> throw new IllegalArgumentException("no bucket: " + window);
        };
    }

    private double raise() {
        PathMix mix = startingMix();
        double[] best = new double[rows.size()];
        double[] slope = new double[rows.size()];
        double bestValue = value(best, slope, mix);
        double caution = FIRST_CAUTION;
        for (int look = 1; look < MOST_LOOKS; look++) {
            mix.solve();
            if (mix.cost() - bestValue <= NEAR_ENOUGH * mix.cost()) {
                break;
            }
            double[] trial = new double[best.length];
            for (int r = 0; r < best.length; r++) {
                trial[r] = caution * best[r] + (1 - caution) * mix.worth(r);
            }
            double value = value(trial, slope, mix);
            double uphill = 0;
            for (int r = 0; r < best.length; r++) {
                uphill += slope[r] * (mix.worth(r) - best[r]);
            }
            // Still rising where we looked: look farther next time. Falling: we went too far.
            caution = uphill > 0
                    ? Math.max(0, caution - CAUTION_STEP)
                    : Math.min(MOST_CAUTION, caution + CAUTION_STEP * (1 - caution));
            if (value > bestValue) {
                bestValue = value;
                best = trial;
            }
        }
        return bestValue * ROUNDED_DOWN;
    }

    private PathMix startingMix() {
        long beyond = Math.max(
                rows.stream().mapToLong(Row::to).max().orElse(0),
                -least(answers, answer -> -answer.curve().finishedAt()));
        return new PathMix(
                rows.stream().mapToDouble(Row::capacity).toArray(),
                kins.stream().mapToInt(Kin::count).toArray(),
                kins.stream().map(kin -> kin.lateColumn(beyond)).toList());
    }

    /** The bound at these prices, and how it changes with each. */
    private double value(double[] prices, double[] slope, PathMix mix) {
        double value = 0;
        for (int r = 0; r < prices.length; r++) {
            value -= prices[r] * rows.get(r).capacity();
            slope[r] = -rows.get(r).capacity();
        }
        for (Kin kin : kins) {
            Path path = kin.cheapest(prices);
            Column column = kin.column(path);
            mix.add(column);
            value += kin.count() * path.cost();
            for (int i = 0; i < column.rows.length; i++) {
                slope[column.rows[i]] += kin.count() * column.uses[i];
            }
        }
        return value;
    }
}
