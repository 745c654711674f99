package io.erniegateway.gateway.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.gateway.delivery.Answer;
import io.erniegateway.gateway.delivery.BotDelivery;
import io.erniegateway.gateway.model.Model;
import io.erniegateway.gateway.model.ModelEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an answer is told of its model's silence. The model says a thing when the test does. */
@Timeout(30)
class SilenceTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(40);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Model.Question QUESTION =
            new Model.Question("", List.of(new Model.Turn(true, "hello")), "someone");

    @TempDir
    private Path folder;

    private final Dictated model = new Dictated();
    private Stage stage;
    private Answer answer;

    /** Says what it is given, and nothing else. */
    private static final class Dictated implements Model {
        final BlockingQueue<ModelEvent> events = new LinkedBlockingQueue<>();
        final CompletableFuture<Question> asked = new CompletableFuture<>();
        final CompletableFuture<Boolean> closed = new CompletableFuture<>();

        @Override
        public String name() {
            return "dictated";
        }

        @Override
        public ModelStream ask(Question question) {
            asked.complete(question);
            return new ModelStream() {
                @Override
                public Iterator<ModelEvent> iterator() {
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return true;
                        }

                        @Override
                        public ModelEvent next() {
                            try {
                                return events.take();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException("interrupted", e);
                            }
                        }
                    };
                }

                @Override
                public void close() {
                    closed.complete(true);
                }
            };
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    @BeforeEach
    void begin() {
        stage = new Stage(folder, model);
        answer = stage.delivery.begin(BotDelivery.NO_TURN, Stage.CHAT, List.of(), new Answer.Author() {});
    }

    @AfterEach
    void end() {
        stage.close();
    }

    private CompletableFuture<Ending> run(TurnRunner runner) {
        CompletableFuture<Ending> ending = new CompletableFuture<>();
        Thread unused = Thread.ofVirtual().start(() -> {
            try {
                ending.complete(runner.run(QUESTION, answer));
            } catch (InterruptedException e) {
                ending.completeExceptionally(e);
            }
        });
        return ending;
    }

    private void says(ModelEvent event) {
        model.events.add(event);
    }

    @Test
    void an_answer_that_is_growing_is_told_of_a_silence_and_of_its_end_as_often_as_there_is_one() {
        CompletableFuture<Ending> ending = run(new TurnRunner(model, SHORT, event -> {}));
        says(new ModelEvent.Delta("甲"));
        await().atMost(SOON).until(answer::isStalled);
        assertThat(answer.markdown()).isEqualTo("甲");

        says(new ModelEvent.Delta("乙"));
        await().atMost(SOON).until(() -> answer.markdown().equals("甲乙"));
        await().atMost(SOON).until(answer::isStalled);

        says(new ModelEvent.Complete(ModelEvent.Complete.How.WHOLE));
        assertThat(ending.join()).isEqualTo(Ending.whole());
        assertThat(answer.isStalled()).isFalse();
    }

    @Test
    void a_model_that_goes_on_in_time_is_not_called_silent() {
        CompletableFuture<Ending> ending = run(new TurnRunner(model, LONG, event -> {}));
        says(new ModelEvent.Delta("甲"));
        says(new ModelEvent.Delta("乙"));
        await().atMost(SOON).until(() -> answer.markdown().equals("甲乙"));
        assertThat(answer.isStalled()).isFalse();
        says(new ModelEvent.Complete(ModelEvent.Complete.How.WHOLE));
        assertThat(ending.join()).isEqualTo(Ending.whole());
    }

    @Test
    void a_stop_in_a_silence_ends_it() {
        TurnRunner runner = new TurnRunner(model, SHORT, event -> {});
        CompletableFuture<Ending> ending = run(runner);
        says(new ModelEvent.Delta("甲"));
        await().atMost(SOON).until(answer::isStalled);

        runner.tell(new TurnEvent.Stopped());

        assertThat(ending.join()).isEqualTo(Ending.stopped(true));
        assertThat(answer.isStalled()).isFalse();
        assertThat(model.closed).isCompletedWithValue(true);
    }

    @Test
    void before_the_first_text_there_is_nothing_to_be_told_of() {
        TurnRunner runner = new TurnRunner(model, Duration.ofNanos(1), event -> {});
        CompletableFuture<Ending> ending = run(runner);
        model.asked.join();
        says(new ModelEvent.LastAllowed());
        await().atMost(SOON).until(model.events::isEmpty);
        assertThat(answer.isStalled()).isFalse();
        runner.tell(new TurnEvent.Stopped());
        assertThat(ending.join().name()).isEqualTo("stopped");
    }

    @Test
    void a_turn_that_is_cut_before_it_begins_asks_no_model() {
        TurnRunner runner = new TurnRunner(model, LONG, event -> {});
        runner.tell(new TurnEvent.Stopped());

        assertThat(run(runner).join()).isEqualTo(Ending.stopped(false));
        assertThat(runner.isOver()).isTrue();
        assertThat(model.asked).isNotDone();
    }
}
