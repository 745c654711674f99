package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.Rendered;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the reader sees of one answer, and the next step from there to what is to be seen. Not thread-safe. */
final class Screen {

    /** How a text that grows is shown. */
    enum Way {
        /** A message whose content is replaced. */
        EDIT,
        /** A preview, which the finished message takes the place of. */
        DRAFT,
        /** A message that takes its text piece by piece. */
        STREAM
    }

    /** The next thing to do. */
    sealed interface Step {
        record Post(int part, Rendered text) implements Step {}

        /** Whether a post arrived whose answer was lost. */
        record Look(int part, Rendered text, boolean stream, int attempt) implements Step {}

        record Edit(int part, MessageRef message, Rendered text) implements Step {}

        record Draft(int part, Rendered text) implements Step {}

        record Start(int part, Rendered text) implements Step {}

        record Append(int part, MessageRef message, String piece, Rendered whole) implements Step {}

        /**
         * The last piece.
         *
         * @param whole what the message shows then; null if that is not known
         */
        record Stop(
                int part,
                MessageRef message,
                String piece,
                @Nullable Rendered whole) implements Step {}

        /** All there is to see is seen. */
        record Nothing() implements Step {}
    }

    private static final class Shown {
        final MessageRef message;

        /** Null if it is not known. */
        @Nullable
        Rendered text;

        boolean open;
        long openedAt;

        Shown(MessageRef message, @Nullable Rendered text) {
            this.message = message;
            this.text = text;
        }
    }

    private record Doubt(Rendered posted, boolean stream, int attempt) {}

    private final List<Shown> shown = new ArrayList<>();
    private final BitSet plainParts = new BitSet();
    private Way way;
    private boolean mayStart = true;
    private boolean ends;
    private @Nullable Rendered draft;
    private long draftAt;
    private @Nullable Doubt doubt;

    Screen(Way way, List<MessageRef> posted) {
        this.way = way;
        posted.forEach(message -> shown.add(new Shown(message, null)));
    }

    Way way() {
        return way;
    }

    /** Whether a message stands. */
    boolean isEmpty() {
        return shown.isEmpty();
    }

    /** Whether the reader sees anything of it. */
    boolean isBlank() {
        return shown.isEmpty() && draft == null;
    }

    /** Whether a message takes pieces now. */
    boolean isStreaming() {
        return !shown.isEmpty() && shown.getLast().open;
    }

    /** When the open message began to take pieces. */
    long openedAt() {
        return shown.getLast().openedAt;
    }

    /** When the preview was shown last; there is one only in its {@link Way}. */
    long draftAt() {
        return draft == null ? Long.MAX_VALUE : draftAt;
    }

    boolean hasDraft() {
        return draft != null;
    }

    /** The call that the next step most likely is, without a look at the text. */
    Call likely(boolean finished) {
        if (doubt != null) {
            return Call.LOOK;
        }
        if (isStreaming()) {
            return finished || ends ? Call.STOP_STREAM : Call.APPEND;
        }
        if (way == Way.DRAFT) {
            return finished ? Call.POST : Call.DRAFT;
        }
        if (!shown.isEmpty()) {
            return Call.EDIT;
        }
        return way == Way.STREAM && mayStart && !finished ? Call.START_STREAM : Call.POST;
    }

    /** The call by which text that grows is shown now. */
    Call growsBy() {
        return switch (way) {
            case EDIT -> Call.EDIT;
            case DRAFT -> Call.DRAFT;
            case STREAM -> shown.isEmpty() || shown.getLast().open ? Call.APPEND : Call.EDIT;
        };
    }

    static @Nullable Call callOf(Step step) {
        return switch (step) {
            case Step.Post unused -> Call.POST;
            case Step.Look unused -> Call.LOOK;
            case Step.Edit unused -> Call.EDIT;
            case Step.Draft unused -> Call.DRAFT;
            case Step.Start unused -> Call.START_STREAM;
            case Step.Append unused -> Call.APPEND;
            case Step.Stop unused -> Call.STOP_STREAM;
            case Step.Nothing() -> null;
        };
    }

