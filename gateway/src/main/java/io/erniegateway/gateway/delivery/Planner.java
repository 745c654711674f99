package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Limits.Call;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the next call of a bot, or the next time to look. Pure: it reads wishes, budgets and the time it is given. */
public final class Planner {

    /** Whose wish goes first. */
    public enum Rank {
        /** The end of an answer: until it is there, the reader has to guess whether more will come. */
        LAST,
        /** The first characters: until then the reader sees nothing. */
        FIRST,
        /** Any text between. */
        MORE,
        /** A typing sign: shed first. */
        SIGN
    }

    /**
     * A call that an answer would like to make.
     *
     * @param since when its oldest unseen text came, or when the sign became due
     * @param notBefore the answer itself does not want it earlier
     */
    public record Wish(Answer answer, ChatId chat, Call call, Rank rank, long since, long notBefore) {}

    public sealed interface Decision {
        record Send(Wish wish) implements Decision {}

        record WaitUntil(long nanos) implements Decision {}

        /** Nothing to do until something changes. */
        record Rest() implements Decision {}
    }

    private static final Comparator<Wish> ORDER =
            Comparator.comparing(Wish::rank).thenComparingLong(Wish::since);

    private Planner() {}

    public static Decision next(List<Wish> wishes, Buckets buckets, long now) {
        Wish best = null;
        long earliest = Long.MAX_VALUE;
        for (Wish wish : wishes) {
            long at = Math.max(wish.notBefore(), buckets.availableAt(wish.call(), wish.chat(), now));
            if (at <= now) {
                best = better(best, wish);
            }
            earliest = Math.min(earliest, at);
        }
        if (best != null) {
            return new Decision.Send(best);
        }
        return earliest == Long.MAX_VALUE ? new Decision.Rest() : new Decision.WaitUntil(earliest);
    }

    private static Wish better(@Nullable Wish best, Wish wish) {
        return best == null || ORDER.compare(wish, best) < 0 ? wish : best;
    }
}
