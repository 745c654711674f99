package io.erniegateway.gateway.budget;

import io.erniegateway.connectors.Limits.Rule;

/** A token bucket, kept as one number: the time at which it would be full (the generic cell rate algorithm). */
final class BucketCount implements Count {
    /** Calls on their way fill the bucket by themselves: when to look again. Nanoseconds. */
    private static final long LOOK_AGAIN = 20_000_000;

    private final Rule.Bucket bucket;
    private int capacity;
    private long refill;
    private long fullAt;
    private long takenLast;
    private int flying;

    BucketCount(Rule.Bucket bucket, double share, long now) {
        this.bucket = bucket;
        this.fullAt = now;
        this.capacity = burst(share);
        this.refill = refill(share);
    }

    private int burst(double share) {
        return Math.max(1, (int) (bucket.burst() * share));
    }

    private long refill(double share) {
        return (long) (bucket.refill().toNanos() / share);
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public long wholeAfter() {
        return capacity * refill;
    }

    @Override
    public double left(long now) {
        return Math.max(0, capacity - Math.max(0, fullAt - now) / (double) refill);
    }

    @Override
    public double returning(long now, long within) {
        return (double) within / refill;
    }

    @Override
    public long availableAt(int tokens, long now) {
        int wanted = Math.min(tokens, capacity);
        // Those on their way may all be counted just before the next one, however long ago they were sent.
        long soonest = flying + wanted > capacity ? now + LOOK_AGAIN : now;
        return Math.max(soonest, fullAt - (capacity - wanted) * refill);
    }

    @Override
    public long nextReturn(long now) {
        return now + refill;
    }

    @Override
    public void take(long now) {
        fullAt = Math.max(now, fullAt) + refill;
        takenLast = now;
        flying++;
    }

    @Override
    public void settle(long taken, long counted) {
        flying--;
        // The bucket fills from the time the call was counted, and those still on their way come after it.
        fullAt = Math.max(fullAt, counted + Math.min(1 + flying, capacity) * refill);
    }

    @Override
    public void giveBack(long taken) {
        flying--;
        // What has come back since does not come back once more: by the last call the bucket had filled up so far
        // anyway.
        fullAt -= Math.max(0, refill - (takenLast - taken));
    }

    @Override
    public void trust(long at) {
        fullAt = Math.min(fullAt, at + (capacity - 1) * refill);
    }

    /** What has been spent stays spent, in tokens. */
    @Override
    public void believe(double share, long now) {
        double spent = Math.max(0, fullAt - now) / (double) refill;
        capacity = burst(share);
        refill = refill(share);
        fullAt = now + (long) (Math.min(spent, capacity) * refill);
    }

    @Override
    public int spentLately(long now) {
        return (int) Math.ceil(capacity - left(now));
    }
}
