package io.erniegateway.ernie.tools;

import static io.erniegateway.ernie.tools.ToolBoxTest.call;
import static io.erniegateway.ernie.tools.ToolBoxTest.wanting;
import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.ToolCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closing and interrupting, at every place where an answer can be waiting. */
@Timeout(30)
class ToolCloseTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final ToolCall CALL = call("1", "waits", "{}");

    record Nothing() {}

    private final CountDownLatch entered = new CountDownLatch(2);
    private final List<Thread> functions = new CopyOnWriteArrayList<>();
    private final List<ErnieEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicReference<Throwable> thrown = new AtomicReference<>();

    /** A function that returns only when interrupted. */
    private final Tool waits = Tool.of("waits", "", Nothing.class, nothing -> {
        functions.add(Thread.currentThread());
        entered.countDown();
        new CountDownLatch(1).await();
        return "";
    });

    @Test
    void closing_while_functions_run_interrupts_them_all_and_ends_quietly() throws InterruptedException {
        ToolCall second = call("2", "waits", "{}");
        ScriptedClient client = ScriptedClient.answering(wanting(CALL, second));
        ErnieStream answer = ToolBox.of(waits).open(client, Collected.request("?"));
        Thread reader = reading(answer);
        entered.await();

        answer.close();

        assertEnded(reader);
        assertThat(functions).hasSize(2);
        for (Thread function : functions) {
            assertThat(function.join(SOON)).isTrue();
        }
        assertThat(events).hasSize(2).allMatch(ErnieEvent.ToolWanted.class::isInstance);
        assertThat(client.asked).hasSize(1);
    }

    @Test
    void a_function_that_takes_no_notice_keeps_nobody_waiting() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Tool stubborn = Tool.of("waits", "", Nothing.class, nothing -> {
            functions.add(Thread.currentThread());
            begun.countDown();
            while (release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    // No notice is taken of it.
                }
            }
            return "";
        });
        ErnieStream answer = ToolBox.of(stubborn).open(ScriptedClient.answering(wanting(CALL)), Collected.request("?"));
        Thread reader = reading(answer);
        begun.await();
        answer.close();
        assertEnded(reader);
        release.countDown();
        assertThat(functions.getFirst().join(SOON)).isTrue();
    }

    @Test
    void closing_while_the_model_writes_in_a_later_round_closes_that_call() throws InterruptedException {
        Tool quick = Tool.of("waits", "", Nothing.class, nothing -> "ok");
        ScriptedClient.Answer second = ScriptedClient.stalling(new ErnieEvent.Text("and"));
        ScriptedClient client =
                new ScriptedClient(List.of(() -> new ScriptedClient.Answer(wanting(CALL), false), () -> second));
        ErnieStream answer = ToolBox.of(quick).open(client, Collected.request("?"));
        Thread reader = reading(answer);
        second.stalled.await();

        answer.close();

        assertEnded(reader);
        assertThat(second.closed.getCount()).isZero();
        assertThat(events).last().isEqualTo(new ErnieEvent.Text("and"));
    }

    @Test
    void closing_while_a_later_round_is_being_opened_interrupts_it() throws InterruptedException {
        Tool quick = Tool.of("waits", "", Nothing.class, nothing -> "ok");
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch readerHasLeft = new CountDownLatch(1);
        ScriptedClient client =
                new ScriptedClient(List.of(() -> new ScriptedClient.Answer(wanting(CALL), false), () -> {
                    opening.countDown();
                    try {
                        new CountDownLatch(1).await();
                        throw new AssertionError("nobody opens this latch");
                    } catch (InterruptedException e) {
                        // As if the server's answer had come at the same moment, and nobody were there any more.
                        return afterwards(readerHasLeft);
                    }
                }));
        ErnieStream answer = ToolBox.of(quick).open(client, Collected.request("?"));
        Thread reader = reading(answer);
        opening.await();

        answer.close();

        assertEnded(reader);
        readerHasLeft.countDown();
        assertThat(client.openers.getLast().join(SOON)).isTrue();
        assertThat(client.opened).hasSize(2);
        assertThat(client.opened).allMatch(stream -> stream.closed.getCount() == 0);
    }

    @Test
    void interrupting_the_reader_ends_the_functions_and_is_a_failure_that_keeps_the_flag() throws InterruptedException {
        entered.countDown();
        AtomicReference<Boolean> flag = new AtomicReference<>(false);
        ErnieStream answer = ToolBox.of(waits).open(ScriptedClient.answering(wanting(CALL)), Collected.request("?"));
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                answer.forEach(events::add);
            } catch (ErnieException e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        entered.await();

        reader.interrupt();

        assertThat(reader.join(SOON)).isTrue();
        assertThat(thrown.get())
                .isInstanceOfSatisfying(
                        ErnieException.class,
                        e -> assertThat(e.failure().details().code()).isEqualTo("interrupted"));
        assertThat(flag.get()).isTrue();
        assertThat(functions.getFirst().join(SOON)).isTrue();
    }

    @Test
    void leaving_the_loop_early_closes_the_model_call() {
        ScriptedClient client = ScriptedClient.answering(wanting(CALL));
        try (ErnieStream answer = ToolBox.of(waits).open(client, Collected.request("?"))) {
            assertThat(answer.iterator().next()).isEqualTo(new ErnieEvent.ToolWanted(CALL));
        }
        assertThat(client.opened.getFirst().closed.getCount()).isZero();
        assertThat(functions).isEmpty();
    }

    private static ScriptedClient.Answer afterwards(CountDownLatch latch) {
        try {
            latch.await();
            return ScriptedClient.stalling();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted twice", e);
        }
    }

    private Thread reading(ErnieStream answer) {
        return Thread.ofVirtual()
                .uncaughtExceptionHandler((thread, e) -> thrown.set(e))
                .start(() -> answer.forEach(events::add));
    }

    private void assertEnded(Thread reader) throws InterruptedException {
        assertThat(reader.join(SOON)).isTrue();
        assertThat(thrown).hasNullValue();
        assertThat(events).noneMatch(ErnieEvent.Finished.class::isInstance);
    }
}
