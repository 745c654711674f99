package io.erniegateway.gateway.budget;

import io.erniegateway.connectors.Limits.Rule;
import java.time.Duration;
import java.util.List;

/** How a platform counts: the plainest form of each rule, looked at after the fact. Times are nanoseconds. */
public final class PlatformRule {
    private PlatformRule() {}

    /** Whether a platform would have taken every one of these calls, which are given in the order of their arrival. */
    public static boolean takesAll(Rule rule, List<Long> arrivals) {
        return switch (rule) {
            case Rule.Window(int calls, Duration per) -> window(calls, per.toNanos(), arrivals);
            case Rule.Bucket(int burst, Duration refill) -> bucket(burst, refill.toNanos(), arrivals);
        };
    }

    private static boolean window(int calls, long per, List<Long> arrivals) {
        for (int i = calls; i < arrivals.size(); i++) {
            if (arrivals.get(i) - arrivals.get(i - calls) < per) {
                return false;
            }
        }
        return true;
    }

    /** Tokens are kept in nanoseconds of refill, so that nothing is rounded. */
    private static boolean bucket(int burst, long refill, List<Long> arrivals) {
        long full = burst * refill;
        long tokens = full;
        long before = arrivals.isEmpty() ? 0 : arrivals.getFirst();
        for (long at : arrivals) {
            tokens = Math.min(full, tokens + at - before);
            before = at;
            if (tokens < refill) {
                return false;
            }
            tokens -= refill;
        }
        return true;
    }
}
