package io.erniegateway.gateway.conversation;

import io.erniegateway.gateway.delivery.Answer;
import io.erniegateway.gateway.events.GatewayEvent;
import io.erniegateway.gateway.model.Model;
import io.erniegateway.gateway.model.ModelEvent;
import io.erniegateway.gateway.model.ModelException;
import io.erniegateway.gateway.model.ModelException.Trouble;
import java.time.Duration;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one turn run between a model and an answer.
 *
 * <p>The model is read on a thread of its own, so that a stop is heard at once, even while the model is silent or still
 * being connected to. Whatever changes the state of the turn is handed over to the thread that runs it, one event at a
 * time; text behind text changes nothing, and the reading thread appends it by itself: two threads that wake each other
 * for each piece of an answer would cost more than all else that is done with it.
 */
final class TurnRunner {
    private static final Logger LOG = LoggerFactory.getLogger(TurnRunner.class);

    private final Model model;
    private final Duration signAfter;
    private final Consumer<GatewayEvent> events;
    private final LinkedTransferQueue<TurnEvent> happened = new LinkedTransferQueue<>();
    /** Held by whoever writes into the answer. Nobody who tells of an event needs it. */
    private final ReentrantLock lock = new ReentrantLock();

    private TurnState state = TurnState.first();
    private long heardAt;
    private boolean stalled;
    private volatile boolean over;

    /** @param signAfter how long the model may be silent in the middle of the answer until the answer is told */
    TurnRunner(Model model, Duration signAfter, Consumer<GatewayEvent> events) {
        this.model = model;
        this.signAfter = signAfter;
        this.events = events;
    }

    /** Whether nothing can be cut any more. */
    boolean isOver() {
        return over;
    }

    /** Tells the turn from any thread. Never blocks. */
    void tell(TurnEvent event) {
        happened.put(event);
    }

    /** Asks, and fills the answer until the turn ends. The answer is not yet finished when this returns. */
    Ending run(Model.Question question, Answer answer) throws InterruptedException {
        try {
            // Cut while the history was read: then the model is not asked at all.
            TurnEvent early = happened.poll();
            if (early != null && state.on(early) instanceof TurnState.Ended(Ending ending)) {
                return ending;
            }
            return ask(question, answer);
        } finally {
            over = true;
        }
    }

    private Ending ask(Model.Question question, Answer answer) throws InterruptedException {
        Model.ModelStream stream;
        try {
            stream = model.ask(question);
        } catch (RuntimeException e) {
            LOG.error("model {} cannot be asked", model.name(), e);
            return Ending.failed(Trouble.BROKEN, false);
        }
        Thread reader = Thread.ofVirtual().name("model-" + model.name()).start(() -> read(stream, answer));
        try {
            return listen(answer);
        } finally {
            over = true;
            // The call is cancelled by the one, whatever else the reader waits for is ended by the other.
            stream.close();
            reader.interrupt();
        }
    }

    private Ending listen(Answer answer) throws InterruptedException {
        while (true) {
            TurnEvent event = happened.poll(untilSign(), TimeUnit.NANOSECONDS);
            lock.lock();
            try {
                if (event == null) {
                    signIfSilent(answer);
                } else if (on(event, answer) instanceof TurnState.Ended(Ending ending)) {
                    over = true;
                    return ending;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** While the model is long in going on, the answer is told so. Before any text there is a sign anyway. */
    private long untilSign() {
        lock.lock();
        try {
            return state instanceof TurnState.Answering && !stalled
                    ? Math.max(1, heardAt + signAfter.toNanos() - System.nanoTime())
                    : Long.MAX_VALUE;
        } finally {
            lock.unlock();
        }
    }

    private void signIfSilent(Answer answer) {
        if (System.nanoTime() - heardAt >= signAfter.toNanos()) {
            stalled = true;
            answer.stalled(true);
        }
    }

    private TurnState on(TurnEvent event, Answer answer) {
        if (stalled) {
            stalled = false;
            answer.stalled(false);
        }
        heardAt = System.nanoTime();
        state = state.on(event);
        if (!(state instanceof TurnState.Ended) && event instanceof TurnEvent.Heard(ModelEvent.Delta(String text))) {
            answer.append(text);
        }
        return state;
    }

    /** Text behind text: appended here and now, unless something else has happened that goes first. */
    private boolean goesOn(ModelEvent.Delta delta, Answer answer) {
        lock.lock();
        try {
            if (over || stalled || !(state instanceof TurnState.Answering) || !happened.isEmpty()) {
                return false;
            }
            heardAt = System.nanoTime();
            answer.append(delta.text());
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void read(Model.ModelStream stream, Answer answer) {
        long asked = System.nanoTime();
        boolean started = false;
        try (stream) {
            for (ModelEvent event : stream) {
                if (!started && event instanceof ModelEvent.Delta) {
                    started = true;
                    events.accept(
                            new GatewayEvent.ModelStarted(model.name(), Duration.ofNanos(System.nanoTime() - asked)));
                }
                if (!(event instanceof ModelEvent.Delta delta && goesOn(delta, answer))) {
                    happened.transfer(new TurnEvent.Heard(event));
                }
                if (event instanceof ModelEvent.Complete) {
                    return;
                }
            }
            // Closed by us (then nobody listens any more), or a model that broke its promise to say how it ended.
            tell(new TurnEvent.Failed(Trouble.BUSY));
        } catch (ModelException e) {
            if (over) {
                return;
            }
            LOG.warn("model {} failed: {}", model.name(), e.getMessage());
            events.accept(new GatewayEvent.ModelFailed(model.name(), e.trouble().name(), e.code()));
            tell(new TurnEvent.Failed(e.trouble()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (over) {
                return;
            }
            LOG.error("model {} failed by a bug of ours", model.name(), e);
            tell(new TurnEvent.Failed(Trouble.BROKEN));
        }
    }
}
