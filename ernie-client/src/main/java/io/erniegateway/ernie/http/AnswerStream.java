package io.erniegateway.ernie.http;

import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.Quota;
import io.erniegateway.ernie.reading.OneReading;
import io.erniegateway.ernie.request.Question;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * One question and its answer, over as many attempts as it takes to get the first event.
 *
 * <p>The reader holds {@link #reading} while it works. {@link #close} cancels the call from any thread, and releases the
 * body itself only if nobody is reading; else the reader, woken by the cancellation, does so on its way out.
 */
final class AnswerStream implements ErnieStream {
    private final Attempt.Means means;
    private final Consumer<AnswerStream> whenOver;

    private final ReentrantLock reading = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Attempts attempts;
    private final OneReading events = new OneReading(this::isClosed, this::read);

    private volatile @Nullable Call call;
    private volatile String requestId = "";
    private volatile Quota quota = Quota.UNTOLD;

    // All below belongs to whoever holds the lock.
    private Question question;
    private @Nullable Attempt attempt;
    private boolean shortened;

    /** @param whenOver may be called more than once */
    AnswerStream(
            Attempt.Means means,
            Question question,
            Patience.Course patience,
            Sleeper sleeper,
            Consumer<AnswerStream> whenOver) {
        this.means = means;
        this.question = question;
        this.attempts = new Attempts(means.asker(), patience, sleeper, closed);
        this.whenOver = whenOver;
    }

    /**
     * Returns once the server has begun a stream.
     *
     * @throws ErnieException if it has not, and no patience is left
     */
    void connect() {
        reading.lock();
        try {
            connectWithPatience();
        } finally {
            leave();
        }
        if (isClosed()) {
            throw new ErnieException(means.failures().lasting(0, "closed", "closed before the answer began", ""));
        }
    }

    @Override
    public Iterator<ErnieEvent> iterator() {
        return events.begin();
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public Quota quota() {
        return quota;
    }

    @Override
    public void close() {
        closed.countDown();
        Call running = call;
        if (running != null) {
            running.cancel();
        }
        releaseIfNobodyReads();
        whenOver.accept(this);
    }

    private @Nullable ErnieEvent read() {
        reading.lock();
        try {
            ErnieEvent event = nextEvent();
            // Whoever has seen the last event need not ask for another, nor close, to free what the answer held.
            if (event == null || event instanceof ErnieEvent.Finished) {
                over();
            }
            return event;
        } catch (RuntimeException e) {
            over();
            throw e;
        } finally {
            leave();
        }
    }

    /** Null at the end of the answer, or when closed. */
    private @Nullable ErnieEvent nextEvent() {
        while (!isClosed()) {
            Attempt current = attempt;
            if (current == null) {
                throw new IllegalStateException("reading before connecting");
            }
            try {
                ErnieEvent event = current.next();
                requestId = current.requestId();
                return event;
            } catch (ErnieException failed) {
                startOver(current, failed);
            }
        }
        return null;
    }

    /** Another attempt if nothing of an answer has been handed out and the failure may pass; else throws it. */
    private void startOver(Attempt broken, ErnieException failed) {
        if (isClosed()) {
            broken.release();
            return;
        }
        broken.failed(failed.failure());
        broken.release();
        if (broken.eventsHaveCome()) {
            throw failed;
        }
        again(broken, failed);
        connectWithPatience();
    }

    private void connectWithPatience() {
        while (!isClosed()) {
            Attempt next = admitted();
            if (next == null) {
                return;
            }
            try {
                next.send(this::begun);
                quota = next.quota();
                return;
            } catch (ErnieException e) {
                if (!isClosed()) {
                    next.failed(e.failure());
                    next.release();
                    again(next, e);
                }
            }
        }
    }

    /** What the gate refuses is not tried again: it has waited already. Null if closed meanwhile. */
    private @Nullable Attempt admitted() {
        try {
            Gate.Pass pass = means.gate().enter(means.settings().model(), question.tokens(), closed);
            attempt = new Attempt(means, pass, question.body(), closed);
            return attempt;
        } catch (ErnieException refused) {
            if (isClosed()) {
                return null;
            }
            throw refused;
        }
    }

    private void begun(Call started) {
        call = started;
        if (isClosed()) {
            started.cancel();
        }
    }

    private void again(Attempt broken, ErnieException failed) {
        if (!shortened && failed.failure() instanceof ErnieFailure.Shorten) {
            shortened = true;
            Optional<Question> shorter = question.shorter();
            if (shorter.isPresent()) {
                question = shorter.get();
                return;
            }
        }
        attempts.another(failed, broken.request());
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void over() {
        release();
        whenOver.accept(this);
    }

    private void release() {
        Attempt held = attempt;
        if (held != null) {
            held.release();
        }
    }

    private void leave() {
        reading.unlock();
        if (isClosed()) {
            releaseIfNobodyReads();
        }
    }

    private void releaseIfNobodyReads() {
        if (reading.tryLock()) {
            try {
                release();
            } finally {
                reading.unlock();
            }
        }
    }
}
