package io.erniegateway.gateway.simulation.bound;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One limit of a platform on the calls of a schedule.
 *
 * @param rule how many calls in what time
 * @param scope whose calls are counted together
 * @param kinds which calls are counted
 */
public record Limit(Rule rule, Scope scope, Set<CallKind> kinds) {

    public Limit {
        kinds = Set.copyOf(kinds);
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("a limit counts some kind of call");
        }
    }

    /** At most {@code calls} calls in any half-open interval of length {@code per}. */
    public static Limit window(int calls, Duration per, Scope scope, CallKind... kinds) {
        return new Limit(new Window(calls, per), scope, kindsOrAll(kinds));
    }

    /** A token bucket, full at the start. No kinds means all kinds. */
    public static Limit bucket(int burst, Duration refill, Scope scope, CallKind... kinds) {
        return new Limit(new Bucket(burst, refill), scope, kindsOrAll(kinds));
    }

    /** Whether a call of this kind is counted. */
    public boolean counts(CallKind kind) {
        return kinds.contains(kind);
    }

    /** Whether every call is counted, whatever its kind. */
    boolean countsAll() {
        return kinds.size() == CallKind.values().length;
    }

    /** Whether these calls, in order of time and all of one scope, keep the limit. */
    boolean allows(List<Call> calls) {
        long[] times = calls.stream()
                .filter(call -> counts(call.kind()))
                .mapToLong(Call::atMicros)
                .toArray();
        return switch (rule) {
            case Window window -> window.allows(times);
            case Bucket bucket -> bucket.allows(times);
        };
    }

    /** Whole microseconds, the unit of this package. */
    static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }

    private static Set<CallKind> kindsOrAll(CallKind... kinds) {
        return Set.of(kinds.length == 0 ? CallKind.values() : kinds);
    }

    /** Whose calls a limit counts together. */
    public enum Scope {
        /** The answers of one room. */
        ROOM,
        /** All answers. */
        GLOBAL
    }

    /** How many calls in what time. */
    public sealed interface Rule {
        /** The most calls that fit into a half-open interval of this length. */
        long most(long lengthMicros);
    }

    /** At most {@code calls} calls in any half-open interval of length {@code per}. */
    public record Window(int calls, Duration per) implements Rule {
        public Window {
            if (calls < 1 || micros(per) < 1) {
                throw new IllegalArgumentException("a window of nothing");
            }
        }

        @Override
        public long most(long lengthMicros) {
            return calls * Math.ceilDiv(lengthMicros, micros(per));
        }

        boolean allows(long[] times) {
            for (int k = calls; k < times.length; k++) {
                if (times[k] - times[k - calls] < micros(per)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A token bucket of {@code burst} tokens, full at the start; one token comes back every {@code refill}. */
    public record Bucket(int burst, Duration refill) implements Rule {
        public Bucket {
            if (burst < 1 || micros(refill) < 1) {
                throw new IllegalArgumentException("a bucket of nothing");
            }
        }

        @Override
        public long most(long lengthMicros) {
            return burst + Math.ceilDiv(lengthMicros, micros(refill)) - 1;
        }

        boolean allows(long[] times) {
            long full = Long.MIN_VALUE / 2;
            for (long time : times) {
                if (time < full - (burst - 1) * micros(refill)) {
                    return false;
                }
                full = Math.max(full, time) + micros(refill);
            }
            return true;
        }
    }
}
