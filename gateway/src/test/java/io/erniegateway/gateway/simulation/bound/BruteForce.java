package io.erniegateway.gateway.simulation.bound;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The least waiting of tiny instances, found by trying every schedule on whole microseconds. A best schedule is among
 * them: arrivals and waits are whole microseconds, see {@link Instants}. Shares no code with the bounds it proves: even
 * its limits are counted in another way.
 */
final class BruteForce {
    private final List<Answer> answers;
    private final List<Limit> limits;
    private final List<String> rooms;
    /** Where the search has been, with the least waiting until there: nothing new comes from there with more. */
    private final Map<List<Object>, Double> seen = new HashMap<>();

    private final Deque<Sent> sent = new ArrayDeque<>();
    private double best = Double.POSITIVE_INFINITY;

    private BruteForce(List<Answer> answers, List<Limit> limits) {
        this.answers = answers;
        this.limits = limits;
        rooms = answers.stream().map(Answer::room).distinct().toList();
    }

    /** In characters times microseconds, without the way to the platform. */
    static double leastWaits(List<Answer> answers, List<Limit> limits) {
        BruteForce search = new BruteForce(answers, limits);
        search.go(0, 0, new int[answers.size()], 0);
        return search.best;
    }

    /** Decides on this answer's next call at this instant, then on all that follows. */
    private void go(long time, int index, int[] shown, double waited) {
        if (waited >= best || waited >= seen.getOrDefault(situation(time, index, shown), Double.POSITIVE_INFINITY)) {
            return;
        }
        seen.put(situation(time, index, shown), waited);
        if (index == answers.size()) {
            tick(time, shown, waited);
            return;
        }
        ArrivalCurve curve = answers.get(index).curve();
        int target = target(curve, shown[index], time);
        if (target > shown[index]) {
            Sent call = new Sent(time, answers.get(index).room(), kind(curve, shown[index], target));
            if (limits.stream().allMatch(limit -> hasRoom(limit, call))) {
                int before = shown[index];
                sent.addLast(call);
                shown[index] = target;
                go(time, index, shown, waited);
                shown[index] = before;
                sent.removeLast();
            }
        }
        go(time, index + 1, shown, waited);
    }

    /** One microsecond later every character that is there and unseen has waited one more. */
    private void tick(long time, int[] shown, double waited) {
        boolean done = IntStream.range(0, shown.length)
                .allMatch(i -> shown[i] == answers.get(i).curve().characters());
        if (done) {
            best = Math.min(best, waited);
            return;
        }
        int unseen = IntStream.range(0, shown.length)
                .map(i -> arrived(answers.get(i).curve(), time) - shown[i])
                .sum();
        go(time + 1, 0, shown, waited + unseen);
    }

    private static int arrived(ArrivalCurve curve, long time) {
        return curve.arrivals().stream()
                .filter(arrival -> arrival.atMicros() <= time)
                .mapToInt(ArrivalCurve.Arrival::characters)
                .max()
                .orElse(0);
    }

    private static int target(ArrivalCurve curve, int shown, long time) {
        int end = curve.partEnds().stream()
                .filter(part -> part > shown)
                .findFirst()
                .orElse(shown);
        return Math.min(end, arrived(curve, time));
    }

    private static CallKind kind(ArrivalCurve curve, int shown, int target) {
        if (shown == 0 || curve.partEnds().contains(shown)) {
            return CallKind.FIRST;
        }
        return curve.partEnds().contains(target) ? CallKind.LAST : CallKind.LATER;
    }

    /** All that the future depends on. */
    private List<Object> situation(long time, int index, int[] shown) {
        List<Object> situation = new ArrayList<>(List.of(time, index, Arrays.toString(shown)));
        for (Limit limit : limits) {
            for (String room : rooms) {
                long[] earlier = earlier(limit, room);
                situation.add(
                        switch (limit.rule()) {
                            case Limit.Window(int calls, var per) ->
                                Arrays.toString(Arrays.stream(earlier)
                                        .filter(at -> at > time - per.toNanos() / 1000)
                                        .toArray());
                            case Limit.Bucket(int burst, var refill) ->
                                tokenParts(earlier, time, burst, refill.toNanos() / 1000);
                        });
            }
        }
        return situation;
    }

    private boolean hasRoom(Limit limit, Sent call) {
        if (!limit.counts(call.kind)) {
            return true;
        }
        long[] earlier = earlier(limit, call.room);
        return switch (limit.rule()) {
            case Limit.Window(int calls, var per) -> {
                long since = call.time - per.toNanos() / 1000;
                yield Arrays.stream(earlier).filter(at -> at > since).count() < calls;
            }
            case Limit.Bucket(int burst, var refill) -> {
                long whole = refill.toNanos() / 1000;
                yield tokenParts(earlier, call.time, burst, whole) >= whole;
            }
        };
    }

    private long[] earlier(Limit limit, String room) {
        return sent.stream()
                .filter(other -> limit.counts(other.kind))
                .filter(other -> limit.scope() == Limit.Scope.GLOBAL || other.room.equals(room))
                .mapToLong(Sent::time)
                .toArray();
    }

    /** Tokens in parts of which {@code refill} are a whole one, one coming back each microsecond: nothing is rounded. */
    private static long tokenParts(long[] earlier, long now, int burst, long refill) {
        long parts = burst * refill;
        long last = 0;
        for (long at : earlier) {
            parts = Math.min(burst * refill, parts + at - last) - refill;
            last = at;
        }
        return Math.min(burst * refill, parts + now - last);
    }

    private record Sent(long time, String room, CallKind kind) {}
}
