package io.erniegateway.gateway.simulation.bound;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A schedule that keeps every limit and knows nothing of the future: whenever a call is allowed, the answer whose turn it
 * is gets it. No bound may be above it; how far it is above a bound says how tight the bound is at least.
 */
final class PlainSchedule {
    /** How much more a finished answer's unseen text counts: it needs no further call afterwards. */
    private static final double FINISHED_COUNTS = 1.5;

    private final List<Answer> answers;
    private final List<Limit> limits;
    private final Turn turn;
    private final int[] shown;
    private final Map<List<Object>, Spent> spent = new HashMap<>();
    private double waits;

    private PlainSchedule(List<Answer> answers, List<Limit> limits, Turn turn) {
        this.answers = answers;
        this.limits = limits;
        this.turn = turn;
        shown = new int[answers.size()];
    }

    /** Whose turn it is. */
    enum Turn {
        /** The answer whose unseen text has waited longest. */
        OLDEST,
        /** The answer with the most unseen text, finished ones preferred. */
        LARGEST
    }

    /** Its waiting, in characters times microseconds and without the way to the platform. */
    static double waits(List<Answer> answers, List<Limit> limits, Turn turn) {
        PlainSchedule schedule = new PlainSchedule(answers, limits, turn);
        while (schedule.sendNext()) {
            // Each call shows at least one character more.
        }
        return schedule.waits;
    }

    private boolean sendNext() {
        int next = -1;
        long when = Long.MAX_VALUE;
        double rank = 0;
        for (int i = 0; i < shown.length; i++) {
            if (shown[i] == answers.get(i).curve().characters()) {
                continue;
            }
            long at = earliest(i);
            double own = at > when ? 0 : rank(i, at);
            if (at < when || (at == when && own > rank)) {
                next = i;
                when = at;
                rank = own;
            }
        }
        if (next >= 0) {
            send(next, when);
        }
        return next >= 0;
    }

    private double rank(int answer, long at) {
        ArrivalCurve curve = answers.get(answer).curve();
        return switch (turn) {
            case OLDEST -> at - (double) arrivalOf(curve, shown[answer] + 1);
            case LARGEST -> (arrivedBy(curve, at) - shown[answer]) * (at >= curve.finishedAt() ? FINISHED_COUNTS : 1);
        };
    }

    /** When this answer has something to show and may. What a call is may change while it waits. */
    private long earliest(int answer) {
        long at = arrivalOf(answers.get(answer).curve(), shown[answer] + 1);
        while (true) {
            long allowed = at;
            CallKind kind = kind(answer, at);
            for (Limit limit : limits) {
                if (limit.counts(kind)) {
                    allowed = Math.max(allowed, spent(limit, answer).allowedFrom());
                }
            }
            if (allowed == at) {
                return at;
            }
            at = allowed;
        }
    }

    private void send(int answer, long at) {
        CallKind kind = kind(answer, at);
        for (Limit limit : limits) {
            if (limit.counts(kind)) {
                spent(limit, answer).spend(at);
            }
        }
        int target = target(answer, at);
        int before = 0;
        for (ArrivalCurve.Arrival arrival : answers.get(answer).curve().arrivals()) {
            int seen = Math.min(arrival.characters(), target) - Math.max(before, shown[answer]);
            waits += Math.max(0, seen) * (double) (at - arrival.atMicros());
            before = arrival.characters();
        }
        shown[answer] = target;
    }

    private CallKind kind(int answer, long at) {
        List<Integer> ends = answers.get(answer).curve().partEnds();
        if (shown[answer] == 0 || ends.contains(shown[answer])) {
            return CallKind.FIRST;
        }
        return ends.contains(target(answer, at)) ? CallKind.LAST : CallKind.LATER;
    }

    private int target(int answer, long at) {
        ArrivalCurve curve = answers.get(answer).curve();
        int end = curve.partEnds().stream()
                .filter(part -> part > shown[answer])
                .findFirst()
                .orElseThrow();
        return Math.min(end, arrivedBy(curve, at));
    }

    private Spent spent(Limit limit, int answer) {
        String room =
                limit.scope() == Limit.Scope.GLOBAL ? "" : answers.get(answer).room();
        return spent.computeIfAbsent(List.of(limit, room), key -> new Spent(limit.rule()));
    }

    private static long arrivalOf(ArrivalCurve curve, int character) {
        int low = 0;
        int high = curve.arrivals().size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (curve.arrivals().get(middle).characters() >= character) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return curve.arrivals().get(low).atMicros();
    }

    private static int arrivedBy(ArrivalCurve curve, long at) {
        int low = 0;
        int high = curve.arrivals().size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (curve.arrivals().get(middle).atMicros() <= at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? 0 : curve.arrivals().get(low - 1).characters();
    }

    /** What one limit remembers of the calls made under it. */
    private static final class Spent {
        private final Limit.Rule rule;
        private final Deque<Long> calls = new ArrayDeque<>();
        private long full = Long.MIN_VALUE / 2;

        private Spent(Limit.Rule rule) {
            this.rule = rule;
        }

        private long allowedFrom() {
            return switch (rule) {
                case Limit.Window(int most, var per) ->
                    calls.size() < most ? Long.MIN_VALUE : calls.getFirst() + Limit.micros(per);
                case Limit.Bucket(int burst, var refill) -> full - (burst - 1) * Limit.micros(refill);
            };
        }

        private void spend(long at) {
            switch (rule) {
                case Limit.Window(int most, var per) -> {
                    if (calls.size() == most) {
                        calls.removeFirst();
                    }
                    calls.addLast(at);
                }
                case Limit.Bucket(int burst, var refill) -> full = Math.max(full, at) + Limit.micros(refill);
            }
        }
    }
}
