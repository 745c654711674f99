package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.gateway.delivery.Planner.Rank;
import io.erniegateway.gateway.delivery.Planner.Wish;
import io.erniegateway.gateway.draft.Draft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
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
    /** Calls in a row that a platform may leave unanswered: a quarter of an hour with the back-off below. */
    static final int PATIENCE = 32;

    /** What stands in a message that is left over when an answer became shorter: no platform shows an empty one. */
    static final String WITHDRAWN = "—";

    private static final long NEVER = Long.MIN_VALUE;

    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);

    /** How an answer ended for its reader. */
    public sealed interface End {
        /** The last text is on the screen. */
        record Delivered() implements End {}

        /** It can no longer be brought there. */
        record Lost(String why) implements End {}
    }

    /** The next thing to do for this answer. */
    sealed interface Step {
        record Post(int part, Rendered text) implements Step {}

        record Edit(int part, MessageRef message, Rendered text) implements Step {}

        /** All there is to see is seen. */
        record Nothing() implements Step {}
    }

    private static final class Shown {
        final MessageRef message;

        @Nullable
        Rendered text;

        Shown(MessageRef message) {
            this.message = message;
        }
    }

    final long turn;
    final ChatId chat;
    private final BotDelivery delivery;
    private final Pace pace;
    private final Draft draft;
    private final Runnable lost;
    private final CountDownLatch ended = new CountDownLatch(1);

    private final List<Shown> shown = new ArrayList<>();
    private @Nullable End end;
    private boolean inFlight;
    private final BitSet plainParts = new BitSet();
    private Call nextCall;
    private long version;
    private long shownVersion;
    private long length;
    private boolean finished;
    private long unseenSince;
    /** When the first text came that the call in flight may not show; {@link #NEVER} if none did. */
    private long laterSince = NEVER;

    private long notBefore;
    private int failures;
    private long signDueAt;

    /** Written by the conversation, read by the loop; the one field that needs no lock. */
    private volatile boolean stalled;

    Answer(
            BotDelivery delivery,
            long turn,
            ChatId chat,
            List<MessageRef> posted,
            Pace pace,
            Draft draft,
            Runnable lost,
            long now) {
        this.delivery = delivery;
        this.turn = turn;
        this.chat = chat;
        this.pace = pace;
        this.draft = draft;
        this.lost = lost;
        this.nextCall = posted.isEmpty() ? Call.POST : Call.EDIT;
        this.notBefore = now;
        this.signDueAt = now;
        posted.forEach(message -> shown.add(new Shown(message)));
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

    /** Whether the model has fallen silent in the middle of the answer: the reader should see that it is still at work. */
    public void stalled(boolean silent) {
        stalled = silent;
        delivery.changed(this);
    }

    /** Whether the model is silent in the middle of the answer. */
    public boolean isStalled() {
        return stalled;
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
            length = draft.length();
            finished = draft.isFinished();
        }
    }

    @Nullable
    Wish wish(boolean canSign) {
        if (inFlight || end != null) {
            return null;
        }
        if (version != shownVersion || finished) {
            return new Wish(this, chat, nextCall, rank(), unseenSince, Math.max(notBefore, holdUntil()));
        }
        if (canSign && shown.isEmpty()) {
            return new Wish(this, chat, Call.TYPING, Rank.SIGN, signDueAt, signDueAt);
        }
        return null;
    }

    private Rank rank() {
        if (finished) {
            return Rank.LAST;
        }
        return shown.isEmpty() ? Rank.FIRST : Rank.MORE;
    }

    private long holdUntil() {
        boolean hold = shown.isEmpty() && !finished && length < pace.enough();
        return hold ? unseenSince + pace.hold().toNanos() : notBefore;
    }

    void takeOff() {
        inFlight = true;
        laterSince = NEVER;
    }

    void land() {
        inFlight = false;
    }

    boolean isOver() {
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

    void signed(Limits limits, long now) {
        // Again a little before the sign fades, so that it does not blink.
        signDueAt = now + limits.typingLasts().toNanos() * 4 / 5;
    }

    void posted(MessageRef message, Rendered text) {
        Shown part = new Shown(message);
        part.text = text;
        shown.add(part);
        failures = 0;
    }

    void edited(int part, Rendered text) {
        shown.get(part).text = text;
        failures = 0;
    }

    /** Nothing was left to send for this version of the text. */
    void allSeen(long seenVersion) {
        shownVersion = seenVersion;
        nextCall = shown.isEmpty() ? Call.POST : Call.EDIT;
        if (seenVersion != version && laterSince != NEVER) {
            unseenSince = laterSince;
        }
        if (finished && seenVersion == version) {
            finishWith(new End.Delivered());
        }
    }

    /** More of the present version is left to send. */
    void moreToDo(Call call) {
        nextCall = call;
        shownVersion = -1;
    }

    void waitFor(Duration time, long now) {
        notBefore = Math.max(notBefore, now + time.toNanos());
    }

    /** False if the platform has been silent for too long. */
    boolean backOff(long now) {
        long wait = FIRST_BACK_OFF.toNanos() << Math.min(failures, 10);
        failures++;
        notBefore = now + Math.min(wait, LONGEST_BACK_OFF.toNanos());
        return failures <= PATIENCE;
    }

    /** The platform does not take this part's markup: from now on it gets the characters alone. False if it had them. */
    boolean fallBackToPlain(int part) {
        boolean had = plainParts.get(part);
        plainParts.set(part);
        return !had;
    }

    void finishWith(End how) {
        if (end == null) {
            end = how;
            ended.countDown();
            if (how instanceof End.Lost) {
                lost.run();
            }
        }
    }

    /** A consistent picture of the draft. */
    record Snapshot(long version, List<Rendered> parts) {}

    /** Renders; so it is called without the loop's lock. */
    Snapshot snapshot() {
        synchronized (draft) {
            return new Snapshot(draft.version(), draft.parts());
        }
    }

    /** The first difference between what is seen and what is to be seen. While nothing is to be seen, all stays. */
    Step nextStep(List<Rendered> parts, Rendered withdrawn) {
        int messages = parts.isEmpty() ? 0 : Math.max(parts.size(), shown.size());
        for (int i = 0; i < messages; i++) {
            Rendered formatted = i < parts.size() ? parts.get(i) : withdrawn;
            Rendered wanted = plainParts.get(i) ? formatted.plain() : formatted;
            if (i >= shown.size()) {
                return new Step.Post(i, wanted);
            }
            if (!wanted.equals(shown.get(i).text)) {
                return new Step.Edit(i, shown.get(i).message, wanted);
            }
        }
        return new Step.Nothing();
    }
}
