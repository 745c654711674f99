package io.erniegateway.ernie.chain;

import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure.Details;
import io.erniegateway.ernie.ErnieFailure.GiveUp;
import io.erniegateway.ernie.ErnieStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Opens a stream on a thread of its own: {@code open} can be interrupted, but the reader's thread is not ours to
 * interrupt. A stream that comes too late is closed.
 */
final class Opening extends FutureTask<ErnieStream> {

    Opening(Callable<ErnieStream> open) {
        super(open);
    }

    void start() {
        Thread.ofVirtual().name("ernie-chain").start(this);
    }

    void cancel() {
        cancel(true);
    }

    /** The stream, or null if it was cancelled. */
    @Nullable
    ErnieStream await() {
        try {
            return get();
        } catch (CancellationException e) {
            return null;
        } catch (InterruptedException e) {
            if (!cancel(true) && state() == State.SUCCESS) {
                resultNow().close();
            }
            Thread.currentThread().interrupt();
            throw new ErnieException(
                    new GiveUp(new Details(0, "interrupted", "the waiting thread was interrupted", "")));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
    }

    @Override
    protected void set(ErnieStream stream) {
        super.set(stream);
        if (isCancelled()) {
            stream.close();
        }
    }
}
