package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.Load;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Reply;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One place: after whatever ended an answer, exactly one more fits. */
@Timeout(30)
class PlacesTest {
    private static final Reply GOOD = Reply.of("甲乙丙").at(Profile.atOnce(1));

    @Test
    void a_question_too_many_is_refused_at_once() {
        try (Lab lab = Lab.saying(GOOD)) {
            ErnieClient client = client(lab);
            try (ErnieStream first = client.open(Collected.request("hello"))) {
                Collected second = Collected.ask(client, "hello");
                assertThat(second.failure())
                        .isInstanceOfSatisfying(
                                RetryLater.class,
                                later -> assertThat(later.retryAfter()).isNull());
                assertThat(second.details().code()).isEqualTo("too_many_open");
                assertThat(lab.waits).isEmpty();
                assertThat(first.iterator().next()).isEqualTo(new ErnieEvent.Text("甲"));
            }
            assertThat(lab.simulator.requests()).isEqualTo(1);
        }
    }

    @Test
    void a_refused_question_frees_its_place() {
        endingWith(
                Reply.failing(new Fault.Status(400, "invalid_argument", "x")),
                client -> assertThat(Collected.ask(client, "hello").thrown()).isNotNull());
    }

    @Test
    void a_cut_answer_frees_its_place() {
        endingWith(
                GOOD.with(new Fault.Cut(1)),
                client -> assertThat(Collected.ask(client, "hello").details().code())
                        .isEqualTo("cut"));
    }

    @Test
    void a_cut_answer_that_nobody_closes_frees_its_place() {
        endingWith(GOOD.with(new Fault.Cut(1)), client -> {
            ErnieStream stream = client.open(Collected.request("hello"));
            assertThatThrownBy(() -> stream.forEach(event -> {})).isInstanceOf(ErnieException.class);
        });
    }

    @Test
    void closing_before_reading_frees_the_place() {
        endingWith(GOOD, client -> {
            ErnieStream stream = client.open(Collected.request("hello"));
            stream.close();
            stream.close();
            assertThat(stream.iterator().hasNext()).isFalse();
        });
    }

    @Test
    void closing_while_another_thread_reads_frees_the_place_once() {
        endingWith(GOOD.with(new Fault.Stall(1)), client -> {
            ErnieStream stream = client.open(Collected.request("hello"));
            AtomicInteger events = new AtomicInteger();
            Thread reader = Thread.ofVirtual().start(() -> stream.forEach(event -> events.incrementAndGet()));
            await().until(() -> events.get() == 1);
            stream.close();
            await().until(() -> !reader.isAlive());
        });
    }

    @Test
    void a_whole_answer_frees_its_place_and_closing_it_afterwards_frees_no_other() {
        endingWith(
                GOOD,
                client -> assertThat(Collected.ask(client, "hello").thrown()).isNull());
    }

    @Test
    void the_last_event_frees_the_place_though_nobody_asks_for_more_nor_closes() {
        endingWith(GOOD, client -> {
            Iterator<ErnieEvent> events =
                    client.open(Collected.request("hello")).iterator();
            while (!(events.next() instanceof ErnieEvent.Finished)) {
                // on to the end
            }
        });
    }

    @Test
    void a_request_that_cannot_be_written_takes_no_place() {
        endingWith(
                GOOD,
                client -> assertThatThrownBy(
                                () -> client.open(Collected.request("x").with(List.of())))
                        .isInstanceOf(IllegalArgumentException.class));
    }

    /** A place too many must fail soon, and not hang in a stall. */
    private static ErnieClient client(Lab lab) {
        return lab.client(lab.simulator
                .settings(Dialect.QIANFAN_V2)
                .load(new Load(1, 0, 0))
                .gapTimeout(Duration.ofSeconds(3))
                .attempts(1));
    }

    private static void endingWith(Reply reply, Consumer<ErnieClient> ending) {
        try (Lab lab = Lab.saying(reply, GOOD.with(new Fault.Stall(1)))) {
            ErnieClient client = client(lab);
            ending.accept(client);
            if (lab.simulator.requests() == 0) {
                Collected.ask(client, "hello");
            }
            try (ErnieStream next = client.open(Collected.request("hello"))) {
                assertThat(next.iterator().next()).isEqualTo(new ErnieEvent.Text("甲"));
                assertThat(Collected.ask(client, "hello").details().code()).isEqualTo("too_many_open");
            }
        }
    }
}
