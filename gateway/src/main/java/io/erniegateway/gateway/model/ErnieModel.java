package io.erniegateway.gateway.model;

import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.gateway.model.ModelException.Trouble;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** ERNIE, through the client. */
public final class ErnieModel implements Model {
    private final String name;
    private final ErnieClient client;

    /** The client is this model's from now on. */
    public ErnieModel(String name, ErnieClient client) {
        this.name = name;
        this.client = client;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ModelStream ask(Question question) {
        return new Stream(request(question));
    }

    @Override
    public void close() {
        client.close();
    }

    private static ChatRequest request(Question question) {
        List<io.erniegateway.ernie.Turn> turns = question.turns().stream()
                .map(turn -> turn.fromPerson()
                        ? io.erniegateway.ernie.Turn.user(turn.text())
                        : io.erniegateway.ernie.Turn.assistant(turn.text()))
                .toList();
        return new ChatRequest(question.persona(), turns, question.person());
    }

    /** Opens the call when iterated, so that asking never blocks the one who may want to cancel. */
    private final class Stream implements ModelStream {
        private final ChatRequest request;
        private volatile @Nullable ErnieStream stream;
        private volatile boolean closed;

        Stream(ChatRequest request) {
            this.request = request;
        }

        @Override
        public Iterator<ModelEvent> iterator() {
            try {
                return new Events(client.open(request, this::keep).iterator());
            } catch (ErnieException e) {
                if (closed) {
                    return Collections.emptyIterator();
                }
                throw translate(e);
            }
        }

        /** Before anything is sent, so that closing reaches the call wherever it waits. */
        private void keep(ErnieStream begun) {
            stream = begun;
            if (closed) {
                begun.close();
            }
        }

        @Override
        public void close() {
            closed = true;
            ErnieStream toClose = stream;
            if (toClose != null) {
                toClose.close();
            }
        }
    }

    /** The client's events, as far as they matter to a conversation. */
    private static final class Events implements Iterator<ModelEvent> {
        private final Iterator<ErnieEvent> source;
        private @Nullable ModelEvent next;

        Events(Iterator<ErnieEvent> source) {
            this.source = source;
        }

        @Override
        public boolean hasNext() {
            try {
                while (next == null && source.hasNext()) {
                    next = translate(source.next());
                }
                return next != null;
            } catch (ErnieException e) {
                throw translate(e);
            }
        }

        @Override
        public ModelEvent next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            ModelEvent event = next;
            next = null;
            return event;
        }
    }

    private static @Nullable ModelEvent translate(ErnieEvent event) {
        return switch (event) {
            case ErnieEvent.Text(String delta) -> new ModelEvent.Delta(delta);
            case ErnieEvent.Verdict verdict -> translate(verdict);
            case ErnieEvent.Finished(ErnieEvent.Finished.Reason reason) ->
                new ModelEvent.Complete(
                        switch (reason) {
                            case STOP, TOOL_CALLS -> ModelEvent.Complete.How.WHOLE;
                            case LENGTH -> ModelEvent.Complete.How.TOO_LONG;
                            case CONTENT_FILTER -> ModelEvent.Complete.How.FILTERED;
                        });
            case ErnieEvent.Reasoning reasoning -> null;
            case ErnieEvent.Searching searching -> null;
            case ErnieEvent.SearchResults results -> null;
            case ErnieEvent.ToolWanted wanted -> null;
            case ErnieEvent.ToolAnswered answered -> null;
            case ErnieEvent.Switched switched -> null;
            case ErnieEvent.Usage usage -> null;
        };
    }

    private static @Nullable ModelEvent translate(ErnieEvent.Verdict verdict) {
        if (verdict.retract()) {
            return new ModelEvent.Retracted();
        }
        return verdict.clearHistory() ? new ModelEvent.LastAllowed() : null;
    }

    private static ModelException translate(ErnieException e) {
        ErnieFailure failure = e.failure();
        Trouble trouble = switch (failure) {
            case ErnieFailure.RetryLater f -> Trouble.BUSY;
            case ErnieFailure.Shorten f -> Trouble.TOO_LONG;
            case ErnieFailure.ClearHistory f -> Trouble.UNSAFE;
            case ErnieFailure.FixAccess f -> Trouble.BROKEN;
            case ErnieFailure.ChooseAnotherModel f -> Trouble.BROKEN;
            case ErnieFailure.GiveUp f -> Trouble.BROKEN;
        };
        return new ModelException(trouble, failure.details().code(), failure.toString(), e);
    }
}
