package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.erniegateway.ernie.ChatAnswer;
import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.SearchResults.Hit;
import io.erniegateway.ernie.ErnieEvent.Verdict;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieFailure.FixAccess;
import io.erniegateway.ernie.ErnieFailure.GiveUp;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.ErnieFailure.Shorten;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.Parameter;
import io.erniegateway.ernie.Turn;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Quirk;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.Script;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class ChatCallTest {
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Reply GOOD = Reply.of("甲乙丙丁");
    private static final ChatRequest HELLO = ChatRequest.of("hello");

    private static ErnieException failed(ErnieClient client, ChatRequest request) {
        return catchThrowableOfType(ErnieException.class, () -> client.chat(request));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_whole_answer_says_what_its_stream_says(Dialect dialect) {
        try (Lab lab = Lab.saying(GOOD.thinking("想一想"))) {
            ErnieClient client = lab.client(dialect);
            ChatAnswer whole = client.chat(HELLO);
            Collected stream = Collected.ask(client, "hello");
            assertThat(whole.text()).isEqualTo("甲乙丙丁").isEqualTo(stream.text());
            assertThat(whole.reasoning())
                    .isEqualTo(stream.reasoning())
                    .isEqualTo(dialect == Dialect.QIANFAN_V1 ? "" : "想一想");
            assertThat(whole.reason()).isEqualTo(stream.finished()).isEqualTo(Reason.STOP);
            assertThat(whole.verdict()).isNull();
            assertThat(whole.requestId()).startsWith("as-");
            assertThat(lab.simulator.requestBodies().getFirst())
                    .contains("\"stream\":false")
                    .doesNotContain("stream_options");
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void quirks_of_spelling_change_nothing(Dialect dialect) {
        Reply odd =
                GOOD.thinking("想").with(Quirk.NULL_CONTENT, Quirk.REASONING_FIELD, Quirk.FINISH_NORMAL, Quirk.NO_USAGE);
        try (Lab lab = Lab.saying(odd)) {
            ChatAnswer answer = lab.client(dialect).chat(HELLO);
            assertThat(answer.reason()).isEqualTo(Reason.STOP);
            assertThat(answer.usage()).isNull();
            // With reasoning, this quirk's content is null, and so it has none.
            assertThat(answer.text()).isEqualTo(dialect == Dialect.QIANFAN_V1 ? "甲乙丙丁" : "");
            assertThat(answer.reasoning()).isEqualTo(dialect == Dialect.QIANFAN_V1 ? "" : "想");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"QIANFAN_V1", "QIANFAN_V2"})
    void baidus_words_beside_the_text_arrive(Dialect dialect) {
        for (Reason reason : List.of(Reason.LENGTH, Reason.CONTENT_FILTER)) {
            Reply reply = GOOD.ending(reason).flagged(1, 3, 2).with(Quirk.SEARCH_RESULTS);
            try (Lab lab = Lab.saying(reply)) {
                ChatAnswer answer = lab.client(dialect).chat(HELLO);
                assertThat(answer.reason()).isEqualTo(reason);
                assertThat(answer.verdict()).isEqualTo(new Verdict(3, 2));
                assertThat(answer.searchResults())
                        .containsExactly(
                                new Hit(1, "https://example.com/1", "一"), new Hit(2, "https://example.com/2", "二"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatever_may_pass_is_tried_again(Dialect dialect) {
        for (Fault fault : RetryTest.passingFaults(dialect)) {
            try (Lab lab = Lab.saying(GOOD.with(fault), GOOD)) {
                assertThat(lab.client(dialect).chat(HELLO).text())
                        .as("%s", fault)
                        .isEqualTo("甲乙丙丁");
                assertThat(lab.simulator.requests()).isEqualTo(2);
                assertThat(lab.waits).hasSize(1);
                assertThat(lab.simulator.requestIds()).doesNotHaveDuplicates().doesNotContain("");
            }
        }
    }

    @Test
    void the_attempts_end_with_the_last_failure() {
        try (Lab lab = Lab.saying(GOOD.with(new Fault.Cut(0)))) {
            ErnieClient client =
                    lab.client(lab.simulator.settings(Dialect.QIANFAN_V2).attempts(4));
            ErnieFailure failure = failed(client, HELLO).failure();
            assertThat(failure).isInstanceOf(RetryLater.class);
            assertThat(failure.details().code()).isEqualTo("malformed");
            assertThat(lab.simulator.requests()).isEqualTo(4);
            assertThat(lab.waits).hasSize(3);
        }
    }

    @Test
    void what_would_fail_again_is_asked_once() {
        try (Lab lab = Lab.saying(GOOD.with(new Fault.Status(403, "account_overdue", "x")))) {
            assertThat(failed(lab.client(Dialect.QIANFAN_V2), HELLO).failure()).isInstanceOf(FixAccess.class);
            assertThat(lab.simulator.requests()).isEqualTo(1);
            assertThat(lab.waits).isEmpty();
        }
    }

    @Test
    void a_stale_token_is_replaced_once_without_a_wait() {
        try (Lab lab = Lab.saying(GOOD)) {
            ErnieClient client = lab.client(Dialect.QIANFAN_V1);
            client.chat(HELLO);
            lab.simulator.expireTokens();
            assertThat(client.chat(HELLO).text()).isEqualTo("甲乙丙丁");
            lab.simulator.forgetTokens();
            assertThat(client.chat(HELLO).text()).isEqualTo("甲乙丙丁");
            assertThat(lab.simulator.tokenRequests()).isEqualTo(3);
            assertThat(lab.simulator.requests()).isEqualTo(5);
            assertThat(lab.waits).isEmpty();
        }
    }

    @Test
    void a_question_that_is_too_long_is_asked_once_more_with_the_newer_half_of_its_history() {
        ChatRequest longer = HELLO.with(
                List.of(Turn.user("first question"), Turn.assistant("answer"), Turn.user("second question")));
        try (Lab lab = new Lab(SimulatorOptions.defaults()
                .withTimeScale(0)
                .withMaxCharacters(20)
                .withScript(Script.saying(GOOD)))) {
            ErnieClient client = lab.client(Dialect.QIANFAN_V2);
            assertThat(client.chat(longer).text()).isEqualTo("甲乙丙丁");
            assertThat(lab.simulator.requestBodies().getLast()).doesNotContain("first question");
            assertThat(lab.simulator.requests()).isEqualTo(2);
            assertThat(failed(client, ChatRequest.of("more than twenty characters"))
                            .failure())
                    .isInstanceOf(Shorten.class);
            assertThat(lab.simulator.requests()).isEqualTo(3);
        }
    }

    @Test
    void the_minutes_allowance_stands_in_the_answer() {
        SimulatorOptions limited = SimulatorOptions.defaults()
                .withTimeScale(0)
                .withScript(Script.saying(GOOD))
                .withRate(5, Duration.ofMinutes(1));
        try (Lab lab = new Lab(limited)) {
            ChatAnswer answer = lab.client(Dialect.QIANFAN_V2).chat(HELLO);
            assertThat(answer.quota().limitRequests()).isEqualTo(5);
            assertThat(answer.quota().remainingRequests()).isEqualTo(4);
            assertThat(answer.quota().limitTokens()).isNull();
        }
    }

    @Test
    void a_server_that_streams_although_not_asked_to_is_a_wrong_server() {
        Fault stream = new Fault.Status(200, "", "data: {\"id\":\"as-1\",\"choices\":[]}\n\n");
        try (Lab lab = Lab.saying(GOOD.with(stream))) {
            ErnieFailure failure = failed(lab.client(Dialect.QIANFAN_V2), HELLO).failure();
            assertThat(failure.details().code()).isEqualTo("not_an_answer");
            assertThat(failure.details().message()).contains("data: {");
        }
    }

    @Test
    void secrets_that_a_server_echoes_are_struck_out() {
        for (Dialect dialect : Dialect.values()) {
            String echo = "token 24.simulatedtoken1.2592000, key simulated-api-key simulated-client-secret";
            for (Fault fault : List.of(
                    new Fault.Status(400, "invalid_argument", echo),
                    new Fault.Status(200, "", echo),
                    new Fault.OkError("336001", echo))) {
                try (Lab lab = Lab.saying(GOOD.with(fault))) {
                    ErnieSettings.Builder settings =
                            lab.simulator.settings(dialect).attempts(1);
                    ErnieClient client =
                            lab.client(dialect == Dialect.QIANFAN_V1 ? settings : settings.apiKey("simulated-api-key"));
                    ErnieException thrown = failed(client, HELLO);
                    StringWriter trace = new StringWriter();
                    thrown.printStackTrace(new PrintWriter(trace));
                    assertThat(trace + thrown.failure().toString())
                            .doesNotContain("simulatedtoken1")
                            .doesNotContain(dialect == Dialect.QIANFAN_V1 ? "client-secret" : "simulated-api-key");
                }
            }
        }
    }

    @Test
    void silence_longer_than_the_first_byte_may_take_is_a_timeout() {
        try (Lab lab = Lab.saying(GOOD.with(new Fault.Stall(0)))) {
            ErnieClient client = lab.client(lab.simulator
                    .settings(Dialect.QIANFAN_V2)
                    .attempts(1)
                    .gapTimeout(Duration.ofMillis(150))
                    .firstByteTimeout(Duration.ofMillis(150)));
            ErnieFailure failure = failed(client, HELLO).failure();
            assertThat(failure.details().code()).isEqualTo("timeout");
            assertThat(failure.details().message()).contains("150 ms");
            await().atMost(SOON).until(() -> lab.simulator.cancelledStreams() == 1);
        }
    }

    @Test
    void closing_the_client_cancels_a_call_and_the_server_sees_it() throws InterruptedException {
        try (Lab lab = Lab.saying(GOOD.with(new Fault.Stall(0)))) {
            ErnieClient client = lab.client(Dialect.QIANFAN_V2);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread asker = Thread.ofVirtual()
                    .uncaughtExceptionHandler((thread, e) -> thrown.set(e))
                    .start(() -> client.chat(HELLO));
            await().atMost(SOON).until(() -> lab.simulator.openStreams() == 1);

            client.close();

            assertThat(asker.join(SOON)).isTrue();
            assertThat(thrown.get()).isInstanceOf(ErnieException.class);
            assertThat(((ErnieException) thrown.get()).failure().details().code())
                    .isEqualTo("closed");
            await().atMost(SOON).until(() -> lab.simulator.cancelledStreams() == 1);
            assertThat(lab.simulator.requests()).isEqualTo(1);
            assertThatThrownBy(() -> client.chat(HELLO)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void closing_ends_a_wait_between_two_attempts() throws InterruptedException {
        try (Lab lab = Lab.saying(GOOD.with(new Fault.Status(503, "", "busy")))) {
            AtomicReference<ErnieClient> client = new AtomicReference<>();
            // The sleep itself closes the client: whoever closes, the wait's end must not lead to another attempt.
            ErnieClient sleeping = new HttpErnieClient(
                    lab.simulator.settings(Dialect.QIANFAN_V2).build(),
                    InstantSource.system(),
                    (wait, cancelled) -> client.get().close(),
                    new Random(1));
            client.set(sleeping);
            ErnieFailure failure = failed(sleeping, HELLO).failure();
            assertThat(failure).isInstanceOf(GiveUp.class);
            assertThat(failure.details().code()).isEqualTo("closed");
            assertThat(lab.simulator.requests()).isEqualTo(1);
        }
    }

    @Test
    void interrupting_the_caller_is_a_failure_of_its_own_and_keeps_the_flag() throws InterruptedException {
        try (Lab lab = Lab.saying(GOOD.with(new Fault.Stall(0)))) {
            AtomicReference<String> outcome = new AtomicReference<>();
            Thread asker = Thread.ofVirtual().start(() -> {
                ErnieException thrown = failed(lab.client(Dialect.QIANFAN_V2), HELLO);
                outcome.set(thrown.failure().details().code()
                        + Thread.currentThread().isInterrupted());
            });
            await().atMost(SOON).until(() -> lab.simulator.openStreams() == 1);
            asker.interrupt();
            assertThat(asker.join(SOON)).isTrue();
            assertThat(outcome).hasValue("interruptedtrue");
            assertThat(lab.simulator.requests()).isEqualTo(1);
        }
    }

    @Test
    void a_question_no_server_takes_is_refused_before_it_is_sent() {
        try (Lab lab = Lab.saying(GOOD)) {
            ErnieClient client = lab.client(Dialect.QIANFAN_V2);
            assertThatThrownBy(() -> client.chat(HELLO.with(Parameter.TEMPERATURE, 3.0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("temperature");
            assertThat(lab.simulator.requests()).isZero();
        }
    }
}
