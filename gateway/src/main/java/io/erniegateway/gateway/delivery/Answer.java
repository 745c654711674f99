package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.gateway.draft.Draft;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One growing answer in one chat: what is to be seen and what is seen. The conversation writes into it, the loop
 * delivers it; between them stands one slot, and the newest text wins.
 *
 * <p>All fields are guarded by the delivery's lock, except the draft, which has a lock of its own, so that rendering
 * one answer does not hold up the others.
 */
public final class Answer {
    /** What stands in a message that is left over when an answer became shorter: no platform shows an empty one. */
    static final String WITHDRAWN = "—";

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

    final long turn;
    final ChatId chat;
    /** By which a platform tells the previews of this bot apart. */
    final int number;

    final Screen screen;
    final Unseen unseen = new Unseen();
    final Patience patience;
    final Claims claims = new Claims();
    final Wishes wishes;
    final Planner.Place textPlace;
    final Planner.Place signPlace;
    private final BotDelivery delivery;
    /** Written by the conversation, read by the loop; guarded by its own lock. */
    private final Draft draft;

    private final Author author;
    private final CountDownLatch ended = new CountDownLatch(1);

    private @Nullable End end;
    private boolean inFlight;
    private Call nextCall;
    private boolean stalled;
    private long signDueAt;
    private boolean signed;

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
        this.wishes = new Wishes(this, delivery, pace);
        this.draft = draft;
        this.author = author;
        this.textPlace = planner.place();
        this.signPlace = planner.place();
        this.nextCall = screen.likely(false);
        this.patience = new Patience(now);
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
            unseen.written(draft.version(), draft.length(), draft.isFinished(), inFlight, now);
        }
    }

    void noteStall(boolean is, long now) {
        if (is && !stalled) {
            signDueAt = now;
        }
        stalled = is;
    }

    boolean isInFlight() {
        return inFlight;
    }

    boolean hasStalled() {
        return stalled;
    }

    boolean isFinished() {
        return unseen.isFinished();
    }

    void takeOff() {
        inFlight = true;
        unseen.calling();
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

    /** Whether the last text is on the screen now. */
    boolean isComplete() {
        return end instanceof End.Delivered;
    }

    /** @param lasts how long the sign stays */
    void signed(Duration lasts, long now) {
        signed = true;
        // Again a little before it fades, so that it does not blink; and more and more rarely in a penalty of hours.
        signDueAt = now + Math.max(lasts.toNanos() * 4 / 5, (now - unseen.since()) / 8);
    }

    /** When the reader should see a sign of life next. */
    long signDueAt() {
        return signDueAt;
    }

    /** Whether a sign may still be standing that nothing has taken the place of. */
    boolean leavesSign() {
        return signed && screen.isEmpty();
    }

    /** All of this version is seen. */
    void allSeen(Snapshot seen, long now) {
        unseen.seen(seen);
        if (unseen.isEverything(seen)) {
            finishWith(new End.Delivered(), now);
        }
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
        patience.waitFor(call, time, now);
        signDueAt = Math.min(signDueAt, now);
    }

    void stoppedByReader() {
        author.stopped();
    }

    void finishWith(End how, long now) {
        if (end == null) {
            end = how;
            claims.drop(now);
            ended.countDown();
            if (how instanceof End.Lost) {
                author.lost();
            }
        }
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
