package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.ernie.Breaker;
import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure.GiveUp;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Reply;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class BreakerTest {
    private static final Breaker RULE = new Breaker(8, 50, Duration.ofSeconds(15));
    private static final int ENOUGH = 4;
    private static final Reply GOOD = Reply.of("甲乙丙丁").at(Profile.atOnce(1));
    private static final Reply BROKEN = Reply.failing(new Fault.Status(500, "internal_error", "x"));

    private static ErnieClient once(Lab lab, Dialect dialect) {
        return lab.client(lab.simulator.settings(dialect).breaker(RULE).attempts(1));
    }

    private static Lab failing(int times) {
        Reply[] replies = new Reply[times + 1];
        Arrays.fill(replies, BROKEN);
        replies[times] = GOOD;
        return Lab.saying(replies);
    }

    @Test
    void a_server_that_fails_is_left_alone_for_the_pause_and_then_tried_again() {
        try (Lab lab = failing(ENOUGH)) {
            ErnieClient client = once(lab, Dialect.QIANFAN_V2);
            for (int i = 0; i < ENOUGH; i++) {
                assertThat(Collected.ask(client, "hello").details().code()).isEqualTo("internal_error");
            }
            Collected refused = Collected.ask(client, "hello");
            assertThat(refused.details().code()).isEqualTo("breaker_open");
            assertThat(refused.details().message()).contains("internal_error");
            Duration wait = ((RetryLater) refused.failure()).retryAfter();
            assertThat(wait).isBetween(RULE.pause(), RULE.pause().plusMillis(1));
            assertThat(lab.simulator.requests()).isEqualTo(ENOUGH);
            assertThat(lab.waits).isEmpty();

            lab.later(RULE.pause().plusMillis(1));
            for (int i = 0; i < 5; i++) {
                assertThat(Collected.ask(client, "hello").thrown()).isNull();
            }
        }
    }

    @Test
    void all_clients_of_a_server_and_model_share_its_breaker_and_other_models_have_their_own() {
        try (Lab lab = failing(ENOUGH)) {
            for (int i = 0; i < ENOUGH; i++) {
                Collected.ask(once(lab, Dialect.QIANFAN_V2), "hello");
            }
            assertThat(Collected.ask(once(lab, Dialect.QIANFAN_V2), "hello")
                            .details()
                            .code())
                    .isEqualTo("breaker_open");
            assertThat(Collected.ask(once(lab, Dialect.QIANFAN_V1), "hello").thrown())
                    .as("another base URL")
                    .isNull();
        }
    }

    @Test
    void an_open_breaker_ends_the_retries() {
        try (Lab lab = failing(100)) {
            ErnieClient client = lab.client(
                    lab.simulator.settings(Dialect.QIANFAN_V2).breaker(RULE).attempts(10));
            assertThat(Collected.ask(client, "hello").details().code()).isEqualTo("breaker_open");
            assertThat(lab.simulator.requests()).isEqualTo(ENOUGH);
        }
    }

    static List<Fault> whatSaysNothingOfTheServersHealth() {
        return List.of(
                new Fault.Status(429, "rpm_rate_limit_exceeded", "x"),
                new Fault.Status(429, "tpm_rate_limit_exceeded", "x"),
                new Fault.Status(403, "account_overdue", "x"),
                new Fault.Status(400, "invalid_argument", "x"),
                new Fault.Status(403, "model_offline", "x"));
    }

    @ParameterizedTest
    @MethodSource("whatSaysNothingOfTheServersHealth")
    void limits_and_the_callers_own_faults_do_not_open_it(Fault fault) {
        Reply refusing = Reply.failing(fault);
        Reply[] replies = Collections.nCopies(20, refusing).toArray(Reply[]::new);
        try (Lab lab = Lab.saying(replies).whereWaitingTakesTime()) {
            ErnieClient client = once(lab, Dialect.QIANFAN_V2);
            for (int i = 0; i < 20; i++) {
                Collected.ask(client, "hello");
            }
            assertThat(lab.simulator.requests()).isEqualTo(20);
        }
    }

    static List<Fault> whatDoes() {
        return List.of(
                new Fault.Status(429, "cluster_rate_limit_exceeded", "x"),
                new Fault.Status(503, "", "x"),
                new Fault.OkError("internal_error", "x"),
                new Fault.ErrorLine(0, "internal_error", "x"),
                new Fault.Reset(0),
                new Fault.Cut(0));
    }

    @ParameterizedTest
    @MethodSource("whatDoes")
    void overload_and_breakage_before_the_first_event_open_it(Fault fault) {
        try (Lab lab = Lab.saying(GOOD.with(fault))) {
            ErnieClient client = once(lab, Dialect.QIANFAN_V2);
            for (int i = 0; i < ENOUGH; i++) {
                assertThat(Collected.ask(client, "hello").details().code()).isNotEqualTo("breaker_open");
            }
            assertThat(Collected.ask(client, "hello").details().code()).isEqualTo("breaker_open");
        }
    }

    @Test
    void a_break_after_the_first_event_does_not_count_for_the_server_did_answer() {
        try (Lab lab = Lab.saying(GOOD.with(new Fault.Cut(2)))) {
            ErnieClient client = once(lab, Dialect.QIANFAN_V2);
            for (int i = 0; i < 20; i++) {
                assertThat(Collected.ask(client, "hello").details().code()).isEqualTo("cut");
            }
        }
    }

    @Test
    void an_answer_that_is_closed_before_it_came_counts_as_neither() {
        try (Lab lab = Lab.saying(GOOD.with(new Fault.Stall(0)))) {
            for (int i = 0; i < 20; i++) {
                ErnieClient client = once(lab, Dialect.QIANFAN_V2);
                int before = lab.simulator.requests();
                Thread opener = Thread.ofVirtual().start(() -> Collected.ask(client, "hello"));
                await().until(() -> lab.simulator.requests() == before + 1);
                client.close();
                await().until(() -> !opener.isAlive());
            }
            assertThat(lab.simulator.requests()).isEqualTo(20);
        }
    }

    static List<Reply> whatIsNoSuccessEither() {
        return List.of(GOOD, Reply.failing(new Fault.Status(400, "invalid_argument", "x")));
    }

    /** Counted as a success it would complete the window, three of four of which failed. */
    @ParameterizedTest
    @MethodSource("whatIsNoSuccessEither")
    void what_does_not_count_is_no_success_either(Reply reply) {
        try (Lab lab = Lab.saying(BROKEN, BROKEN, BROKEN, reply, BROKEN)) {
            ErnieClient client = once(lab, Dialect.QIANFAN_V2);
            for (int i = 0; i < ENOUGH - 1; i++) {
                Collected.ask(client, "hello");
            }
            try (ErnieStream closedAtOnce = client.open(Collected.request("hello"))) {
                assertThat(closedAtOnce.requestId()).isEmpty();
            } catch (ErnieException refused) {
                assertThat(refused.failure()).isInstanceOf(GiveUp.class);
            }
            assertThat(Collected.ask(client, "hello").details().code()).isEqualTo("internal_error");
            assertThat(Collected.ask(client, "hello").details().code()).isEqualTo("breaker_open");
        }
    }

    @Test
    void a_trial_that_is_closed_makes_room_for_another() {
        Reply[] replies = new Reply[10];
        Arrays.fill(replies, GOOD);
        Arrays.fill(replies, 0, ENOUGH, BROKEN);
        try (Lab lab = Lab.saying(replies)) {
            ErnieClient client = once(lab, Dialect.QIANFAN_V2);
            for (int i = 0; i < ENOUGH; i++) {
                Collected.ask(client, "hello");
            }
            lab.later(RULE.pause().plusMillis(1));
            for (int i = 0; i < 5; i++) {
                try (ErnieStream stream = client.open(Collected.request("hello"))) {
                    assertThat(stream.requestId()).isEmpty();
                }
            }
            assertThat(Collected.ask(client, "hello").thrown()).isNull();
        }
    }
}
