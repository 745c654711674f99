package io.erniegateway.gateway.draft;

import io.erniegateway.connectors.Rendered;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * An answer that grows. Not thread-safe.
 *
 * <p>It is shown in parts, each within the platform's size. All but the last are closed: what they show does not change
 * any more, except by {@link #replace}.
 */
public final class Draft {
    /** Markdown of so many times a part's size hardly ever fits: it is not rendered to find that out. */
    private static final int MUCH_TOO_LONG = 4;

    private final Function<String, Rendered> render;
    private final int maxSize;
    private final boolean lasting;
    private final Splitter splitter;
    private final StringBuilder markdown = new StringBuilder();
    private final List<Rendered> closed = new ArrayList<>();
    /** Markdown to repeat at the head of the open part, such as the opening line of a fence that was cut. */
    private String carry = "";

    private int openFrom;
    /** So much of the open part, its carry included, has been shown and cannot be taken back. */
    private int pinned;

    private boolean finished;
    private long version;

    /**
     * An empty answer.
     *
     * @param render the platform's renderer, pure
     * @param maxSize the largest {@link Rendered#size()} of a part
     * @param lasting whether what was shown stays as it is: then the open part is shown as it stands, without the closing
     *     of half-written markup, and it only grows
     */
    public Draft(Function<String, Rendered> render, int maxSize, boolean lasting) {
        this.render = render;
        this.maxSize = maxSize;
        this.lasting = lasting;
        this.splitter = new Splitter(text -> render.apply(text).size() <= maxSize);
    }

    public void append(String delta) {
        if (finished) {
            throw new IllegalStateException("the answer is finished");
        }
        markdown.append(delta);
        version++;
    }

    /** Takes back all that was said and says this instead. */
    public void replace(String whole) {
        markdown.setLength(0);
        markdown.append(whole);
        closed.clear();
        carry = "";
        openFrom = 0;
        pinned = 0;
        version++;
    }

    /** So much of this part is shown for good: it is not cut before that. */
    public void pin(int part, int length) {
        if (part == closed.size()) {
            pinned = Math.max(pinned, length);
        }
    }

    /** Closes the open part where it is pinned, if it is; the rest begins a new one. */
    public void closeAtPin() {
        if (pinned > carry.length()) {
            close(splitter.at(open(), pinned));
            version++;
        }
    }

    /** How long the open part is, in UTF-16 units of Markdown, its carry included. */
    public int openLength() {
        return carry.length() + markdown.length() - openFrom;
    }

    /** How many parts are closed. */
    public int closedParts() {
        return closed.size();
    }

    private String open() {
        return carry + markdown.substring(openFrom);
    }

    /** No more text comes: nothing is held back from now on. */
    public void finish() {
        if (!finished) {
            finished = true;
            version++;
        }
    }

    public boolean isFinished() {
        return finished;
    }

    /** Changes whenever {@link #parts} may show something else. */
    public long version() {
        return version;
    }

    /** All the text so far, as the model wrote it. */
    public String markdown() {
        return markdown.toString();
    }

    /** How much text there is so far, in UTF-16 units. */
    public int length() {
        return markdown.length();
    }

    /** What there is to show now, in order; empty while there is nothing to see. */
    public List<Rendered> parts() {
        Rendered open = openPart();
        List<Rendered> parts = new ArrayList<>(closed);
        // A head alone, such as the opening line of a fence, waits for what it is the head of.
        if (!open.isBlank() && openLength() > carry.length()) {
            parts.add(open);
        }
        return parts;
    }

    /**
     * Closes parts until the rest fits, and gives the rest in its showable form. Rendering is what an edit costs, so what
     * fits, as nearly all does, is rendered once.
     */
    private Rendered openPart() {
        while (true) {
            String open = open();
            boolean mayFit = open.length() <= MUCH_TOO_LONG * maxSize && !needsRoomToClose(open);
            if (mayFit) {
                Rendered shown = showable(open);
                if (shown.size() <= maxSize) {
                    return shown;
                }
            }
            // A cut right at the pin is a step forward; right behind the carry it is none.
            Splitter.Cut cut = splitter.cut(open, Math.max(carry.length(), pinned - 1));
            if (cut.isWhole()) {
                Rendered whole = showable(open);
                // What closes open markup may be just too much for a part that is nearly full: it is shown as it
                // stands.
                return whole.size() <= maxSize ? whole : render.apply(open);
            }
            close(cut);
        }
    }

    private Rendered showable(String open) {
        return render.apply(finished || lasting ? open : LiveMarkdown.showable(open));
    }

    /** What is shown for good in an open fence may have to be cut there, and then the fence has to be closed. */
    private boolean needsRoomToClose(String open) {
        return lasting && !finished && Fences.in(open, open.length()).open() != null;
    }

    private void close(Splitter.Cut cut) {
        Rendered part = render.apply(cut.head());
        if (!part.isBlank()) {
            closed.add(part);
        }
        openFrom += cut.end() - carry.length();
        carry = cut.carry();
        pinned = 0;
    }
}
