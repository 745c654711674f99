package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.gateway.delivery.Planner.Rank;
import io.erniegateway.gateway.delivery.Planner.Rhythm;
import io.erniegateway.gateway.delivery.Planner.Wish;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one answer would like to be sent next. Guarded by the delivery's lock. */
final class Wishes {
    /** A wait that the reader should see a sign of life in. */
    private static final Duration LONG_WAIT = Duration.ofSeconds(3);

    /** Before any last text, however much of it is unseen: the platform does not wait. */
    private static final long URGENT = Long.MIN_VALUE / 2;

    private final Answer answer;
    private final BotDelivery delivery;
    private final Pace pace;

    Wishes(Answer answer, BotDelivery delivery, Pace pace) {
        this.answer = answer;
        this.delivery = delivery;
        this.pace = pace;
    }

    /** The text it would like to show next, if there is any. */
    @Nullable
    Wish text() {
        if (answer.isInFlight() || answer.isOver()) {
            return null;
        }
        if (answer.unseen.isNothing() && !answer.isFinished()) {
            return upkeep();
        }
        Rank rank = rank();
        Call call = answer.isFinished() ? last(answer.nextCall()) : answer.nextCall();
        Flow flow = answer.unseen.flow();
        if (rank == Rank.MORE && flow.isBursty()) {
            Rhythm rhythm = new Rhythm(flow.lastAt(), flow.gap(), flow.inBursts(answer.unseen.size()));
            return new Wish(
                    answer,
                    answer.chat,
                    call,
                    Rank.BURST,
                    answer.unseen.since(),
                    Math.max(answer.patience.until(call), flow.burstEnds()),
                    rhythm);
        }
        Rhythm rhythm = rank == Rank.MORE ? new Rhythm(flow.lastAt(), flow.between(), 1) : Rhythm.NONE;
        return new Wish(
                answer,
                answer.chat,
                call,
                rank,
                turn(rank),
                Math.max(answer.patience.until(call), holdUntil()),
                rhythm);
    }

    /**
     * By what it goes before others of its rank: by the age of its oldest unseen character, and a last text, which grows no
     * more, by how much is unseen: so the least is waited in all when many end at once.
     */
    private long turn(Rank rank) {
        return rank == Rank.LAST ? -answer.unseen.size() : answer.unseen.since();
    }

    /** What shows a text that grows no more: its end does not wait for the budget of the text between. */
    private static Call last(Call next) {
        return switch (next) {
            case DRAFT, START_STREAM -> Call.POST;
            case APPEND -> Call.STOP_STREAM;
            case POST, EDIT, TYPING, STOP_STREAM, LOOK -> next;
        };
    }

    /** A preview fades unless it is shown again, and a stream is ended before the platform does it. */
    private @Nullable Wish upkeep() {
        if (answer.screen.isStreaming()) {
            long due = delivery.streamDue(answer.screen.openedAt());
            return wish(Call.STOP_STREAM, Rank.LAST, URGENT, Math.max(answer.patience.until(Call.STOP_STREAM), due));
        }
        if (answer.screen.hasDraft() && answer.nextCall() == Call.DRAFT) {
            long due = delivery.draftDue(answer.screen.draftAt());
            return wish(Call.DRAFT, Rank.MORE, due, Math.max(answer.patience.until(Call.DRAFT), due));
        }
        return null;
    }

    private Wish wish(Call call, Rank rank, long since, long notBefore) {
        return new Wish(answer, answer.chat, call, rank, since, notBefore, Rhythm.NONE);
    }

    private Rank rank() {
        if (answer.isFinished()) {
            return Rank.LAST;
        }
        return answer.screen.isBlank() ? Rank.FIRST : Rank.MORE;
    }

    private long holdUntil() {
        boolean hold = answer.screen.isBlank() && !answer.isFinished() && answer.unseen.length() < pace.enough();
        return hold ? answer.unseen.since() + pace.hold().toNanos() : answer.patience.untilHeard();
    }

    /** The sign of life it would like to give: before there is text, in a long silence, in a long penalty. */
    @Nullable
    Wish sign(long now) {
        if (answer.isOver()) {
            return null;
        }
        boolean waits = answer.screen.isBlank()
                || (answer.hasStalled() && !answer.isFinished())
                || answer.patience.until(answer.nextCall()) - now > LONG_WAIT.toNanos();
        return waits && !(answer.screen.isBlank() && answer.isInFlight())
                ? wish(Call.TYPING, Rank.SIGN, answer.signDueAt(), answer.signDueAt())
                : null;
    }
}
