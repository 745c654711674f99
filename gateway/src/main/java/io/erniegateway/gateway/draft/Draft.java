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
    private final Function<String, Rendered> render;
    private final int maxSize;
    private final Splitter splitter;
    private final StringBuilder markdown = new StringBuilder();
    private final List<Rendered> closed = new ArrayList<>();
    /** Markdown to repeat at the head of the open part, such as the opening line of a fence that was cut. */
    private String carry = "";

    private int openFrom;
    private boolean finished;
    private long version;

    /**
     * An empty answer.
     *
     * @param render the platform's renderer, pure
     * @param maxSize the largest {@link Rendered#size()} of a part
     */
    public Draft(Function<String, Rendered> render, int maxSize) {
        this.render = render;
        this.maxSize = maxSize;
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
        version++;
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
        if (!open.isBlank()) {
            parts.add(open);
        }
        return parts;
    }

    /** Closes parts until the rest fits, and gives the rest in its showable form. */
    private Rendered openPart() {
        while (true) {
            String open = carry + markdown.substring(openFrom);
            Splitter.Cut cut = splitter.cut(open, carry.length());
            if (cut.isWhole()) {
                return finished ? render.apply(open) : live(open);
            }
            Rendered part = render.apply(cut.head());
            if (!part.isBlank()) {
                closed.add(part);
            }
            openFrom += cut.end() - carry.length();
            carry = cut.carry();
        }
    }

    /** What closes open markup may be just too much for a part that is nearly full; then it is shown as it stands. */
    private Rendered live(String open) {
        Rendered showable = render.apply(LiveMarkdown.showable(open));
        return showable.size() <= maxSize ? showable : render.apply(open);
    }
}
