package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Quirk;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.Script;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SilenceTest {
    private static final Duration SHORT = Duration.ofMillis(250);
    private static final Duration LONG = Duration.ofSeconds(20);

    /** For answers that must arrive: a machine with other work may pause for a while. */
    private static final Duration ROOMY = Duration.ofSeconds(5);

    @Test
    void a_stall_in_the_middle_fails_after_the_gap_and_the_server_is_left() {
        try (Lab lab = Lab.saying(Reply.of("甲乙丙")
                .at(Profile.atOnce(1))
                .with(Quirk.SEVERAL_PER_PACKET)
                .with(new Fault.Stall(2)))) {
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
                    .gapTimeout(SHORT)
                    .firstByteTimeout(SHORT)
                    .attempts(2));
            Collected answer = Collected.ask(client, "hello");
            assertThat(answer.details().code()).isEqualTo("timeout");
            assertThat(lab.simulator.requests()).isEqualTo(2);
        }
    }

    @Test
    void a_slow_first_byte_is_waited_for_although_the_gap_is_short() {
        Profile slow = Profile.atOnce(2).withFirst(SHORT.multipliedBy(3));
        Reply inOnePacket = Reply.of("甲乙").at(slow).with(Quirk.SEVERAL_PER_PACKET);
        SimulatorOptions options = SimulatorOptions.defaults().withScript(Script.saying(inOnePacket));
        try (Lab lab = new Lab(options)) {
            ErnieClient client = lab.client(
                    lab.simulator.settings(Dialect.QIANFAN_V2).gapTimeout(SHORT).firstByteTimeout(LONG));
            assertThat(Collected.ask(client, "hello").text()).isEqualTo("甲乙");
        }
    }

    @Test
    void an_answer_may_take_much_longer_than_the_first_byte_was_allowed_to() {
        Profile slow = new Profile(Duration.ZERO, Duration.ofMillis(60), Duration.ofMillis(60), 1, 1);
        SimulatorOptions options = SimulatorOptions.defaults()
                .withScript(Script.saying(Reply.of("一二三四五六七八九十".repeat(10)).at(slow)));
        try (Lab lab = new Lab(options)) {
            ErnieClient client = lab.client(
                    lab.simulator.settings(Dialect.OPENAI).gapTimeout(ROOMY).firstByteTimeout(ROOMY));
            // About six seconds.
            assertThat(Collected.ask(client, "hello").text()).isEqualTo("一二三四五六七八九十".repeat(10));
        }
    }

    @Test
    void a_server_that_sends_only_comments_is_left_after_a_while() {
        try (Lab lab = Lab.saying(Reply.of("甲乙丙").at(Profile.atOnce(1)).with(new Fault.Babble(1)));
                ErnieClient client = impatient(lab, 1)) {
            Collected answer = Collected.ask(client, "hello");
            assertThat(answer.text()).isEqualTo("甲");
            assertThat(answer.failure()).isInstanceOf(RetryLater.class);
            assertThat(answer.details().code()).isEqualTo("silent");
            assertThat(answer.details().message()).contains("300000 ms", "eventTimeout");
            Awaitility.await().until(() -> lab.simulator.openStreams() == 0);
        }
    }

    @Test
    void nothing_but_comments_from_the_beginning_is_tried_again() {
        Reply good = Reply.of("甲乙丙").at(Profile.atOnce(1));
        try (Lab lab = Lab.saying(good.with(new Fault.Babble(0)), good);
                ErnieClient client = impatient(lab, 2)) {
            assertThat(Collected.ask(client, "hello").text()).isEqualTo("甲乙丙");
            assertThat(lab.simulator.requests()).isEqualTo(2);
        }
    }

    @Test
    void the_time_a_reader_takes_for_itself_is_not_the_servers_silence() {
        try (Lab lab = Lab.saying(Reply.of("甲乙丙").at(Profile.atOnce(1)).with(Quirk.COMMENT_LINES));
                ErnieStream stream = lab.client(Dialect.QIANFAN_V2).open(Collected.request("hello"))) {
            StringBuilder text = new StringBuilder();
            for (ErnieEvent event : stream) {
                lab.later(Duration.ofHours(1));
                if (event instanceof ErnieEvent.Text(String delta)) {
                    text.append(delta);
                }
            }
            assertThat(text).hasToString("甲乙丙");
        }
    }

    /** On a clock that goes on by a minute whenever somebody looks at it. */
    private static ErnieClient impatient(Lab lab, int attempts) {
        AtomicLong minutes = new AtomicLong();
        return new HttpErnieClient(
                lab.simulator.settings(Dialect.QIANFAN_V2).attempts(attempts).build(),
                InstantSource.system(),
                () -> Duration.ofMinutes(minutes.incrementAndGet()).toNanos(),
                (wait, cancelled) -> {},
                new Random(1),
                new Breakers(Ticker.REAL));
    }
}
