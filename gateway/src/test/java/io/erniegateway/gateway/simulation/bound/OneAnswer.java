package io.erniegateway.gateway.simulation.bound;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bound of one answer alone: loosen the limits until a search can solve them, then look whether the schedule found
 * keeps the real ones. If it does, it is the best there is.
 */
final class OneAnswer {
    private final ArrivalCurve curve;
    private final List<Limit> limits;
    private final Duration oneWay;

    private OneAnswer(ArrivalCurve curve, List<Limit> limits, Duration oneWay) {
        this.curve = curve;
        this.limits = limits;
        this.oneWay = oneWay;
    }

    static Bound bound(ArrivalCurve curve, List<Limit> limits, Duration oneWay) {
        return new OneAnswer(curve, limits, oneWay).bound();
    }

    private Bound bound() {
        List<Path> loosened = new ArrayList<>();
        for (Path path : paths()) {
            if (limits.stream().allMatch(limit -> limit.allows(path.calls()))) {
                return result(path.cost(), Bound.Kind.EXACT, "exact: dynamic programming for one answer");
            }
            loosened.add(path);
        }
        Path best =
                loosened.stream().max(Comparator.comparingDouble(Path::cost)).orElseThrow();
        return result(best.cost(), Bound.Kind.RELAXATION, "relaxation: windows counted from the first call");
    }

    private Bound result(double cost, Bound.Kind kind, String note) {
        return new Bound(Bound.lag(cost, curve.characters(), oneWay), oneWay, kind, note);
    }

    /** The best schedules under one limit each, the loosest first. */
    private Iterable<Path> paths() {
        return () -> Stream.concat(Stream.of(free()), limits.stream().flatMap(limit -> under(limit).stream()))
                .iterator();
    }

    private Path free() {
        long[] times = Instants.arrivals(curve);
        return RankedPath.free(new Text(curve, times), Prices.none(times.length));
    }

    private Optional<Path> under(Limit limit) {
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
}
