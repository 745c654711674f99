package io.erniegateway.gateway.simulation.bound;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The best schedule of one answer under any limits, by following every state that differs in what matters later:
 * characters shown, and per limit the calls it still remembers. Exact; gives up when there are too many states, which is
 * soon for windows of more than a few calls.
 */
final class StateSearch {
    private static final int MOST_STATES = 20_000;

    private final ArrivalCurve curve;
    private final List<Limit> limits;
    /** Arrivals, and the instants at which a limit lets a waiting call through. */
    private final TreeSet<Long> instants = new TreeSet<>();

    private Map<Memory, Path> states = new LinkedHashMap<>();
    private Path best = new Path(Double.POSITIVE_INFINITY, List.of());

    private StateSearch(ArrivalCurve curve, List<Limit> limits) {
        this.curve = curve;
        this.limits = limits;
        for (long arrival : Instants.arrivals(curve)) {
            instants.add(arrival);
        }
        List<List<Long>> nothing = limits.stream().map(limit -> List.<Long>of()).toList();
        states.put(new Memory(0, nothing), new Path(0, List.of()));
    }

    static Optional<Path> best(ArrivalCurve curve, List<Limit> limits) {
        return new StateSearch(curve, limits).search();
    }

    private Optional<Path> search() {
        int arrived = 0;
        long before = curve.startedAt();
        while (!instants.isEmpty()) {
            long now = instants.removeFirst();
            pass(now - before, now, arrived);
            arrived = arrivedBy(now);
            for (Memory memory : List.copyOf(states.keySet())) {
                send(memory, now, arrived);
            }
            if (states.size() > MOST_STATES) {
                return Optional.empty();
            }
            before = now;
        }
        return Optional.of(best);
    }

    /** Lets time pass: unseen characters wait, limits forget. */
    private void pass(long micros, long now, int arrived) {
        Map<Memory, Path> later = new LinkedHashMap<>();
        states.forEach((memory, path) -> {
            double cost = path.cost() + (double) micros * (arrived - memory.shown);
            if (cost < best.cost()) {
                keep(later, memory.at(now, limits), new Path(cost, path.calls()));
            }
        });
        states = later;
    }

    /** All that can be sent now, also several calls at once when several messages are due. */
    private void send(Memory start, long now, int arrived) {
        Memory from = start;
        while (arrived > from.shown) {
            int shown = from.shown;
            int end = curve.partEnds().stream()
                    .filter(part -> part > shown)
                    .findFirst()
                    .orElseThrow();
            int target = Math.min(arrived, end);
            boolean first = shown == 0 || curve.partEnds().contains(shown);
            CallKind kind = first ? CallKind.FIRST : target == end ? CallKind.LAST : CallKind.LATER;
            Path path = states.get(from);
            if (path == null || !from.allows(kind, now, limits)) {
                return;
            }
            Memory after = from.after(target, kind, now, limits);
            List<Call> calls = Stream.concat(path.calls().stream(), Stream.of(new Call(now, kind)))
                    .toList();
            Path longer = new Path(path.cost(), calls);
            if (target == curve.characters()) {
                best = longer.cost() < best.cost() ? longer : best;
                return;
            }
            keep(states, after, longer);
            instants.addAll(after.releases(now, limits));
            from = after;
        }
    }

    private static void keep(Map<Memory, Path> states, Memory memory, Path path) {
        states.merge(memory, path, (one, other) -> one.cost() <= other.cost() ? one : other);
    }

    private int arrivedBy(long now) {
        return curve.arrivals().stream()
                .filter(arrival -> arrival.atMicros() <= now)
                .mapToInt(ArrivalCurve.Arrival::characters)
                .max()
                .orElse(0);
    }

    /**
     * What matters of the past.
     *
     * @param shown characters
     * @param held per limit: a window's calls that still count, or the instant a bucket will be full again
     */
    private record Memory(int shown, List<List<Long>> held) {

        private boolean allows(CallKind kind, long now, List<Limit> limits) {
            for (int i = 0; i < limits.size(); i++) {
                if (limits.get(i).counts(kind) && release(i, limits) > now) {
                    return false;
                }
            }
            return true;
        }

        /** From when on this limit allows the next call. */
        private long release(int index, List<Limit> limits) {
            List<Long> past = held.get(index);
            return switch (limits.get(index).rule()) {
                case Limit.Window(int calls, var per) ->
                    past.size() < calls ? Long.MIN_VALUE : past.get(past.size() - calls) + Limit.micros(per);
                case Limit.Bucket(int burst, var refill) ->
                    past.isEmpty() ? Long.MIN_VALUE : past.getFirst() - (burst - 1) * Limit.micros(refill);
            };
        }

        private List<Long> releases(long now, List<Limit> limits) {
            List<Long> releases = new ArrayList<>();
            for (int i = 0; i < limits.size(); i++) {
                if (release(i, limits) > now) {
                    releases.add(release(i, limits));
                }
            }
            return releases;
        }

        private Memory after(int target, CallKind kind, long now, List<Limit> limits) {
            List<List<Long>> after = new ArrayList<>();
            for (int i = 0; i < limits.size(); i++) {
                after.add(limits.get(i).counts(kind) ? with(held.get(i), now, limits.get(i)) : held.get(i));
            }
            return new Memory(target, after);
        }

        private static List<Long> with(List<Long> past, long now, Limit limit) {
            return switch (limit.rule()) {
                case Limit.Window window ->
                    Stream.concat(past.stream(), Stream.of(now)).toList();
                case Limit.Bucket bucket ->
                    List.of((past.isEmpty() ? now : Math.max(now, past.getFirst())) + Limit.micros(bucket.refill()));
            };
        }

        /** The same, without what no longer matters. */
        private Memory at(long now, List<Limit> limits) {
            List<List<Long>> kept = new ArrayList<>();
            for (int i = 0; i < limits.size(); i++) {
                long since = switch (limits.get(i).rule()) {
                    case Limit.Window window -> now - Limit.micros(window.per());
                    case Limit.Bucket bucket -> now;
                };
                kept.add(held.get(i).stream().filter(at -> at > since).toList());
            }
            return new Memory(shown, kept);
        }
    }
}