    /**
     * The first difference between what is seen and what is to be seen. While nothing is to be seen, all stays.
     *
     * @param growing the part that may still grow, -1 if none does
     * @param draftDue whether the preview has to be shown again even if it is the same
     * @param withdrawn what stands in a message that is left over
     */
    Step next(List<Rendered> parts, int growing, boolean draftDue, Rendered withdrawn) {
        int messages = parts.isEmpty() ? 0 : Math.max(parts.size(), shown.size());
        for (int i = 0; i < messages; i++) {
            Rendered formatted = i < parts.size() ? parts.get(i) : withdrawn;
            Rendered wanted = plainParts.get(i) ? formatted.plain() : formatted;
            boolean grows = i == growing;
            Step step = i < shown.size() ? change(i, shown.get(i), wanted, grows) : appear(i, wanted, grows, draftDue);
            if (!(step instanceof Step.Nothing)) {
                return step;
            }
        }
        return new Step.Nothing();
    }

    private Step appear(int part, Rendered wanted, boolean grows, boolean draftDue) {
        if (doubt != null) {
            return new Step.Look(part, doubt.posted(), doubt.stream(), doubt.attempt());
        }
        if (grows && way == Way.DRAFT) {
            return wanted.equals(draft) && !draftDue ? new Step.Nothing() : new Step.Draft(part, wanted);
        }
        return grows && way == Way.STREAM && mayStart ? new Step.Start(part, wanted) : new Step.Post(part, wanted);
    }

    private Step change(int part, Shown now, Rendered wanted, boolean grows) {
        if (!now.open) {
            return wanted.equals(now.text) ? new Step.Nothing() : new Step.Edit(part, now.message, wanted);
        }
        if (now.text == null || !continues(now.text, wanted)) {
            return new Step.Stop(part, now.message, "", now.text);
        }
        String piece = wanted.text().substring(now.text.text().length());
        if (!grows || ends) {
            return new Step.Stop(part, now.message, piece, wanted);
        }
        return piece.isBlank() ? new Step.Nothing() : new Step.Append(part, now.message, piece, wanted);
    }

    private static boolean continues(Rendered before, Rendered after) {
        return after.markup().equals(before.markup()) && after.text().startsWith(before.text());
    }

    void posted(MessageRef message, Rendered text) {
        shown.add(new Shown(message, text));
        draft = null;
        doubt = null;
        mayStart = true;
    }

    void started(MessageRef message, Rendered text, long now) {
        posted(message, text);
        shown.getLast().open = true;
        shown.getLast().openedAt = now;
    }

    /** This is what the message shows now. */
    void shows(int part, Rendered text) {
        shown.get(part).text = text;
    }

    /** It takes no more pieces. What it shows is known only if the last piece is known to be there. */
    void closed(int part, @Nullable Rendered text) {
        over(part);
        shown.get(part).text = text;
    }

    /** The platform has closed it; what it showed it shows. */
    void over(int part) {
        shown.get(part).open = false;
        ends = false;
    }

    /** A piece may be there or not: the stream ends, and an edit shows the whole. */
    void unsure(int part) {
        shown.get(part).text = null;
    }

    /** The message turned out to be a stream still. */
    void stillOpen(int part) {
        shown.get(part).open = true;
        shown.get(part).text = null;
    }

    void drafted(Rendered text, long now) {
        draft = text;
        draftAt = now;
    }

    /** From now on text is shown by editing. A preview that stands goes away with the first message. */
    void onlyEdit() {
        way = Way.EDIT;
    }

    /** Whether new streams may be started; else new messages are posted. */
    void mayStart(boolean may) {
        mayStart = may;
    }

    /** The open stream is to end with its next piece, and edits go on. */
    void endStream() {
        ends = true;
    }

    boolean endsStream() {
        return ends;
    }

    /**
     * A post may have arrived.
     *
     * @param stream whether it was the start of a stream
     */
    void doubt(Rendered posted, boolean stream, int attempt) {
        doubt = new Doubt(posted, stream, attempt);
    }

    /** The post has arrived. A stream is ended at once: how long it has been open, and so how long it may be, is not known. */
    void found(MessageRef message, long now) {
        Doubt was = doubt;
        if (was == null) {
            throw new IllegalStateException("nothing was in doubt");
        }
        if (was.stream()) {
            started(message, was.posted(), now);
            unsure(shown.size() - 1);
        } else {
            posted(message, was.posted());
        }
    }

    /** The post has not arrived. */
    void noDoubt() {
        doubt = null;
    }

    /** The platform does not take this part's markup: from now on it gets the characters alone. False if it had them. */
    boolean fallBackToPlain(int part) {
        boolean had = plainParts.get(part);
        plainParts.set(part);
        return !had;
    }

    /** This message and those below are given up, to be posted anew. */
    List<MessageRef> giveUp(int from) {
        List<Shown> tail = shown.subList(from, shown.size());
        List<MessageRef> left = tail.stream().map(part -> part.message).toList();
        tail.clear();
        return left;
    }
}
