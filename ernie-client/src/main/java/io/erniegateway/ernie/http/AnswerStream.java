package io.erniegateway.ernie.http;

import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.request.Question;
import io.erniegateway.ernie.sse.StreamDecoder;
import io.erniegateway.ernie.sse.StreamDecoder.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One question and its answer, over as many attempts as it takes to get the first event.
 *
 * <p>The reader holds {@link #reading} while it works. {@link #close} cancels the call from any thread, and releases the
 * body itself only if nobody is reading; else the reader, woken by the cancellation, does so on its way out.
 */
final class AnswerStream implements ErnieStream {
    /** One packet's worth; a larger buffer would not make a chunk come earlier. */
    private static final int BUFFER_BYTES = 8 * 1024;

    private final Asker asker;
    private final ErnieSettings settings;
    private final Failures failures;
    private final Patience.Course patience;
    private final Sleeper sleeper;
    private final Supplier<StreamDecoder> decoders;
    private final Consumer<AnswerStream> whenOver;

    private final ReentrantLock reading = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean iterated = new AtomicBoolean();
    private final byte[] buffer = new byte[BUFFER_BYTES];

    private volatile @Nullable Call call;
    private volatile String requestId = "";

    // All below belongs to whoever holds the lock.
    private Question question;
    private @Nullable Request asked;
    private @Nullable Response response;
    private StreamDecoder decoder;
    private boolean bytesHaveCome;
    private boolean eventsHaveCome;
    private boolean renewed;
    private boolean shortened;

    AnswerStream(
            Asker asker,
            Question question,
            ErnieSettings settings,
            Failures failures,
            Patience.Course patience,
            Sleeper sleeper,
            Supplier<StreamDecoder> decoders,
            Consumer<AnswerStream> whenOver) {
        this.asker = asker;
        this.question = question;
        this.settings = settings;
        this.failures = failures;
        this.patience = patience;
        this.sleeper = sleeper;
        this.decoders = decoders;
        this.decoder = decoders.get();
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
            throw new ErnieException(failures.lasting(0, "closed", "the client was closed meanwhile", ""));
        }
    }

    @Override
    public Iterator<ErnieEvent> iterator() {
        if (!iterated.compareAndSet(false, true)) {
            throw new IllegalStateException("an answer can be iterated only once");
        }
        return new Events();
    }

    @Override
    public String requestId() {
        return requestId;
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

    private final class Events implements Iterator<ErnieEvent> {
        private @Nullable ErnieEvent upcoming;
        private boolean over;

        @Override
        public boolean hasNext() {
            if (isClosed()) {
                return false;
            }
            if (upcoming == null && !over) {
                // A failure ends the iteration too: asked again, there is nothing more.
                over = true;
                upcoming = read();
                over = upcoming == null;
            }
            return upcoming != null;
        }

        @Override
        public ErnieEvent next() {
            ErnieEvent event = upcoming == null && !hasNext() ? null : upcoming;
            if (event == null) {
                throw new NoSuchElementException("the answer has ended");
            }
            upcoming = null;
            return event;
        }
    }

    private @Nullable ErnieEvent read() {
        reading.lock();
        try {
            ErnieEvent event = nextEvent();
            if (event == null) {
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
            ErnieEvent event = decoder.poll();
            if (event != null) {
                eventsHaveCome = true;
                requestId = decoder.requestId();
                return event;
            }
            switch (decoder.state()) {
                case State.Ended(boolean whole) -> {
                    if (!whole) {
                        cancelCall();
                    }
                    return null;
                }
                case State.Failed(var failure) -> startOver(new ErnieException(failure));
                case State.Running() -> readBytes();
            }
        }
        return null;
    }

    private void readBytes() {
        Response current = response;
        if (current == null) {
            throw new IllegalStateException("reading before connecting");
        }
        Duration patienceNow = bytesHaveCome ? settings.gapTimeout() : settings.firstByteTimeout();
        try {
            int count = current.body().source().read(buffer);
            if (count < 0) {
                decoder.end();
                return;
            }
            if (!bytesHaveCome) {
                bytesHaveCome = true;
                // OkHttp's read time-out was the first byte's until now; this lasts for the rest of this body.
                current.body().source().timeout().timeout(settings.gapTimeout().toMillis(), TimeUnit.MILLISECONDS);
            }
            decoder.feed(buffer, 0, count);
        } catch (IOException e) {
            if (!isClosed()) {
                startOver(asker.breakage().thrown(e, patienceNow, decoder.requestId()));
            }
        }
    }

    /** Another attempt if nothing of an answer has been handed out and the failure may pass; else throws it. */
    private void startOver(ErnieException failed) {
        release();
        if (eventsHaveCome) {
            throw failed;
        }
        waitOrThrow(failed);
        connectWithPatience();
    }

    private void connectWithPatience() {
        while (!isClosed()) {
            try {
                connectOnce();
                return;
            } catch (ErnieException e) {
                if (!isClosed()) {
                    waitOrThrow(e);
                }
            }
        }
    }

    private void connectOnce() {
        asked = null;
        Request signed = asker.question(question.body());
        asked = signed;
        decoder = decoders.get();
        bytesHaveCome = false;
        response = asker.ask(signed, this::begun);
    }

    private void begun(Call started) {
        call = started;
        if (isClosed()) {
            started.cancel();
        }
    }

    private void waitOrThrow(ErnieException failed) {
        Request rejected = asked;
        if (!renewed && rejected != null && Failures.staleToken(failed.failure()) && asker.renew(rejected)) {
            renewed = true;
            return;
        }
        if (!shortened && failed.failure() instanceof ErnieFailure.Shorten) {
            shortened = true;
            Optional<Question> shorter = question.shorter();
            if (shorter.isPresent()) {
                question = shorter.get();
                return;
            }
        }
        Optional<Duration> wait = patience.after(failed);
        if (wait.isEmpty()) {
            throw failed;
        }
        try {
            sleeper.sleep(wait.get(), closed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed;
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void over() {
        release();
        whenOver.accept(this);
    }

    private void cancelCall() {
        Call running = call;
        if (running != null) {
            running.cancel();
        }
    }

    private void release() {
        Response held = response;
        response = null;
        if (held != null) {
            held.close();
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
