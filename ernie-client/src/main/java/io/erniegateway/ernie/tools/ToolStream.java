package io.erniegateway.ernie.tools;

import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieEvent.Finished;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.ToolAnswered;
import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.Quota;
import io.erniegateway.ernie.ToolChoice;
import io.erniegateway.ernie.Turn;
import io.erniegateway.ernie.reading.OneReading;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** An answer over as many model calls as it takes. All fields but the volatile ones belong to the reader. */
final class ToolStream implements ErnieStream {
    private final ErnieClient client;
    private final ToolLimits limits;
    private final Threads threads = new Threads();
    private final Calls calls;

    private volatile ErnieStream current;
    private volatile boolean closed;
    private final OneReading events = new OneReading(() -> closed, this::read);

    private ChatRequest request;
    private Phase phase;
    private int round = 1;
    private @Nullable Usage used;

    private ToolStream(
            ErnieClient client, ChatRequest request, Map<String, Tool> tools, ToolLimits limits, ErnieStream first) {
        this.client = client;
        this.request = request;
        this.limits = limits;
        this.calls = new Calls(tools, limits, threads);
        this.current = first;
        this.phase = new Phase.Listening(new Round(first));
    }

    private sealed interface Phase {
        /** The model is writing. */
        record Listening(Round round) implements Phase {}

        /** Its functions are running. */
        record Calling(Round round, Iterator<Calls.Pending> pending, List<Turn> results) implements Phase {}

        /** The last events. */
        record Ending(Deque<ErnieEvent> events) implements Phase {}
    }

    /** Asks for the first time; see {@link ToolBox#open}. */
    static ErnieStream open(ErnieClient client, ChatRequest request, Map<String, Tool> tools, ToolLimits limits) {
        return new ToolStream(client, request, tools, limits, client.open(request));
    }

    @Override
    public Iterator<ErnieEvent> iterator() {
        return events.begin();
    }

    /** Of the round that is being read; the others' are told to nobody. */
    @Override
    public String requestId() {
        return current.requestId();
    }

    /** Of the round that is being read. */
    @Override
    public Quota quota() {
        return current.quota();
    }

    @Override
    public void close() {
        closed = true;
        threads.close();
        current.close();
    }

    /** Null at the end; whatever ends it, nothing is left running. */
    private @Nullable ErnieEvent read() {
        ErnieEvent event = null;
        try {
            event = nextEvent();
        } catch (CancellationException e) {
            // Closed while waiting for a function or a model call: a quiet end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ErnieException(new ErnieFailure.GiveUp(new ErnieFailure.Details(
                    0, "interrupted", "the waiting thread was interrupted", current.requestId())));
        } finally {
            if (event == null) {
                close();
            }
        }
        return event;
    }

    private @Nullable ErnieEvent nextEvent() throws InterruptedException {
        while (!closed) {
            switch (phase) {
                case Phase.Listening(Round listened) -> {
                    ErnieEvent event = listened.next();
                    if (event != null) {
                        return event;
                    }
                    current.close();
                    phase = after(listened);
                }
                case Phase.Calling calling -> {
                    if (calling.pending().hasNext()) {
                        return answered(calling);
                    }
                    phase = new Phase.Listening(nextRound(calling));
                }
                case Phase.Ending(Deque<ErnieEvent> events) -> {
                    return events.poll();
                }
            }
        }
        return null;
    }

    private Phase after(Round ended) {
        ended.usage().ifPresent(usage -> used = used == null ? usage : used.plus(usage));
        if (ended.wantsCalls() && round < limits.rounds()) {
            return new Phase.Calling(ended, calls.start(ended.calls()).iterator(), new ArrayList<>());
        }
        Deque<ErnieEvent> last = new ArrayDeque<>();
        Optional<Reason> reason = ended.reason();
        if (reason.isPresent()) {
            if (used != null) {
                last.add(used);
            }
            last.add(new Finished(reason.get()));
        }
        return new Phase.Ending(last);
    }

    private ErnieEvent answered(Phase.Calling calling) throws InterruptedException {
        ToolAnswered answered = calls.result(calling.pending().next());
        calling.results().add(new Turn.ToolResult(answered.call(), answered.result()));
        return answered;
    }

    private Round nextRound(Phase.Calling done) throws InterruptedException {
        List<Turn> turns = new ArrayList<>(request.turns());
        turns.add(done.round().said());
        turns.addAll(done.results());
        round++;
        request = request.with(turns).with(request.tools(), choice());
        return new Round(opened(request));
    }

    /** Required again and again, the model could never answer; in the last round it has to. */
    private ToolChoice choice() {
        boolean none = round == limits.rounds() || request.toolChoice() instanceof ToolChoice.None;
        return none ? new ToolChoice.None() : new ToolChoice.Auto();
    }

    /** On a thread of its own, for a close from elsewhere can end it only by an interrupt. */
    private ErnieStream opened(ChatRequest next) throws InterruptedException {
        Future<ErnieStream> opening = threads.start("open", () -> adopted(client.open(next)));
        try {
            return opening.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ErnieException failed -> throw new ErnieException(failed.failure(), failed);
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> throw new IllegalStateException("opening threw what it does not declare", e);
            }
        }
    }

    private ErnieStream adopted(ErnieStream opened) {
        current = opened;
        if (closed) {
            opened.close();
        }
        return opened;
    }
}
