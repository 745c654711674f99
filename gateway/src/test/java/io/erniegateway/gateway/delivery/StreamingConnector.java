package io.erniegateway.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.Streams;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.UnaryOperator;

/**
 * A platform of a test whose messages take pieces. Strict: a piece for a message that is not open, an edit of one that
 * is, a text that is too long and a stream that lives too long fail the test, unless the test has told it to answer so.
 */
final class StreamingConnector extends ScriptedConnector implements Streams {
    static final int CAP = 200;
    static final Duration LASTS = Duration.ofSeconds(60);

    private final Map<String, Long> open = new LinkedHashMap<>();

    /** What the next appends, stops and edits are answered; empty: what is right. */
    final Queue<EditOutcome> onAppend = new ArrayDeque<>();

    final Queue<EditOutcome> onStop = new ArrayDeque<>();
    final Queue<EditOutcome> onEdit = new ArrayDeque<>();
    final Queue<Refusal> onStart = new ArrayDeque<>();

    /** What becomes of the text of the next scripted append. */
    UnaryOperator<String> whenAppended = text -> text;

    StreamingConnector(Limits limits, VirtualTime time) {
        super(limits, time, Duration.ZERO);
    }

    boolean hasOpen() {
        return !open.isEmpty();
    }

    /** An earlier process has left this message open. */
    void leftOpen(String id, String text) {
        messages.put(id, text);
        open.put(id, time.nanos());
    }

    @Override
    public boolean streamsIn(ChatId chat) {
        return true;
    }

    @Override
    public int maxStreamSize() {
        return CAP;
    }

    @Override
    public Duration streamLasts() {
        return LASTS;
    }

    @Override
    public Rendered streamed(String markdown) {
        return new Rendered(markdown, "stream", markdown.length());
    }

    @Override
    public PostOutcome start(ChatId chat, Rendered text) {
        called("start", text);
        Refusal refusal = onStart.poll();
        if (refusal != null) {
            return refusal;
        }
        assertThat(text.text()).hasSizeLessThanOrEqualTo(CAP).isNotBlank();
        String id = chat.room() + "-" + messages.size();
        messages.put(id, text.text());
        open.put(id, time.nanos());
        return new PostOutcome.Posted(new MessageRef(chat, id));
    }

    @Override
    public EditOutcome append(MessageRef message, String piece) {
        calls.add(time.millis() + " append " + piece);
        return piece(message, piece, onAppend, false);
    }

    @Override
    public EditOutcome stop(MessageRef message, String piece) {
        calls.add(time.millis() + " stop " + piece);
        return piece(message, piece, onStop, true);
    }

    private EditOutcome piece(MessageRef message, String piece, Queue<EditOutcome> scripted, boolean last) {
        EditOutcome told = scripted.poll();
        if (told instanceof EditOutcome.StreamOver) {
            open.remove(message.id());
        }
        boolean acts = told == null || (told instanceof Refusal.Unreachable(String why, boolean acted) && acted);
        if (acts) {
            Long since = open.get(message.id());
            assertThat(since).as("%s takes pieces", message).isNotNull();
            assertThat(Duration.ofNanos(time.nanos() - (since == null ? 0 : since)))
                    .isLessThan(LASTS);
            String whole = messages.get(message.id()) + piece;
            assertThat(whole).hasSizeLessThanOrEqualTo(CAP);
            messages.put(message.id(), whenAppended.apply(whole));
            whenAppended = text -> text;
            if (last) {
                open.remove(message.id());
            }
        }
        return told == null ? new EditOutcome.Applied() : told;
    }

    @Override
    public EditOutcome edit(MessageRef message, Rendered text) {
        EditOutcome told = onEdit.poll();
        if (told != null) {
            called("edit", text);
            return told;
        }
        assertThat(open).as("only a closed message is edited").doesNotContainKey(message.id());
        return super.edit(message, text);
    }
}
