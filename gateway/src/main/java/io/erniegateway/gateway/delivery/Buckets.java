package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.Limits.Budget;
import io.erniegateway.connectors.Limits.Call;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a bot's budgets. No clock of its own and not thread-safe: the loop asks under its lock.
 *
 * <p>Each bucket is a generic cell rate algorithm: one number, the time at which the bucket would be full again. It
 * holds one call less than the platform's burst, because calls sent evenly arrive unevenly: the spare one absorbs what
 * the network bunches together. A budget without a burst has no spare, so its refill counts from the end of the call.
 */
public final class Buckets {
    /** Full buckets are dropped when so many are kept, so that a bot with a million chats stays small. */
    private static final int SWEEP_ABOVE = 4096;

    private final Limits limits;
    private final Map<Key, Bucket> buckets = new HashMap<>();
    private int sweepAt = SWEEP_ABOVE;

    public Buckets(Limits limits) {
        this.limits = limits;
    }

    private record Key(String budget, String bucket) {}

    private static final class Bucket {
        final Budget budget;
        long fullAt;
        long closedUntil;

        Bucket(Budget budget, long now) {
            this.budget = budget;
            this.fullAt = now;
            this.closedUntil = now;
        }

        int capacity() {
            return Math.max(1, budget.burst() - 1);
        }

        long availableAt() {
            return Math.max(
                    closedUntil, fullAt - (capacity() - 1) * budget.refill().toNanos());
        }
    }

    /** The earliest time at which this call may be sent; not after {@code now} if it may be sent at once. */
    public long availableAt(Call call, ChatId chat, long now) {
        long at = now;
        for (Budget budget : limits.budgets()) {
            if (budget.covers(call, chat)) {
                Bucket bucket = buckets.get(key(budget, chat));
                at = bucket == null ? at : Math.max(at, bucket.availableAt());
            }
        }
        return at;
    }

    /** Takes the tokens of one call. */
    public void spend(Call call, ChatId chat, long now) {
        sweep(now);
        for (Budget budget : limits.budgets()) {
            if (budget.covers(call, chat)) {
                Bucket bucket = bucket(budget, chat, now);
                bucket.fullAt = Math.max(now, bucket.fullAt) + budget.refill().toNanos();
            }
        }
    }

    /** Gives the tokens back: the call was not sent after all. */
    public void refund(Call call, ChatId chat) {
        for (Budget budget : limits.budgets()) {
            Bucket bucket = buckets.get(key(budget, chat));
            if (budget.covers(call, chat) && bucket != null) {
                bucket.fullAt -= budget.refill().toNanos();
            }
        }
    }

    /** The call has been answered. */
    public void settle(Call call, ChatId chat, long now) {
        for (Budget budget : limits.budgets()) {
            Bucket bucket = buckets.get(key(budget, chat));
            if (budget.covers(call, chat) && bucket != null && budget.burst() == 1) {
                bucket.fullAt = Math.max(bucket.fullAt, now + budget.refill().toNanos());
            }
        }
    }

    /**
     * The platform said "not now": nothing that draws from the narrowest budget of this call is sent for that long.
     * The narrowest is where a platform's refusal most often comes from; a wider one would be refused again at once.
     */
    public void close(Call call, ChatId chat, long now, Duration retryAfter) {
        Budget narrowest = narrowest(call, chat);
        if (narrowest != null) {
            Bucket bucket = bucket(narrowest, chat, now);
            bucket.closedUntil = Math.max(bucket.closedUntil, now + retryAfter.toNanos());
        }
    }

    int kept() {
        return buckets.size();
    }

    private @Nullable Budget narrowest(Call call, ChatId chat) {
        Budget found = null;
        for (Budget budget : limits.budgets()) {
            boolean narrower =
                    found == null || (found.scope() == Limits.Scope.BOT && budget.scope() != Limits.Scope.BOT);
            if (budget.covers(call, chat) && narrower) {
                found = budget;
            }
        }
        return found;
    }

    private Bucket bucket(Budget budget, ChatId chat, long now) {
        return buckets.computeIfAbsent(key(budget, chat), unused -> new Bucket(budget, now));
    }

    private static Key key(Budget budget, ChatId chat) {
        return new Key(budget.name(), budget.bucket(chat));
    }

    private void sweep(long now) {
        if (buckets.size() > sweepAt) {
            buckets.values().removeIf(bucket -> bucket.fullAt <= now && bucket.closedUntil <= now);
            sweepAt = Math.max(SWEEP_ABOVE, buckets.size() * 2);
        }
    }
}
