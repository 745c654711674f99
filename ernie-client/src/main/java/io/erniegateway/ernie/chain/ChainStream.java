package io.erniegateway.ernie.chain;

import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieEvent.Switched;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure.Details;
import io.erniegateway.ernie.ErnieFailure.GiveUp;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.Quota;
import io.erniegateway.ernie.chain.FallbackChain.Link;
import io.erniegateway.ernie.reading.OneReading;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One answer, over as many links as it takes. One thread reads; any may close. */
final class ChainStream implements ErnieStream {
    private final Walk walk;
    private final ChatRequest request;
    private final Consumer<ChainStream> whenOver;

    private volatile boolean closed;
    private final OneReading reading = new OneReading(() -> closed, this::read);
    private volatile @Nullable ErnieStream current;

    // All below belongs to the reader.
    private final Queue<Switched> switches = new ArrayDeque<>();
    private Iterator<ErnieEvent> events = Collections.emptyIterator();
    private boolean committed;

    ChainStream(List<Link> links, ChatRequest request, Consumer<ChainStream> whenOver) {
        this.walk = new Walk(links);
        this.request = request;
        this.whenOver = whenOver;
    }

    /**
     * Returns once a link has begun a stream.
     *
     * @throws ErnieException if none has, or this was closed meanwhile
     */
    void connect() {
        ask();
        if (closed) {
            throw new ErnieException(new GiveUp(new Details(0, "closed", "closed before the answer began", "")));
        }
    }

    @Override
    public Iterator<ErnieEvent> iterator() {
        return reading.begin();
    }

    /** The present link's. */
    @Override
    public String requestId() {
        ErnieStream stream = current;
        return stream == null ? "" : stream.requestId();
    }

    /** The present link's. */
    @Override
    public Quota quota() {
        ErnieStream stream = current;
        return stream == null ? Quota.UNTOLD : stream.quota();
    }

    @Override
    public void close() {
        closed = true;
        over();
    }

    private @Nullable ErnieEvent read() {
        try {
            ErnieEvent event = nextEvent();
            if (event == null || event instanceof ErnieEvent.Finished) {
                over();
            }
            return event;
        } catch (RuntimeException e) {
            over();
            if (closed) {
                return null;
            }
            throw e;
        }
    }

    /** Null at the end of the answer, or when closed. */
    private @Nullable ErnieEvent nextEvent() {
        while (!closed) {
            Switched switched = switches.poll();
            if (switched != null) {
                return switched;
            }
            try {
                if (!events.hasNext()) {
                    return null;
                }
                ErnieEvent event = events.next();
                committed |= Switching.commits(event);
                return event;
            } catch (ErnieException failed) {
                over(current);
                switches.add(walk.goOn(failed, committed));
                ask();
            }
        }
        return null;
    }

    /** Asks the link whose turn it is, and those after it, until one begins to answer. */
    private void ask() {
        while (!closed) {
            try {
                events = walk.link().client().open(request, this::take).iterator();
                return;
            } catch (ErnieException failed) {
                switches.add(walk.goOn(failed, committed));
            } catch (IllegalArgumentException unfit) {
                switches.add(walk.goOn(unfit));
            }
        }
    }

    /** Before the link has begun, so that closing reaches it. */
    private void take(ErnieStream stream) {
        current = stream;
        if (closed) {
            stream.close();
        }
    }

    private void over() {
        over(current);
        whenOver.accept(this);
    }

    private static void over(@Nullable ErnieStream stream) {
        if (stream != null) {
            stream.close();
        }
    }
}
