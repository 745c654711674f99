package io.erniegateway.ernie.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Access;
import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieFailure.FixAccess;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.Script;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class OAuthTokensTest {
    private static final int CALLERS = 20;
    private static final Reply GOOD = Reply.of("甲乙").at(Profile.atOnce(1));

    @Test
    void one_token_serves_all_concurrent_callers() throws InterruptedException {
        try (Lab lab = Lab.saying(GOOD)) {
            assertThat(askAtOnce(lab.client(Dialect.QIANFAN_V1)))
                    .allMatch(answer -> answer.text().equals("甲乙"));
            assertThat(lab.simulator.tokenRequests()).isEqualTo(1);
            assertThat(lab.simulator.requests()).isEqualTo(CALLERS);
        }
    }

    @Test
    void an_expired_token_is_replaced_once_for_all_and_each_question_asked_once_more() throws InterruptedException {
        try (Lab lab = Lab.saying(GOOD)) {
            ErnieClient client = lab.client(Dialect.QIANFAN_V1);
            assertThat(Collected.ask(client, "hello").thrown()).isNull();
            lab.simulator.expireTokens();
            assertThat(askAtOnce(client)).allMatch(answer -> answer.text().equals("甲乙"));
            assertThat(lab.simulator.tokenRequests()).isEqualTo(2);
            assertThat(lab.waits).isEmpty();
        }
    }

    @Test
    void an_invalid_token_is_replaced_too() {
        try (Lab lab = Lab.saying(GOOD)) {
            ErnieClient client = lab.client(Dialect.QIANFAN_V1);
            assertThat(Collected.ask(client, "hello").thrown()).isNull();
            lab.simulator.forgetTokens();
            assertThat(Collected.ask(client, "hello").text()).isEqualTo("甲乙");
            assertThat(lab.simulator.tokenRequests()).isEqualTo(2);
            assertThat(lab.simulator.requests()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"13", "100", "110", "111"})
    void every_code_of_a_stale_token_is_cured_once(String code) {
        try (Lab lab = Lab.saying(GOOD.with(new Fault.OkError(code, "token")), GOOD)) {
            assertThat(Collected.ask(lab.client(Dialect.QIANFAN_V1), "hello").text())
                    .isEqualTo("甲乙");
            assertThat(lab.simulator.tokenRequests()).isEqualTo(2);
        }
    }

    @Test
    void a_token_that_is_refused_again_is_a_matter_for_the_operator() {
        try (Lab lab = Lab.saying(Reply.failing(new Fault.OkError("111", "Access token expired")))) {
            assertThat(Collected.ask(lab.client(Dialect.QIANFAN_V1), "hello").failure())
                    .isInstanceOf(FixAccess.class);
            assertThat(lab.simulator.requests()).isEqualTo(2);
        }
    }

    @Test
    void a_token_is_replaced_before_its_end() {
        SimulatorOptions options = SimulatorOptions.defaults()
                .withTimeScale(0)
                .withTokenLife(Duration.ofHours(1))
                .withScript(Script.saying(GOOD));
        try (Lab lab = new Lab(options)) {
            ErnieClient client = lab.client(Dialect.QIANFAN_V1);
            Collected.ask(client, "hello");
            lab.later(Duration.ofMinutes(54));
            Collected.ask(client, "hello");
            assertThat(lab.simulator.tokenRequests()).isEqualTo(1);
            lab.later(Duration.ofMinutes(2));
            assertThat(Collected.ask(client, "hello").thrown()).isNull();
            assertThat(lab.simulator.tokenRequests()).isEqualTo(2);
            assertThat(lab.simulator.requests()).isEqualTo(3);
        }
    }

    @Test
    void a_wrong_client_is_told_in_the_servers_words_and_asked_once() {
        try (Lab lab = Lab.saying(GOOD)) {
            Collected answer = Collected.ask(
                    lab.client(lab.simulator.settings(Dialect.QIANFAN_V1).client("nobody", "wrong-secret")), "hello");
            assertThat(answer.failure()).isInstanceOf(FixAccess.class);
            assertThat(answer.details().code()).isEqualTo("invalid_client");
            assertThat(answer.details().message()).contains("unknown client id").doesNotContain("wrong-secret");
            assertThat(lab.simulator.tokenRequests()).isEqualTo(1);
        }
    }

    @Test
    void an_unreachable_token_endpoint_is_tried_again_without_a_word_of_its_url() {
        try (Lab lab = Lab.saying(GOOD)) {
            Collected answer = Collected.ask(
                    lab.client(lab.simulator
                            .settings(Dialect.QIANFAN_V1)
                            .access(new Access.OAuth(
                                    "simulated-client-id", "simulated-client-secret", "http://127.0.0.1:1"))),
                    "hello");
            assertThat(answer.failure()).isInstanceOf(RetryLater.class);
            assertThat(answer.details().message()).doesNotContain("client_id", "?");
            assertThat(lab.waits).hasSize(2);
        }
    }

    private static List<Collected> askAtOnce(ErnieClient client) throws InterruptedException {
        List<Collected> answers = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            threads.add(Thread.ofVirtual().start(() -> answers.add(Collected.ask(client, "hello"))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(answers).hasSize(CALLERS);
        return answers;
    }
}
