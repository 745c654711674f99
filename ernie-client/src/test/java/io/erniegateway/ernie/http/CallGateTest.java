package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.erniegateway.ernie.Breaker;
import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.EmbeddingRequest;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.Load;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.Script;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.time.Duration;
import java.util.Collections;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls without a stream go through the same doors as streams. */
@Timeout(30)
class CallGateTest {
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Reply GOOD = Reply.of("好");
    private static final ChatRequest HELLO = ChatRequest.of("hello");

    private static ErnieFailure failure(ThrowingCallable call) {
        return catchThrowableOfType(ErnieException.class, call).failure();
    }

    @Test
    void an_open_breaker_ends_the_retries_and_another_model_has_its_own() {
        try (Lab lab = Lab.saying(GOOD.with(new Fault.Status(503, "", "busy")))) {
            ErnieClient client = lab.client(lab.simulator
                    .settings(Dialect.QIANFAN_V2)
                    .attempts(5)
                    .breaker(new Breaker(4, 50, Duration.ofSeconds(15))));
            assertThat(failure(() -> client.chat(HELLO)).details().code()).isEqualTo("breaker_open");
            assertThat(lab.simulator.requests()).isEqualTo(2);
            assertThat(failure(() -> client.chat(HELLO)).details().code()).isEqualTo("breaker_open");
            assertThat(client.embed(EmbeddingRequest.of("embedding-v1", "好")).vectors())
                    .hasSize(1);
            assertThat(lab.simulator.requests()).isEqualTo(3);
        }
    }

    @Test
    void an_answer_that_nobody_can_read_opens_the_breaker_and_one_that_was_read_does_not() {
        try (Lab lab = Lab.saying(GOOD, GOOD, GOOD.with(new Fault.Cut(0)))) {
            ErnieClient client = lab.client(lab.simulator
                    .settings(Dialect.QIANFAN_V2)
                    .attempts(1)
                    .breaker(new Breaker(2, 100, Duration.ofSeconds(15))));
            client.chat(HELLO);
            client.chat(HELLO);
            assertThat(failure(() -> client.chat(HELLO)).details().code()).isEqualTo("malformed");
            assertThat(failure(() -> client.chat(HELLO)).details().code()).isEqualTo("malformed");
            assertThat(failure(() -> client.chat(HELLO)).details().code()).isEqualTo("breaker_open");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"QIANFAN_V1", "QIANFAN_V2"})
    void the_calls_of_many_texts_keep_the_minutes_limit_that_the_headers_tell(Dialect dialect) {
        SimulatorOptions limited = SimulatorOptions.defaults()
                .withTimeScale(0)
                .withScript(Script.saying(GOOD))
                .withRate(2, Duration.ofMinutes(1));
        try (Lab lab = new Lab(limited).whereWaitingTakesTime()) {
            EmbeddingRequest many = new EmbeddingRequest("embedding-v1", Collections.nCopies(80, "好"), "");
            assertThat(lab.client(dialect).embed(many).vectors()).hasSize(80);
            // Five calls in three minutes; a call that the server had refused would be a sixth.
            assertThat(lab.simulator.requests()).isEqualTo(5);
            assertThat(lab.waits).hasSize(2);
        }
    }

    @Test
    void a_call_takes_a_place_and_frees_it_whatever_becomes_of_it() throws InterruptedException {
        try (Lab lab = Lab.saying(
                GOOD.with(new Fault.Stall(0)), GOOD.with(new Fault.Status(400, "invalid_argument", "x")), GOOD)) {
            ErnieClient client = lab.client(
                    lab.simulator.settings(Dialect.QIANFAN_V2).attempts(1).load(new Load(1, 0, 0)));
            Thread asker = Thread.ofVirtual().start(() -> failure(() -> client.chat(HELLO)));
            await().atMost(SOON).until(() -> lab.simulator.openStreams() == 1);
            assertThat(failure(() -> client.chat(HELLO)).details().code()).isEqualTo("too_many_open");
            assertThat(failure(client::models).details().code()).isEqualTo("too_many_open");
            asker.interrupt();
            assertThat(asker.join(SOON)).isTrue();
            assertThat(failure(() -> client.chat(HELLO)).details().code()).isEqualTo("invalid_argument");
            assertThat(client.chat(HELLO).text()).isEqualTo("好");
            assertThat(client.chat(HELLO).text()).isEqualTo("好");
        }
    }
}
