package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.gateway.budget.Meter;
import io.erniegateway.gateway.delivery.Planner.Rank;
import io.erniegateway.gateway.delivery.Planner.Rhythm;
import io.erniegateway.gateway.delivery.Planner.Wish;
import io.erniegateway.gateway.draft.Draft;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One growing answer in one chat: what is to be seen and what is seen. The conversation writes into it, the loop
 * delivers it; between them stands one slot, and the newest text wins.
 *
 * <p>All fields are guarded by the delivery's lock, except the draft, which has a lock of its own, so that rendering
 * one answer does not hold up the others.
 */
public final class Answer {
    /** Calls in a row that a platform may leave unanswered: a quarter of an hour with the back-off below. */
    static final int PATIENCE = 32;

    /** What stands in a message that is left over when an answer became shorter: no platform shows an empty one. */
    static final String WITHDRAWN = "—";

    private static final long NEVER = Long.MIN_VALUE;

    /** A wait that the reader should see a sign of life in. */
    private static final Duration LONG_WAIT = Duration.ofSeconds(3);

    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);

    /** How an answer ended for its reader. */
    public sealed interface End {
        /** The last text is on the screen. */
        record Delivered() implements End {}

        /** It can no longer be brought there. */
        record Lost(String why) implements End {}
    }

    /** What an answer tells the one who writes it. Called under the loop's lock, so it must not wait for anything. */
    public interface Author {
        /** The answer can no longer reach its reader. */
        default void lost() {}

        /** The reader has stopped it by the platform's own means. */
        default void stopped() {}
    }

    /** A meter that holds something back for this answer. */
    private record Claim(Meter meter, boolean grows, boolean last) {}

    final long turn;
    final ChatId chat;
    /** By which a platform tells the previews of this bot apart. */
    final int number;

    final Screen screen;
    final Planner.Place textPlace;
    final Planner.Place signPlace;
    private final BotDelivery delivery;
    private final Pace pace;
    private final Draft draft;
    private final Author author;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Flow flow = new Flow();

    private @Nullable End end;
    private boolean inFlight;
    private Call nextCall;
    private long version;
    private long shownVersion;
    private long length;
    private long shownLength;
    private boolean finished;
    private boolean stalled;
    private long firstTextAt = NEVER;
    private long unseenSince;
    /** When the first text came that the call in flight may not show; {@link #NEVER} if none did. */
    private long laterSince = NEVER;

    private long notBefore;
    private @Nullable Call refused;
    private long refusedUntil;
    private long signDueAt;
    private boolean signed;
    private int failures;
    private List<Claim> claims = List.of();
    private @Nullable Call claimed;

    /** Written by the conversation, read by the loop; the one field that needs no lock. */
    Answer(
            BotDelivery delivery,
            long turn,
            ChatId chat,
            int number,
            Screen screen,
            Pace pace,
            Draft draft,
            Author author,
            Planner planner,
            long now) {
        this.delivery = delivery;
        this.turn = turn;
        this.chat = chat;
        this.number = number;
        this.screen = screen;
        this.pace = pace;
        this.draft = draft;
        this.author = author;
        this.textPlace = planner.place();
        this.signPlace = planner.place();
        this.nextCall = screen.likely(false);
        this.notBefore = now;
        this.refusedUntil = now;
        this.signDueAt = now;
    }

    /** More text came. Never blocks for the network. */
    public void append(String delta) {
        synchronized (draft) {
            draft.append(delta);
        }
        delivery.changed(this);
    }

    /** Takes back what was said and says this instead, wherever it was shown. */
    public void replace(String whole) {
        synchronized (draft) {
            draft.replace(whole);
        }
        delivery.changed(this);
    }

    /** No more text comes. */
    public void finish() {
        synchronized (draft) {
            draft.finish();
        }
        delivery.changed(this);
    }

    /** Whether the model has been silent for so long that the reader should see that it is still at work. */
    public void stalled(boolean is) {
        delivery.stalled(this, is);
    }

    /** Whether the model is silent in the middle of the answer. */
    public boolean isStalled() {
        return delivery.isStalled(this);
    }

    /** All text so far, as it was written. */
    public String markdown() {
        synchronized (draft) {
            return draft.markdown();
        }
    }

    /** Waits until the reader has the last text, or never will. */
    public End await() throws InterruptedException {
        ended.await();
        return delivery.endOf(this);
    }

    // --- below: called by the loop, under its lock -------------------------------------------------------------------

    /** Takes note of what was written. */
    void noteChange(long now) {
        synchronized (draft) {
            boolean more = draft.version() != version;
            if (more && version == shownVersion) {
                unseenSince = now;
            }
            if (more && inFlight && laterSince == NEVER) {
                laterSince = now;
            }
            version = draft.version();
            flow.came(now, (int) Math.max(0, draft.length() - length));
            length = draft.length();
            finished = draft.isFinished();
        }
        if (firstTextAt == NEVER && length > 0) {
            firstTextAt = now;
        }
    }

    void noteStall(boolean is, long now) {
        if (is && !stalled) {
            signDueAt = now;
        }
        stalled = is;
    }

    boolean hasStalled() {
        return stalled;
    }

    boolean isFinished() {
        return finished;
    }

    boolean hasText() {
        return firstTextAt != NEVER;
    }

    /** How long its text has been growing. */
    long grewFor(long now) {
        return now - firstTextAt;
    }

    /** The text it would like to show next, if there is any. */
    @Nullable
    Wish textWish() {
        if (inFlight || end != null) {
            return null;
        }
        if (version == shownVersion && !finished) {
            return upkeep();
        }
        Rank rank = rank();
        Call call = finished ? last(nextCall) : nextCall;
        if (rank == Rank.MORE && flow.isBursty()) {
            Rhythm rhythm = new Rhythm(flow.lastAt(), flow.gap(), flow.inBursts(length - shownLength));
            return new Wish(
                    this, chat, call, Rank.BURST, unseenSince, Math.max(heldUntil(call), flow.burstEnds()), rhythm);
        }
        Rhythm rhythm = rank == Rank.MORE ? new Rhythm(flow.lastAt(), flow.between(), 1) : Rhythm.NONE;
        return new Wish(this, chat, call, rank, turn(rank), Math.max(heldUntil(call), holdUntil()), rhythm);
    }

    /**
     * By what it goes before others of its rank: by the age of its oldest unseen character, and a last text, which grows no
     * more, by how much is unseen: so the least is waited in all when many end at once.
     */
    private long turn(Rank rank) {
        return rank == Rank.LAST ? shownLength - length : unseenSince;
    }

    /** What shows a text that grows no more: its end does not wait for the budget of the text between. */
    private static Call last(Call next) {
        return switch (next) {
            case DRAFT, START_STREAM -> Call.POST;
            case APPEND -> Call.STOP_STREAM;
            case POST, EDIT, TYPING, STOP_STREAM, LOOK -> next;
        };
    }

    /** A refusal of one kind of call says nothing about another; a platform that is silent is silent to all. */
    private long heldUntil(Call call) {
        return call == refused ? Math.max(notBefore, refusedUntil) : notBefore;
    }

    /** A preview fades unless it is shown again, and a stream is ended before the platform does it. */
    private @Nullable Wish upkeep() {
        if (screen.isStreaming()) {
            long due = delivery.streamDue(screen.openedAt());
            return wish(Call.STOP_STREAM, Rank.LAST, due, Math.max(heldUntil(Call.STOP_STREAM), due));
        }
        if (screen.hasDraft() && nextCall == Call.DRAFT) {
            long due = delivery.draftDue(screen.draftAt());
            return wish(Call.DRAFT, Rank.MORE, due, Math.max(heldUntil(Call.DRAFT), due));
        }
        return null;
    }

    private Wish wish(Call call, Rank rank, long since, long notBefore) {
        return new Wish(this, chat, call, rank, since, notBefore, Rhythm.NONE);
    }

    private Rank rank() {
        if (finished) {
            return Rank.LAST;
        }
        return screen.isBlank() ? Rank.FIRST : Rank.MORE;
    }

    private long holdUntil() {
        boolean hold = screen.isBlank() && !finished && length < pace.enough();
        return hold ? unseenSince + pace.hold().toNanos() : notBefore;
    }

    /** The sign of life it would like to give: before there is text, in a long silence, in a long penalty. */
    @Nullable
    Wish signWish(long now) {
        if (end != null) {
            return null;
        }
        boolean waits = screen.isBlank() || (stalled && !finished) || heldUntil(nextCall) - now > LONG_WAIT.toNanos();
        return waits && !(screen.isBlank() && inFlight) ? wish(Call.TYPING, Rank.SIGN, signDueAt, signDueAt) : null;
    }

    void takeOff() {
        inFlight = true;
        laterSince = NEVER;
    }

    void land() {
        inFlight = false;
    }

    public boolean isOver() {
        return end != null;
    }

    @Nullable
    End end() {
        return end;
    }

    long unseenSince() {
        return unseenSince;
    }

    /** Whether the last text is on the screen now. */
    boolean isComplete() {
        return end instanceof End.Delivered;
    }

    /** @param lasts how long the sign stays */
    void signed(Duration lasts, long now) {
        signed = true;
        // Again a little before it fades, so that it does not blink; and more and more rarely in a penalty of hours.
        signDueAt = now + Math.max(lasts.toNanos() * 4 / 5, (now - unseenSince) / 8);
    }

    /** Whether a sign may still be standing that nothing has taken the place of. */
    boolean leavesSign() {
        return signed && screen.isEmpty();
    }

    /** The platform took something. */
    void succeeded() {
        failures = 0;
    }

    boolean hasSeen(Snapshot seen) {
        return shownVersion == seen.version();
    }

    /** All of this version is seen. */
    void allSeen(Snapshot seen, long now) {
        shownVersion = seen.version();
        shownLength = seen.length();
        if (seen.version() != version && laterSince != NEVER) {
            unseenSince = laterSince;
        }
        if (finished && seen.version() == version) {
            finishWith(new End.Delivered(), now);
        }
    }

    /** More of the present version is left to send. */
    void moreToDo() {
        shownVersion = -1;
    }

    void expect(Call call) {
        nextCall = call;
    }

    Call nextCall() {
        return nextCall;
    }

    /** The pieces shown of the open part stay. */
    void pin(Snapshot shown) {
        synchronized (draft) {
            draft.pin(shown.growing(), shown.openLength());
        }
    }

    /** The part that takes pieces ends where it is. */
    void rollOver() {
        synchronized (draft) {
            draft.closeAtPin();
        }
    }

    /** Calls of this kind have to wait. */
    void waitFor(Call call, Duration time, long now) {
        long until = now + time.toNanos();
        refusedUntil = call == refused ? Math.max(refusedUntil, until) : until;
        refused = call;
        signDueAt = Math.min(signDueAt, now);
    }

    /** False if the platform has been silent for too long. */
    boolean backOff(long now) {
        long wait = FIRST_BACK_OFF.toNanos() << Math.min(failures, 10);
        failures++;
        notBefore = now + Math.min(wait, LONGEST_BACK_OFF.toNanos());
        return failures <= PATIENCE;
    }

    void stoppedByReader() {
        author.stopped();
    }

    void finishWith(End how, long now) {
        if (end == null) {
            end = how;
            release(true, now);
            ended.countDown();
            if (how instanceof End.Lost) {
                author.lost();
            }
        }
    }

    /** Announces to the meters what it is going to need; anew when the way of showing has changed. */
    void claim(Call call, List<Meter> interim, List<Meter> last, long now) {
        claimed = call;
        release(true, now);
        claims = Stream.concat(interim.stream(), last.stream())
                .distinct()
                .map(meter -> new Claim(meter, interim.contains(meter), last.contains(meter)))
                .toList();
        for (Claim claim : claims) {
            if (claim.grows()) {
                claim.meter().joined(firstTextAt, now);
            }
            if (claim.last()) {
                claim.meter().expectLast();
            }
        }
    }

    /** By which call it has announced to grow, if it has. */
    @Nullable
    Call claimed() {
        return claimed;
    }

    /** It grows no more, but its last text is still to come. */
    void grown(long now) {
        List<Claim> grown = claims;
        release(false, now);
        claims = grown.stream()
                .filter(Claim::last)
                .map(claim -> new Claim(claim.meter(), false, true))
                .toList();
    }

    private void release(boolean last, long now) {
        for (Claim claim : claims) {
            if (claim.grows()) {
                claim.meter().left(firstTextAt, now);
            }
            if (claim.last() && last) {
                claim.meter().lastDone();
            }
        }
        claims = List.of();
    }

    /**
     * A consistent picture of the draft.
     *
     * @param growing the part that may still grow, -1 if none does
     */
    record Snapshot(long version, List<Rendered> parts, int growing, long length, int openLength) {}

    /** Renders; so it is called without the loop's lock. */
    Snapshot snapshot() {
        synchronized (draft) {
            List<Rendered> parts = draft.parts();
            boolean grows = !draft.isFinished() && parts.size() > draft.closedParts();
            return new Snapshot(
                    draft.version(), parts, grows ? parts.size() - 1 : -1, draft.length(), draft.openLength());
        }
    }
}
