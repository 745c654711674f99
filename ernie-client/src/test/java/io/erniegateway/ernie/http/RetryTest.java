package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.Script;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
    private static final Reply GOOD = Reply.of("甲乙丙丁").at(Profile.atOnce(1));

    static List<Fault> passingFaults(Dialect dialect) {
        String code = dialect == Dialect.QIANFAN_V1 ? "336100" : "internal_error";
        return List.of(
                new Fault.OkError(code, "busy"),
                new Fault.Status(503, "", "busy"),
                new Fault.ErrorLine(0, code, "busy"),
                new Fault.Reset(0),
                new Fault.Cut(0));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatever_passes_before_the_first_event_is_tried_again(Dialect dialect) {
        for (Fault fault : passingFaults(dialect)) {
            try (Lab lab = Lab.saying(GOOD.with(fault), GOOD)) {
                Collected answer = Collected.ask(lab.client(dialect), "hello");
                assertThat(answer.thrown()).as("%s", fault).isNull();
                assertThat(answer.text()).isEqualTo("甲乙丙丁");
                assertThat(lab.simulator.requests()).isEqualTo(2);
                assertThat(lab.waits).hasSize(1);
                assertThat(lab.simulator.requestIds()).doesNotHaveDuplicates();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void after_the_first_event_nothing_is_tried_again(Dialect dialect) {
        for (Fault fault : List.of(new Fault.Cut(1), new Fault.Reset(2), new Fault.ErrorLine(1, "336100", "busy"))) {
            try (Lab lab = Lab.saying(GOOD.with(fault), GOOD)) {
                Collected answer = Collected.ask(lab.client(dialect), "hello");
                assertThat(answer.thrown()).as("%s", fault).isNotNull();
                assertThat(answer.text()).startsWith("甲");
                assertThat(lab.simulator.requests()).isEqualTo(1);
            }
        }
    }

    @Test
    void the_attempts_end_with_the_last_failure() {
        try (Lab lab = Lab.saying(Reply.failing(new Fault.Status(500, "internal_error", "x")))) {
            Collected answer = Collected.ask(
                    lab.client(lab.simulator.settings(Dialect.QIANFAN_V2).attempts(4)), "hello");
            assertThat(answer.failure()).isInstanceOf(RetryLater.class);
            assertThat(lab.simulator.requests()).isEqualTo(4);
            assertThat(lab.waits).hasSize(3);
            assertThat(lab.waits.getLast()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void what_would_fail_again_is_asked_once() {
        try (Lab lab = Lab.saying(Reply.failing(new Fault.Status(403, "account_overdue", "x")))) {
            assertThat(Collected.ask(lab.client(Dialect.QIANFAN_V2), "hello").thrown())
                    .isNotNull();
            assertThat(lab.simulator.requests()).isEqualTo(1);
            assertThat(lab.waits).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "Tue, 24 Nov 2026 10:00:07 GMT"})
    void the_servers_retry_after_is_waited_for(String header) {
        Fault limited = new Fault.Status(429, "rpm_rate_limit_exceeded", "x", Map.of("Retry-After", header));
        try (Lab lab = Lab.saying(GOOD.with(limited), GOOD)) {
            assertThat(Collected.ask(lab.client(Dialect.QIANFAN_V2), "hello").text())
                    .isEqualTo("甲乙丙丁");
            assertThat(lab.waits.getFirst()).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7_700));
        }
    }

    @Test
    void a_longer_wish_than_the_longest_wait_is_told_instead() {
        Fault limited = new Fault.Status(429, "rpm_rate_limit_exceeded", "x", Map.of("Retry-After", "600"));
        try (Lab lab = Lab.saying(GOOD.with(limited), GOOD)) {
            Collected answer = Collected.ask(lab.client(Dialect.QIANFAN_V2), "hello");
            assertThat(answer.failure()).isInstanceOf(RetryLater.class);
            assertThat(((RetryLater) answer.failure()).retryAfter()).isEqualTo(Duration.ofMinutes(10));
            assertThat(lab.simulator.requests()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"QIANFAN_V1", "QIANFAN_V2"})
    void a_rate_limit_is_waited_for_by_the_minute(Dialect dialect) {
        SimulatorOptions options = SimulatorOptions.defaults()
                .withTimeScale(0)
                .withScript(Script.saying(GOOD))
                .withRate(1, Duration.ofMinutes(1));
        try (Lab lab = new Lab(options)) {
            assertThat(Collected.ask(lab.client(dialect), "hello").thrown()).isNull();
            Collected limited =
                    Collected.ask(lab.client(lab.simulator.settings(dialect).attempts(2)), "hello");
            assertThat(limited.failure()).isInstanceOf(RetryLater.class);
            assertThat(lab.waits.getFirst()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(66));
            lab.later(Duration.ofSeconds(61));
            assertThat(Collected.ask(lab.client(dialect), "hello").text()).isEqualTo("甲乙丙丁");
        }
    }

    @Test
    void nobody_there_is_unreachable_and_tried_again() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (Lab lab = Lab.saying(GOOD)) {
            Collected answer = Collected.ask(
                    lab.client(ErnieSettings.builder(Dialect.OPENAI, "http://127.0.0.1:" + port + "/v1", "m")),
                    "hello");
            assertThat(answer.failure()).isInstanceOf(RetryLater.class);
            assertThat(answer.details().code()).isEqualTo("unreachable");
            assertThat(lab.waits).hasSize(2);
        }
    }
}
