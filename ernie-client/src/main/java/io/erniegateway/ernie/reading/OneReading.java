package io.erniegateway.ernie.reading;

import io.erniegateway.ernie.ErnieEvent;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The one iteration over an answer: it may begin once, ends quietly when the answer is closed, and once it has failed. */
public final class OneReading {
    private final BooleanSupplier closed;
    private final Source source;
    private final AtomicBoolean begun = new AtomicBoolean();

    /** Where the events come from. */
    @FunctionalInterface
    public interface Source {
        /** The next event, or null after the last and when closed. */
        @Nullable
        ErnieEvent next();
    }

    public OneReading(BooleanSupplier closed, Source source) {
        this.closed = closed;
        this.source = source;
    }

    /**
     * Begins.
     *
     * @throws IllegalStateException at the second call
     */
    public Iterator<ErnieEvent> begin() {
        if (!begun.compareAndSet(false, true)) {
            throw new IllegalStateException("an answer can be iterated only once");
        }
        return new Events();
    }

    private final class Events implements Iterator<ErnieEvent> {
        private @Nullable ErnieEvent upcoming;
        private boolean over;

        @Override
        public boolean hasNext() {
            if (closed.getAsBoolean()) {
                return false;
            }
            if (upcoming == null && !over) {
                // A failure ends the iteration too: asked again, there is nothing more.
                over = true;
                upcoming = source.next();
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
}
