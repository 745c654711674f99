package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.Load;
import io.erniegateway.ernie.Quota;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.Script;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class LimitTest {
    private static final Reply GOOD = Reply.of("甲乙丙丁").at(Profile.atOnce(1));

    private static final Duration SIXTY_ONE = Duration.ofSeconds(61);

    private static SimulatorOptions limited(int requests) {
        return SimulatorOptions.defaults()
                .withTimeScale(0)
                .withScript(Script.saying(GOOD))
                .withRate(requests, Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"QIANFAN_V1", "QIANFAN_V2"})
    void a_limit_learnt_from_the_headers_is_kept_so_that_the_server_never_refuses(Dialect dialect) {
        try (Lab lab = new Lab(limited(3)).whereWaitingTakesTime()) {
            ErnieClient client = lab.client(lab.simulator.settings(dialect).attempts(1));
            for (int i = 0; i < 10; i++) {
                assertThat(Collected.ask(client, "hello").thrown()).as("%d", i).isNull();
            }
            assertThat(lab.simulator.requests()).isEqualTo(10);
            assertThat(lab.waits).containsExactly(SIXTY_ONE, SIXTY_ONE, SIXTY_ONE);
        }
    }

    @Test
    void what_another_program_used_of_the_account_is_seen_in_the_headers() {
        try (Lab lab = new Lab(limited(5)).whereWaitingTakesTime()) {
            ErnieClient other = lab.client(Dialect.QIANFAN_V2);
            ErnieClient client =
                    lab.client(lab.simulator.settings(Dialect.QIANFAN_V2).attempts(1));
            for (int i = 0; i < 4; i++) {
                Collected.ask(other, "hello");
            }
            for (int i = 0; i < 2; i++) {
                assertThat(Collected.ask(client, "hello").thrown()).as("%d", i).isNull();
            }
            assertThat(lab.simulator.requests()).isEqualTo(6);
            assertThat(lab.waits).containsExactly(SIXTY_ONE);
        }
    }

    @Test
    void a_wait_beyond_the_longest_is_refused_at_once_and_nothing_is_sent() {
        try (Lab lab = Lab.saying(GOOD)) {
            ErnieClient client = lab.client(lab.simulator
                    .settings(Dialect.QIANFAN_V2)
                    .load(new Load(10, 2, 0))
                    .longestRetryWait(Duration.ofSeconds(10)));
            Collected.ask(client, "hello");
            Collected.ask(client, "hello");
            Collected third = Collected.ask(client, "hello");
            assertThat(third.details().code()).isEqualTo("local_rate_limit");
            assertThat(third.details().message()).contains("requests a minute: 2", "61000 ms");
            assertThat(third.failure())
                    .isInstanceOfSatisfying(
                            RetryLater.class,
                            later -> assertThat(later.retryAfter()).isEqualTo(SIXTY_ONE));
            assertThat(lab.simulator.requests()).isEqualTo(2);
            assertThat(lab.waits).isEmpty();
            lab.later(SIXTY_ONE);
            assertThat(Collected.ask(client, "hello").thrown()).isNull();
        }
    }

    @Test
    void tokens_are_counted_by_estimate_and_then_as_the_server_tells() {
        try (Lab lab = Lab.saying(GOOD).whereWaitingTakesTime()) {
            ErnieClient client =
                    lab.client(lab.simulator.settings(Dialect.QIANFAN_V2).load(new Load(10, 0, 100)));
            String question = "问".repeat(90);
            Collected first = Collected.ask(client, question);
            assertThat(first.usage().prompt()).as("the simulator counts half").isEqualTo(45);
            assertThat(lab.waits).isEmpty();
            Collected.ask(client, "问".repeat(50));
            assertThat(lab.waits).as("45 and about 50 fit into 100").isEmpty();
            Collected.ask(client, question);
            assertThat(lab.waits).containsExactly(SIXTY_ONE);
        }
    }

    @Test
    void a_refusal_makes_the_next_question_wait_too_instead_of_asking_in_vain() {
        Fault limited = new Fault.Status(429, "rpm_rate_limit_exceeded", "x", Map.of("Retry-After", "20"));
        try (Lab lab = Lab.saying(GOOD.with(limited), GOOD).whereWaitingTakesTime()) {
            ErnieClient client =
                    lab.client(lab.simulator.settings(Dialect.QIANFAN_V2).attempts(1));
            assertThat(Collected.ask(client, "hello").failure()).isInstanceOf(RetryLater.class);
            assertThat(Collected.ask(client, "hello").thrown()).isNull();
            assertThat(lab.waits).containsExactly(Duration.ofSeconds(20));
        }
    }

    @Test
    void a_retry_after_a_refusal_waits_once_and_not_twice() {
        Fault limited = new Fault.Status(429, "tpm_rate_limit_exceeded", "x");
        try (Lab lab = Lab.saying(GOOD.with(limited), GOOD).whereWaitingTakesTime()) {
            assertThat(Collected.ask(lab.client(Dialect.QIANFAN_V2), "hello").thrown())
                    .isNull();
            assertThat(lab.waits)
                    .singleElement()
                    .satisfies(wait -> assertThat(wait).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(66)));
        }
    }

    @Test
    void what_a_stream_was_told_when_it_began_is_not_believed_when_it_breaks() {
        Reply breaking = GOOD.with(new Fault.ErrorLine(0, "internal_error", "x"));
        try (Lab lab = new Lab(limited(1).withScript(Script.inTurn(breaking, GOOD)))) {
            ErnieClient client =
                    lab.client(lab.simulator.settings(Dialect.QIANFAN_V2).attempts(1));
            try (ErnieStream stream = client.open(Collected.request("hello"))) {
                lab.later(Duration.ofMinutes(3));
                assertThatThrownBy(() -> stream.forEach(event -> {}))
                        .isInstanceOfSatisfying(
                                ErnieException.class,
                                thrown -> assertThat(thrown.failure()
                                                .details()
                                                .quota()
                                                .remainingRequests())
                                        .isZero());
            }
            assertThat(Collected.ask(client, "hello").thrown()).isNull();
            assertThat(lab.waits).isEmpty();
        }
    }

    @Test
    void the_allowance_is_told_with_the_answer_and_with_the_refusal() {
        try (Lab lab = new Lab(limited(1))) {
            ErnieClient client = lab.client(Dialect.QIANFAN_V2);
            try (ErnieStream stream = client.open(Collected.request("hello"))) {
                assertThat(stream.quota()).isEqualTo(new Quota(1, 0, null, null, null, null));
            }
            ErnieClient other =
                    lab.client(lab.simulator.settings(Dialect.QIANFAN_V2).attempts(1));
            assertThat(Collected.ask(other, "hello").details().quota())
                    .isEqualTo(new Quota(1, 0, null, null, null, null));
        }
        try (Lab lab = Lab.saying(GOOD);
                ErnieStream stream = lab.client(Dialect.OPENAI).open(Collected.request("hello"))) {
            assertThat(stream.quota()).isEqualTo(Quota.UNTOLD);
        }
    }

    @Test
    void closing_ends_a_wait_for_the_minute_and_gives_its_place_back() throws InterruptedException {
        try (Lab lab = Lab.saying(GOOD)) {
            CountDownLatch waiting = new CountDownLatch(1);
            Sleeper sleeper = (duration, cancelled) -> {
                waiting.countDown();
                cancelled.await();
            };
            ErnieClient client = new HttpErnieClient(
                    lab.simulator
                            .settings(Dialect.QIANFAN_V2)
                            .load(new Load(10, 1, 0))
                            .build(),
                    InstantSource.system(),
                    sleeper,
                    new Random(1));
            Collected.ask(client, "hello");
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread waiter = Thread.ofVirtual().start(() -> {
                try {
                    client.open(Collected.request("hello")).close();
                } catch (ErnieException e) {
                    thrown.set(e);
                }
            });
            waiting.await();
            client.close();
            assertThat(waiter.join(Duration.ofSeconds(3))).isTrue();
            assertThat(thrown.get()).hasMessageContaining("closed");
            assertThat(lab.simulator.requests()).isEqualTo(1);
        }
    }

    @Test
    void interrupting_a_wait_for_the_minute_is_a_failure_and_keeps_the_flag() throws InterruptedException {
        try (Lab lab = Lab.saying(GOOD)) {
            CountDownLatch waiting = new CountDownLatch(1);
            AtomicReference<String> outcome = new AtomicReference<>("");
            try (ErnieClient client = new HttpErnieClient(
                    lab.simulator
                            .settings(Dialect.QIANFAN_V2)
                            .load(new Load(10, 1, 0))
                            .build(),
                    InstantSource.system(),
                    (duration, cancelled) -> {
                        waiting.countDown();
                        cancelled.await();
                    },
                    new Random(1))) {
                Collected.ask(client, "hello");
                Thread waiter = Thread.ofVirtual().start(() -> {
                    String code = Collected.ask(client, "hello").details().code();
                    outcome.set(code + Thread.currentThread().isInterrupted());
                });
                waiting.await();
                waiter.interrupt();
                assertThat(waiter.join(Duration.ofSeconds(3))).isTrue();
                assertThat(outcome).hasValue("interruptedtrue");
            }
        }
    }

    @Test
    void a_server_that_cannot_be_reached_costs_nothing_of_the_allowance() {
        try (Lab lab = Lab.saying(GOOD)) {
            ErnieClient nowhere = lab.client(ErnieSettings.builder(Dialect.OPENAI, "http://127.0.0.1:1/v1", "m")
                    .load(new Load(10, 1, 0))
                    .longestRetryWait(Duration.ofSeconds(5)));
            assertThat(Collected.ask(nowhere, "hello").details().code()).isEqualTo("unreachable");
            assertThat(lab.waits).as("retries, not minutes").hasSize(2).allMatch(wait -> wait.toSeconds() < 5);
        }
    }
}
