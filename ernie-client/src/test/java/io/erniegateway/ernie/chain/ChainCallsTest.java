package io.erniegateway.ernie.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.EmbeddingRequest;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure.ClearHistory;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.Parameter;
import io.erniegateway.ernie.RerankRequest;
import io.erniegateway.ernie.Window;
import io.erniegateway.ernie.chain.FallbackChain.Link;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainCallsTest {
    private static final ChatRequest HELLO = ChatRequest.of("hello");
    private static final Fault BUSY = new Fault.Status(500, "internal_error", "x");

    private static FallbackChain chain(Lab first, Lab second) {
        return new FallbackChain(List.of(
                new Link(
                        "one",
                        first.client(
                                first.simulator.settings(Dialect.QIANFAN_V2).attempts(1)),
                        Window.UNKNOWN),
                new Link(
                        "two",
                        second.client(
                                second.simulator.settings(Dialect.QIANFAN_V1).attempts(1)),
                        Window.UNKNOWN)));
    }

    @Test
    void a_whole_answer_comes_from_the_first_that_can_give_one() {
        try (Lab one = Lab.saying(Reply.of("甲"), Reply.failing(BUSY));
                Lab two = Lab.saying(Reply.of("乙"));
                FallbackChain chain = chain(one, two)) {
            assertThat(chain.chat(HELLO).text()).isEqualTo("甲");
            assertThat(two.simulator.requests()).isZero();
            assertThat(chain.chat(HELLO).text()).isEqualTo("乙");
        }
    }

    @Test
    void the_last_failure_is_thrown_with_the_earlier_ones() {
        try (Lab one = Lab.saying(Reply.failing(new Fault.Status(403, "account_overdue", "x")));
                Lab two = Lab.saying(Reply.failing(new Fault.OkError("336100", "busy")));
                FallbackChain chain = chain(one, two)) {
            ErnieException thrown = catchThrowableOfType(ErnieException.class, () -> chain.chat(HELLO));
            assertThat(thrown.failure()).isInstanceOf(RetryLater.class);
            assertThat(thrown.getSuppressed()).hasSize(1);
        }
    }

    @Test
    void what_the_content_check_refused_is_sent_to_nobody_else() {
        try (Lab one = Lab.saying(Reply.failing(new Fault.Status(403, "system_unsafe", "x")));
                Lab two = Lab.saying(Reply.of("乙"));
                FallbackChain chain = chain(one, two)) {
            ErnieException thrown = catchThrowableOfType(ErnieException.class, () -> chain.chat(HELLO));
            assertThat(thrown.failure()).isInstanceOf(ClearHistory.class);
            assertThat(two.simulator.requests()).isZero();
        }
    }

    @Test
    void a_request_that_the_first_does_not_take_is_the_callers_fault_and_that_of_a_later_link_is_not() {
        try (Lab one = Lab.saying(Reply.failing(BUSY));
                Lab two = Lab.saying(Reply.of("乙"));
                FallbackChain chain = chain(one, two)) {
            assertThatThrownBy(() -> chain.chat(HELLO.with(Parameter.TEMPERATURE, 3.0)))
                    .isInstanceOf(IllegalArgumentException.class);
            // V2 takes 1.5, V1 does not.
            ErnieException thrown = catchThrowableOfType(
                    ErnieException.class, () -> chain.chat(HELLO.with(Parameter.TEMPERATURE, 1.5)));
            assertThat(thrown.failure().details().code()).isEqualTo("internal_error");
            assertThat(thrown.getSuppressed()).hasSize(1);
            assertThat(thrown.getSuppressed()[0]).hasMessageContaining("unfit");
        }
    }

    @Test
    void what_names_its_own_model_is_asked_of_the_first_alone() {
        try (Lab one = Lab.saying(Reply.of("甲"));
                Lab two = Lab.saying(Reply.of("乙"));
                FallbackChain chain = chain(one, two)) {
            assertThat(chain.models()).hasSize(1);
            assertThat(chain.embed(EmbeddingRequest.of("embedding-v1", "a")).vectors())
                    .hasSize(1);
            assertThat(chain.rerank(RerankRequest.of("bce-reranker-base", "a", List.of("a")))
                            .results())
                    .hasSize(1);
            assertThatThrownBy(() -> chain.countTokens("", "a")).hasMessageContaining("not_offered");
            one.simulator.failCalls(BUSY);
            assertThatThrownBy(() -> chain.embed(EmbeddingRequest.of("embedding-v1", "a")))
                    .isInstanceOf(ErnieException.class);
            assertThat(two.simulator.requests()).isZero();
        }
    }
}
