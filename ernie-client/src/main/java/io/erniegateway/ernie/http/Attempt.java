package io.erniegateway.ernie.http;

import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.Quota;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.sse.StreamDecoder;
import io.erniegateway.ernie.sse.StreamDecoder.State;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sending a question once, and reading what comes of it. Its owner says when it failed ({@link #failed}), for only the
 * owner knows a failure from a cancellation. Not thread-safe.
 */
final class Attempt {
    /** One packet's worth; a larger buffer would not make a chunk come earlier. */
    private static final int BUFFER_BYTES = 8 * 1024;

    /** What attempts of a client have in common. */
    record Means(
            Asker asker,
            Gate gate,
            ErnieSettings settings,
            Failures failures,
            Ticker ticker,
            Supplier<StreamDecoder> decoders) {}

    private final Means means;
    private final Gate.Pass pass;
    private final byte[] question;
    private final CountDownLatch cancelled;
    private final StreamDecoder decoder;
    private final byte[] buffer = new byte[BUFFER_BYTES];

    private @Nullable Request request;
    private @Nullable Call call;
    private @Nullable Response response;
    private Quota quota = Quota.UNTOLD;
    private boolean bytesHaveCome;
    private boolean eventsHaveCome;

    /**
     * An attempt that is not yet sent.
     *
     * @param pass is closed with the attempt
     * @param cancelled ends the wait for a token; the call itself is cancelled by whoever was told of it
     */
    Attempt(Means means, Gate.Pass pass, byte[] question, CountDownLatch cancelled) {
        this.means = means;
        this.pass = pass;
        this.question = question;
        this.cancelled = cancelled;
        this.decoder = means.decoders().get();
    }

    /**
     * Sends the question.
     *
     * @param begun is told of the call before it blocks, so that it can be cancelled
     * @throws ErnieException if the server has not begun a stream
     */
    void send(Consumer<Call> begun) {
        Request signed = signed();
        request = signed;
        Response stream = means.asker().ask(signed, started -> {
            call = started;
            begun.accept(started);
        });
        response = stream;
        quota = QuotaHeaders.read(stream.headers());
        pass.told(quota);
    }

    /** The next event, or null after the last. */
    @Nullable
    ErnieEvent next() {
        long asked = means.ticker().nanos();
        while (true) {
            ErnieEvent event = decoder.poll();
            if (event != null) {
                handOut(event);
                return event;
            }
            switch (decoder.state()) {
                case State.Ended ended -> {
                    return null;
                }
                case State.Failed(ErnieFailure failure) -> throw new ErnieException(Failures.with(failure, quota));
                case State.Running running -> {
                    refuseSilence(asked);
                    readBytes();
                }
            }
        }
    }

    /** It failed by itself, not by a cancellation. */
    void failed(ErnieFailure failure) {
        if (response == null) {
            // A refusal's own headers; those of a stream were told when it began, and may be minutes old by now.
            pass.told(failure.details().quota());
        }
        pass.failed(failure);
    }

    /** Ends it, wherever it stands; again for nothing. */
    void release() {
        pass.close();
        Response held = response;
        response = null;
        if (held == null) {
            return;
        }
        Call running = call;
        if (running != null && decoder.state() instanceof State.Ended(boolean whole) && !whole) {
            // The server is still sending: closing alone would read on, to use the connection again.
            running.cancel();
        }
        held.close();
    }

    /** What was sent, null if it could not even be signed. */
    @Nullable
    Request request() {
        return request;
    }

    boolean eventsHaveCome() {
        return eventsHaveCome;
    }

    String requestId() {
        return decoder.requestId();
    }

    Quota quota() {
        return quota;
    }

    /** If there is no token to be had, that is no fault of the server that was to be asked. */
    private Request signed() {
        try {
            return means.asker().question(question, cancelled);
        } catch (ErnieException e) {
            pass.notSent();
            throw e;
        }
    }

    private void handOut(ErnieEvent event) {
        if (!eventsHaveCome) {
            eventsHaveCome = true;
            pass.succeeded();
        }
        if (event instanceof Usage usage) {
            pass.used(usage);
        }
    }

    /**
     * The watch over a server that sends bytes but tells nothing; one that sends no bytes is the read time-out's. What
     * the reader of the answer takes for itself between two events does not count.
     */
    private void refuseSilence(long since) {
        Duration silent = Duration.ofNanos(means.ticker().nanos() - since);
        Duration longest = means.settings().eventTimeout();
        if (silent.compareTo(longest) > 0) {
            String text = "bytes but no event for " + longest.toMillis() + " ms (eventTimeout)";
            throw new ErnieException(means.failures().passing("silent", text, decoder.requestId()));
        }
    }

    private void readBytes() {
        Response current = response;
        if (current == null) {
            throw new IllegalStateException("reading before sending");
        }
        Duration gap = means.settings().gapTimeout();
        try {
            int count = current.body().source().read(buffer);
            if (count < 0) {
                decoder.end();
                return;
            }
            if (!bytesHaveCome) {
                bytesHaveCome = true;
                // OkHttp's read time-out was the first byte's until now; this lasts for the rest of this body.
                current.body().source().timeout().timeout(gap.toMillis(), TimeUnit.MILLISECONDS);
            }
            decoder.feed(buffer, 0, count);
        } catch (IOException e) {
            Call running = call;
            if (decoder.endsWhole() && running != null && !running.isCanceled()) {
                decoder.end();
                return;
            }
            Duration allowed = bytesHaveCome ? gap : means.settings().firstByteTimeout();
            throw means.asker().breakage().thrown(e, allowed, decoder.requestId());
        }
    }
}
