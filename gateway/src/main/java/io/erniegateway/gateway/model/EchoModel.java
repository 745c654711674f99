package io.erniegateway.gateway.model;

import java.text.BreakIterator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The teaching models of the original design: they repeat the question, so that everything around a model can be seen
 * to work without one.
 */
public final class EchoModel implements Model {
    /** The pace of {@code echo-stream} in the original design. */
    public static final Duration ONE_CHARACTER = Duration.ofMillis(300);

    private final String name;
    private final Duration gap;

    private EchoModel(String name, Duration gap) {
        this.name = name;
        this.gap = gap;
    }

    /** Answers at once. */
    public static EchoModel whole(String name) {
        return new EchoModel(name, Duration.ZERO);
    }

    /** Answers one character after the other. */
    public static EchoModel streaming(String name, Duration gap) {
        return new EchoModel(name, gap);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ModelStream ask(Question question) {
        return new Stream("你输入: " + question.turns().getLast().text());
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private final class Stream implements ModelStream {
        private final String answer;
        private final CountDownLatch closed = new CountDownLatch(1);

        Stream(String answer) {
            this.answer = answer;
        }

        @Override
        public Iterator<ModelEvent> iterator() {
            Iterator<String> deltas = gap.isZero()
                    ? List.of(answer).iterator()
                    : graphemes(answer).iterator();
            return new Iterator<>() {
                private boolean complete;
                private boolean waited;

                @Override
                public boolean hasNext() {
                    if (!waited && deltas.hasNext()) {
                        waited = true;
                        complete = closedWithin(gap);
                    }
                    return !complete;
                }

                @Override
                public ModelEvent next() {
                    waited = false;
                    if (deltas.hasNext()) {
                        return new ModelEvent.Delta(deltas.next());
                    }
                    complete = true;
                    return new ModelEvent.Complete(ModelEvent.Complete.How.WHOLE);
                }
            };
        }

        private boolean closedWithin(Duration time) {
            try {
                return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private static List<String> graphemes(String text) {
        BreakIterator cuts = BreakIterator.getCharacterInstance(Locale.ROOT);
        cuts.setText(text);
        List<String> graphemes = new ArrayList<>();
        int from = cuts.first();
        for (int to = cuts.next(); to != BreakIterator.DONE; from = to, to = cuts.next()) {
            graphemes.add(text.substring(from, to));
        }
        return graphemes;
    }
}
