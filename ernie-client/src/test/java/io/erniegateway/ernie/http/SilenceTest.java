package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Quirk;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.Script;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SilenceTest {
    private static final Duration SHORT = Duration.ofMillis(250);
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void a_stall_in_the_middle_fails_after_the_gap_and_the_server_is_left() {
        try (Lab lab = Lab.saying(Reply.of("甲乙丙").at(Profile.atOnce(1)).with(new Fault.Stall(2)))) {
            ErnieClient client = lab.client(
                    lab.simulator.settings(Dialect.QIANFAN_V2).gapTimeout(SHORT).firstByteTimeout(LONG));
            Collected answer = Collected.ask(client, "hello");
            assertThat(answer.text()).isEqualTo("甲乙");
            assertThat(answer.failure()).isInstanceOf(RetryLater.class);
            assertThat(answer.details().code()).isEqualTo("timeout");
            assertThat(answer.details().message()).contains("250 ms");
            Awaitility.await().until(() -> lab.simulator.cancelledStreams() == 1 && lab.simulator.openStreams() == 0);
        }
    }

    @Test
    void silence_before_the_first_byte_has_its_own_limit() {
        try (Lab lab = Lab.saying(Reply.of("甲").with(new Fault.Stall(0)))) {
            ErnieClient client = lab.client(lab.simulator
                    .settings(Dialect.QIANFAN_V2)
                    .gapTimeout(LONG)
                    .firstByteTimeout(SHORT)
                    .attempts(2));
            Collected answer = Collected.ask(client, "hello");
            assertThat(answer.details().code()).isEqualTo("timeout");
            assertThat(lab.simulator.requests()).isEqualTo(2);
        }
    }

    @Test
    void a_slow_first_byte_is_waited_for_although_the_gap_is_short() {
        Profile slow = Profile.atOnce(1).withFirst(SHORT.multipliedBy(3));
        SimulatorOptions options = SimulatorOptions.defaults()
                .withScript(Script.saying(Reply.of("甲乙").at(slow)));
        try (Lab lab = new Lab(options)) {
            ErnieClient client = lab.client(
                    lab.simulator.settings(Dialect.QIANFAN_V2).gapTimeout(SHORT).firstByteTimeout(LONG));
            assertThat(Collected.ask(client, "hello").text()).isEqualTo("甲乙");
        }
    }

    @Test
    void an_answer_may_take_much_longer_than_any_gap() {
        Profile slow = new Profile(Duration.ZERO, Duration.ofMillis(60), Duration.ofMillis(60), 1, 1);
        SimulatorOptions options = SimulatorOptions.defaults()
                .withScript(Script.saying(Reply.of("一二三四五六七八九十").at(slow).with(Quirk.COMMENT_LINES)));
        try (Lab lab = new Lab(options)) {
            ErnieClient client = lab.client(
                    lab.simulator.settings(Dialect.OPENAI).gapTimeout(SHORT).firstByteTimeout(SHORT));
            assertThat(Collected.ask(client, "hello").text()).isEqualTo("一二三四五六七八九十");
        }
    }
}
