package io.erniegateway.ernie.tools;

import io.erniegateway.ernie.ChatAnswer;
import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.EmbeddingRequest;
import io.erniegateway.ernie.Embeddings;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.ModelInfo;
import io.erniegateway.ernie.Quota;
import io.erniegateway.ernie.Ranking;
import io.erniegateway.ernie.RerankRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A client whose model calls are written down beforehand, one after the other. */
final class ScriptedClient implements ErnieClient {
    final List<ChatRequest> asked = new CopyOnWriteArrayList<>();
    final List<Thread> openers = new CopyOnWriteArrayList<>();
    final List<Answer> opened = new CopyOnWriteArrayList<>();

    private final Iterator<Supplier<Answer>> rounds;

    ScriptedClient(List<Supplier<Answer>> rounds) {
        this.rounds = new ArrayList<>(rounds).iterator();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    static ScriptedClient answering(List<ErnieEvent>... rounds) {
        List<Supplier<Answer>> all = new ArrayList<>();
        for (List<ErnieEvent> events : rounds) {
            all.add(() -> new Answer(events, false));
        }
        return new ScriptedClient(all);
    }

    /** A call that tells these events, and then nothing until it is closed. */
    static Answer stalling(ErnieEvent... events) {
        return new Answer(List.of(events), true);
    }

    @Override
    public ErnieStream open(ChatRequest request, Consumer<? super ErnieStream> begun) {
        asked.add(request);
        openers.add(Thread.currentThread());
        Answer answer = rounds.next().get();
        opened.add(answer);
        begun.accept(answer);
        return answer;
    }

    @Override
    public ChatAnswer chat(ChatRequest request) {
        throw streamsOnly();
    }

    @Override
    public Embeddings embed(EmbeddingRequest request) {
        throw streamsOnly();
    }

    @Override
    public Ranking rerank(RerankRequest request) {
        throw streamsOnly();
    }

    @Override
    public int countTokens(String model, String text) {
        throw streamsOnly();
    }

    @Override
    public List<ModelInfo> models() {
        throw streamsOnly();
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private static AssertionError streamsOnly() {
        return new AssertionError("functions are called between streams only");
    }

    static final class Answer implements ErnieStream {
        final CountDownLatch closed = new CountDownLatch(1);
        final CountDownLatch stalled = new CountDownLatch(1);

        private final Iterator<ErnieEvent> events;
        private final boolean stalls;

        Answer(List<ErnieEvent> events, boolean stalls) {
            this.events = events.iterator();
            this.stalls = stalls;
        }

        @Override
        public Quota quota() {
            return Quota.UNTOLD;
        }

        @Override
        public String requestId() {
            return "as-" + System.identityHashCode(this);
        }

        @Override
        public void close() {
            closed.countDown();
        }

        @Override
        public Iterator<ErnieEvent> iterator() {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    if (events.hasNext() || !stalls) {
                        return closed.getCount() > 0 && events.hasNext();
                    }
                    stalled.countDown();
                    try {
                        closed.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError("nobody interrupts the reader of a stream to end it", e);
                    }
                    return false;
                }

                @Override
                public ErnieEvent next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    return events.next();
                }
            };
        }
    }
}
