package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class CancelTest {
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Reply STALLING = Reply.of("甲乙丙").at(Profile.atOnce(1)).with(new Fault.Stall(2));

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void closing_from_another_thread_ends_the_iteration_quietly_and_the_server_sees_it(Dialect dialect)
            throws InterruptedException {
        try (Lab lab = Lab.saying(STALLING)) {
            ErnieStream stream = lab.client(dialect).open(Collected.request("hello"));
            List<ErnieEvent> events = new CopyOnWriteArrayList<>();
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread reader = Thread.ofVirtual()
                    .uncaughtExceptionHandler((thread, e) -> thrown.set(e))
                    .start(() -> stream.forEach(events::add));
            await().atMost(SOON).until(() -> events.size() == 2);
            assertThat(lab.simulator.openStreams()).isEqualTo(1);

            stream.close();

            assertThat(reader.join(SOON)).isTrue();
            assertThat(thrown).hasNullValue();
            assertThat(events).noneMatch(ErnieEvent.Finished.class::isInstance);
            await().atMost(SOON).until(() -> lab.simulator.cancelledStreams() == 1);
            assertThat(lab.simulator.openStreams()).isZero();
        }
    }

    @Test
    void closing_without_reading_cancels_too() {
        try (Lab lab = Lab.saying(STALLING)) {
            ErnieStream stream = lab.client(Dialect.QIANFAN_V2).open(Collected.request("hello"));
            stream.close();
            stream.close();
            await().atMost(SOON).until(() -> lab.simulator.cancelledStreams() == 1);
            assertThat(stream.iterator().hasNext()).isFalse();
        }
    }

    @Test
    void leaving_the_loop_early_cancels() {
        try (Lab lab = Lab.saying(STALLING)) {
            try (ErnieStream stream = lab.client(Dialect.QIANFAN_V2).open(Collected.request("hello"))) {
                assertThat(stream.iterator().next()).isEqualTo(new ErnieEvent.Text("甲"));
            }
            await().atMost(SOON).until(() -> lab.simulator.cancelledStreams() == 1);
        }
    }

    @Test
    void closing_the_client_ends_all_its_streams_and_refuses_new_ones() throws InterruptedException {
        try (Lab lab = Lab.saying(STALLING)) {
            ErnieClient client = lab.client(Dialect.QIANFAN_V2);
            ErnieStream stream = client.open(Collected.request("hello"));
            Thread reader = Thread.ofVirtual().start(() -> stream.forEach(event -> {}));
            client.close();
            assertThat(reader.join(SOON)).isTrue();
            await().atMost(SOON).until(() -> lab.simulator.openStreams() == 0);
            assertThatThrownBy(() -> client.open(Collected.request("hello"))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void closing_the_client_ends_an_open_that_waits_for_the_server() throws InterruptedException {
        try (Lab lab = Lab.saying(Reply.of("甲").with(new Fault.Stall(0)))) {
            ErnieClient client = lab.client(Dialect.QIANFAN_V2);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread opener = Thread.ofVirtual()
                    .uncaughtExceptionHandler((thread, e) -> thrown.set(e))
                    .start(() -> client.open(Collected.request("hello")).close());
            await().atMost(SOON).until(() -> lab.simulator.openStreams() == 1);
            client.close();
            assertThat(opener.join(SOON)).isTrue();
            assertThat(thrown.get()).isInstanceOf(ErnieException.class);
            assertThat(((ErnieException) thrown.get()).failure().details().code())
                    .isEqualTo("closed");
        }
    }

    @Test
    void interrupting_the_reader_is_a_failure_of_its_own_and_keeps_the_flag() throws InterruptedException {
        try (Lab lab = Lab.saying(STALLING)) {
            CountDownLatch done = new CountDownLatch(1);
            AtomicReference<String> outcome = new AtomicReference<>();
            Thread reader = Thread.ofVirtual().start(() -> {
                Collected answer = Collected.ask(lab.client(Dialect.QIANFAN_V2), "hello");
                outcome.set(answer.details().code() + Thread.currentThread().isInterrupted());
                done.countDown();
            });
            await().atMost(SOON).until(() -> lab.simulator.openStreams() == 1);
            reader.interrupt();
            done.await();
            assertThat(outcome).hasValue("interruptedtrue");
            await().atMost(SOON).until(() -> lab.simulator.openStreams() == 0);
        }
    }

    @Test
    void closing_ends_a_wait_between_two_attempts() throws InterruptedException {
        Reply busy = Reply.failing(new Fault.ErrorLine(0, "internal_error", "busy"));
        try (Lab lab = Lab.saying(busy)) {
            CountDownLatch waiting = new CountDownLatch(1);
            Sleeper sleeper = (duration, cancelled) -> {
                waiting.countDown();
                cancelled.await();
            };
            try (ErnieClient client = new HttpErnieClient(
                    lab.simulator.settings(Dialect.QIANFAN_V2).build(),
                    InstantSource.system(),
                    sleeper,
                    new Random(1))) {
                ErnieStream stream = client.open(Collected.request("hello"));
                Thread reader = Thread.ofVirtual().start(() -> stream.forEach(event -> {}));
                waiting.await();
                stream.close();
                assertThat(reader.join(SOON)).isTrue();
                assertThat(lab.simulator.requests()).isEqualTo(1);
            }
        }
    }
}
