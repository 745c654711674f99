package io.erniegateway.gateway.simulation.bound;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The bound of one answer alone: loosen the limits until a search can solve them, then look whether the schedule found
 * keeps the real ones. If it does, it is the best there is. If none does, a search over all states tries to be exact; if
 * that has too many, limits are priced, and the best of all lower bounds is taken.
 */
final class OneAnswer {
    private final ArrivalCurve curve;
    private final List<Limit> limits;

    OneAnswer(ArrivalCurve curve, List<Limit> limits) {
        this.curve = curve;
        this.limits = limits;
    }

    static Bound bound(ArrivalCurve curve, List<Limit> limits, Duration oneWay) {
        Solved solved = solve(curve, limits);
        Duration meanLag = Bound.lag(solved.waits, curve.characters(), oneWay);
        return solved.exact
                ? new Bound(meanLag, oneWay, Bound.Kind.EXACT, "exact: dynamic programming for one answer")
                : new Bound(meanLag, oneWay, Bound.Kind.RELAXATION, "relaxation: one answer, its limits priced");
    }

    static Solved solve(ArrivalCurve curve, List<Limit> limits) {
        return new OneAnswer(curve, limits).solve();
    }

    private Solved solve() {
        double least = 0;
        // One after the other, as most are not needed.
        List<Supplier<Optional<Path>>> searches = new ArrayList<>();
        searches.add(() -> Optional.of(free()));
        limits.forEach(limit -> searches.add(() -> under(limit)));
        for (Supplier<Optional<Path>> search : searches) {
            Optional<Path> path = search.get();
            if (path.filter(this::keepsLimits).isPresent()) {
                return new Solved(path.get().cost(), true, path.get().calls());
            }
            least = Math.max(least, path.map(Path::cost).orElse(0.0));
        }
        Optional<Path> best = StateSearch.best(curve, limits);
        if (best.isPresent()) {
            return new Solved(best.get().cost(), true, best.get().calls());
        }
        double priced = PriceSearch.leastWaits(List.of(new Answer("", curve)), limits);
        return new Solved(Math.max(least, priced), false, List.of());
    }

    private boolean keepsLimits(Path path) {
        return limits.stream().allMatch(limit -> limit.allows(path.calls()));
    }

    private Path free() {
        long[] times = Instants.arrivals(curve);
        return RankedPath.free(new Text(curve, times), Prices.none(times.length));
    }

    /** The best schedule under this limit alone, or under a looser one. */
    Optional<Path> under(Limit limit) {
        return switch (limit.rule()) {
            case Limit.Bucket bucket -> limit.countsAll() ? underBucket(bucket) : Optional.empty();
            case Limit.Window window -> Optional.of(underWindow(window, limit));
        };
    }

    /** Exact under this bucket alone. */
    private Optional<Path> underBucket(Limit.Bucket bucket) {
        long refill = Limit.micros(bucket.refill());
        long end = curve.finishedAt() + (curve.partEnds().size() + 1) * refill;
        return Instants.closed(Instants.arrivals(curve), refill, end + bucket.burst() * refill)
                .map(columns -> {
                    long[] times = Instants.until(columns, end);
                    return BucketPath.under(bucket, new Text(curve, times), Prices.none(times.length), columns);
                });
    }

    /** Under this window loosened to "the n-th call not before its instant". */
    private Path underWindow(Limit.Window window, Limit limit) {
        long per = Limit.micros(window.per());
        long start = curve.startedAt();
        int parts = curve.partEnds().size();
        long windows = (curve.finishedAt() - start) / per + 1 + Math.ceilDiv(parts, window.calls());
        // No call shows nothing new, so there are no more than arrivals and part ends.
        int calls = (int) Math.min(curve.arrivals().size() + parts, windows * window.calls());
        long[] releases = new long[calls];
        Arrays.setAll(releases, n -> start + n / window.calls() * per);
        long[] times = Instants.merged(Instants.arrivals(curve), releases);
        return RankedPath.released(new Text(curve, times), Prices.none(times.length), limit.kinds(), releases);
    }

    /**
     * What came out.
     *
     * @param waits in characters times microseconds, without the way to the platform
     * @param exact whether {@code calls} are a schedule with these waits
     */
    record Solved(double waits, boolean exact, List<Call> calls) {
        /** The same for the same answer, later. */
        Solved later(long micros) {
            return new Solved(
                    waits,
                    exact,
                    calls.stream()
                            .map(call -> new Call(call.atMicros() + micros, call.kind()))
                            .toList());
        }
    }
}
