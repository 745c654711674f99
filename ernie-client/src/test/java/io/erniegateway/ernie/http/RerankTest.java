package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieFailure.ChooseAnotherModel;
import io.erniegateway.ernie.ErnieFailure.GiveUp;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.Quota;
import io.erniegateway.ernie.Ranking;
import io.erniegateway.ernie.RerankRequest;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.failures.Secrets;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Reply;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RerankTest {
    private static final String MODEL = "bce-reranker-base";
    private static final RerankRequest WEATHER = RerankRequest.of(MODEL, "上海天气", List.of("北京美食", "上海气候", "上海天气很好"));

    private static Lab lab() {
        return Lab.saying(Reply.of("unused"));
    }

    private static ErnieFailure failure(ErnieClient client, RerankRequest request) {
        return catchThrowableOfType(ErnieException.class, () -> client.rerank(request))
                .failure();
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"QIANFAN_V1", "QIANFAN_V2"})
    void the_best_comes_first_with_its_place_in_the_request(Dialect dialect) {
        try (Lab lab = lab()) {
            Ranking ranking = lab.client(dialect).rerank(WEATHER);
            assertThat(ranking.results())
                    .containsExactly(
                            new Ranking.Result(2, 1.0, "上海天气很好"),
                            new Ranking.Result(1, 0.75, "上海气候"),
                            new Ranking.Result(0, 0.0, "北京美食"));
            assertThat(ranking.usage()).isNotNull();
            assertThat(ranking.requestId()).startsWith("as-");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"QIANFAN_V1", "QIANFAN_V2"})
    void only_the_top_if_that_is_wanted(Dialect dialect) {
        try (Lab lab = lab()) {
            RerankRequest top = new RerankRequest(MODEL, WEATHER.query(), WEATHER.documents(), 1, "u");
            assertThat(lab.client(dialect).rerank(top).results()).containsExactly(new Ranking.Result(2, 1.0, "上海天气很好"));
        }
    }

    @Test
    void the_largest_request_is_taken() {
        try (Lab lab = lab()) {
            RerankRequest large = RerankRequest.of(MODEL, "问".repeat(1600), Collections.nCopies(64, "答".repeat(4096)));
            assertThat(lab.client(Dialect.QIANFAN_V2).rerank(large).results()).hasSize(64);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rerank", "rerankers"})
    void v2s_path_is_a_setting(String path) {
        try (Lab lab = lab()) {
            assertThat(lab.client(lab.simulator.settings(Dialect.QIANFAN_V2).rerankPath(path))
                            .rerank(WEATHER)
                            .results())
                    .hasSize(3);
        }
    }

    @Test
    void a_wrong_path_is_told_as_such() {
        try (Lab lab = lab()) {
            ErnieClient client =
                    lab.client(lab.simulator.settings(Dialect.QIANFAN_V2).rerankPath("ranks"));
            assertThat(failure(client, WEATHER)).isInstanceOf(ChooseAnotherModel.class);
            assertThatThrownBy(() -> lab.simulator
                            .settings(Dialect.QIANFAN_V2)
                            .rerankPath("/rerank")
                            .build())
                    .hasMessageStartingWith("rerankPath:");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"QIANFAN_V1", "QIANFAN_V2"})
    void a_self_hosted_server_is_not_asked_for_what_it_does_not_have(Dialect dialect) {
        try (Lab lab = lab()) {
            ErnieFailure failure = failure(lab.client(dialect), WEATHER);
            assertThat(failure).isInstanceOf(GiveUp.class);
            assertThat(failure.details().code()).isEqualTo("not_offered");
            assertThat(lab.simulator.requests()).isZero();
        }
    }

    @Test
    void whatever_may_pass_is_tried_again() {
        try (Lab lab = lab()) {
            lab.simulator.failCalls(new Fault.Reset(0), new Fault.OkError("internal_error", "x"));
            assertThat(lab.client(Dialect.QIANFAN_V2).rerank(WEATHER).results()).hasSize(3);
            assertThat(lab.waits).hasSize(2);
        }
    }

    @Test
    void an_unknown_reranker_is_refused() {
        try (Lab lab = lab()) {
            RerankRequest other = RerankRequest.of("other", "a", List.of("b"));
            assertThat(failure(lab.client(Dialect.QIANFAN_V2), other)).isInstanceOf(ChooseAnotherModel.class);
            assertThat(failure(lab.client(Dialect.QIANFAN_V1), other)).isInstanceOf(ChooseAnotherModel.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not_an_answer|{}",
                "malformed|{\"results\":[{\"index\":2,\"relevance_score\":1}]}",
                "malformed|{\"results\":[{\"index\":-1,\"relevance_score\":1}]}",
                "malformed|{\"results\":[{\"relevance_score\":1}]}",
                "malformed|{\"results\":[{\"index\":0}]}",
                "malformed|{\"results\":[{\"index\":0,\"relevance_score\":1},{\"index\":0,\"relevance_score\":1}]}"
            })
    void an_answer_that_does_not_fit_the_documents_is_never_handed_out(String code, String json) {
        ErnieException thrown = catchThrowableOfType(ErnieException.class, () -> reading(json));
        assertThat(thrown.failure().details().code()).isEqualTo(code);
    }

    @Test
    void the_callers_own_text_stands_in_the_result() throws JsonProcessingException {
        Ranking ranking = reading("{\"results\":[{\"index\":1,\"relevance_score\":-0.5,\"document\":\"cut\"}]}");
        assertThat(ranking.results()).containsExactly(new Ranking.Result(1, -0.5, "second"));
        assertThat(ranking.usage()).isNull();
    }

    private static Ranking reading(String json) throws JsonProcessingException {
        Failures failures = new Failures(Dialect.QIANFAN_V2, new Secrets(List.of()));
        return new RerankCall(false, RerankRequest.of(MODEL, "q", List.of("first", "second")), failures)
                .read(new Answered(new ObjectMapper().readTree(json), Quota.UNTOLD));
    }
}
