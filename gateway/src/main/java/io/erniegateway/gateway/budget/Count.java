package io.erniegateway.gateway.budget;

import io.erniegateway.connectors.Limits.Rule;

/**
 * How much of one limit is left, by the platform's way of counting. All times are nanoseconds of one clock.
 *
 * <p>A platform counts a call when it arrives, at a time that we do not know. So a call is held against us from its
 * sending until the latest time at which it can have been counted; whatever the network does in between, the platform
 * never sees more than its rule allows.
 */
sealed interface Count permits WindowCount, BucketCount {

    /**
     * An untouched limit.
     *
     * @param share how much of it is believed to be there, above 0, at most 1
     */
    static Count of(Rule rule, double share, long now) {
        return switch (rule) {
            case Rule.Window window -> new WindowCount(window, share);
            case Rule.Bucket bucket -> new BucketCount(bucket, share, now);
        };
    }

    /** The most tokens there can be. */
    int capacity();

    /** The time in which a used-up limit is whole again. */
    long wholeAfter();

    /** Tokens left now; a bucket may hold a part of one. */
    double left(long now);

    /** Tokens that will come back within this time. */
    double returning(long now, long within);

    /**
     * The earliest time at which so many tokens may be there if none is taken; looked at again then, since a call that is
     * still on its way may hold it up.
     *
     * @param tokens clipped to the capacity
     */
    long availableAt(int tokens, long now);

    /** When the first of the tokens comes back that are spent now; if none is, of one that were spent now. */
    long nextReturn(long now);

    /** A call is sent. */
    void take(long now);

    /** A call that was sent at {@code taken} has been counted at {@code counted} at the latest. */
    void settle(long taken, long counted);

    /** A call was not sent after all. */
    void giveBack(long taken);

    /** The platform has said that a call may be sent at this time, whatever has been counted here. */
    void trust(long at);

    /** Another share of the limit is believed to be there. */
    void believe(double share, long now);

    /** Calls that the platform has taken lately, by which a refusal tells where the limit lies; those on their way included. */
    int spentLately(long now);
}
