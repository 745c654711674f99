package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieFailure.ChooseAnotherModel;
import io.erniegateway.ernie.ErnieFailure.FixAccess;
import io.erniegateway.ernie.ErnieFailure.GiveUp;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.ModelInfo;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListsAndCountsTest {
    private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults()
            .withTimeScale(0)
            .withModels(Set.of("ernie-b", "ernie-a"), Set.of("old"))
            .withOpenAiKey("open-key");

    private static ErnieFailure failure(ThrowingCallable call) {
        return catchThrowableOfType(ErnieException.class, call).failure();
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, mode = EnumSource.Mode.EXCLUDE, names = "QIANFAN_V1")
    void the_models_of_the_server(Dialect dialect) {
        try (Lab lab = new Lab(OPTIONS)) {
            Instant now = Instant.parse("2026-11-24T10:00:00Z");
            assertThat(lab.client(dialect).models())
                    .containsExactly(
                            new ModelInfo("ernie-a", "simulated", now), new ModelInfo("ernie-b", "simulated", now));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, mode = EnumSource.Mode.EXCLUDE, names = "QIANFAN_V1")
    void strangers_are_told_to_mend_their_access(Dialect dialect) {
        try (Lab lab = new Lab(OPTIONS)) {
            ErnieClient client = lab.client(lab.simulator.settings(dialect).apiKey("wrong-hunter2"));
            ErnieFailure failure = failure(client::models);
            assertThat(failure).isInstanceOf(FixAccess.class);
            assertThat(failure.details().code()).isEqualTo("AccessDenied");
            assertThat(failure.toString()).doesNotContain("hunter2");
        }
    }

    @Test
    void v1_has_no_list() {
        try (Lab lab = new Lab(OPTIONS)) {
            ErnieFailure failure = failure(lab.client(Dialect.QIANFAN_V1)::models);
            assertThat(failure).isInstanceOf(GiveUp.class);
            assertThat(failure.details().code()).isEqualTo("not_offered");
            assertThat(failure.details().message()).contains("QIANFAN_V1 has no list of models");
            assertThat(lab.simulator.tokenRequests()).isZero();
        }
    }

    @Test
    void a_list_that_fails_in_passing_is_asked_for_again() {
        try (Lab lab = new Lab(OPTIONS)) {
            lab.simulator.failCalls(new Fault.Status(500, "internal_error", "x"), new Fault.Cut(0), new Fault.Reset(0));
            ErnieClient client =
                    lab.client(lab.simulator.settings(Dialect.QIANFAN_V2).attempts(4));
            assertThat(client.models()).hasSize(2);
            assertThat(lab.waits).hasSize(3);
        }
    }

    @Test
    void a_wrong_base_url_is_told_as_such() {
        try (Lab lab = new Lab(OPTIONS)) {
            String wrong = lab.simulator.baseUrl(Dialect.QIANFAN_V2) + "/else";
            ErnieClient client = lab.client(
                    ErnieSettings.builder(Dialect.QIANFAN_V2, wrong, "m").apiKey(OPTIONS.apiKey()));
            ErnieFailure failure = failure(client::models);
            assertThat(failure).isInstanceOf(ChooseAnotherModel.class);
            assertThat(failure.details().message()).contains("check baseUrl");
        }
    }

    @Test
    void v1_counts_tokens() {
        try (Lab lab = new Lab(OPTIONS)) {
            ErnieClient client = lab.client(Dialect.QIANFAN_V1);
            // 8 Chinese characters of 0.625, and 2 words.
            assertThat(client.countTokens("ernie-3.5-8k", "一二三四五六七八 two words")).isEqualTo(8);
            assertThat(lab.simulator.requestBodies().getLast())
                    .isEqualTo("{\"prompt\":\"一二三四五六七八 two words\",\"model\":\"ernie-3.5-8k\"}");
            assertThat(client.countTokens("", "one")).isEqualTo(1);
            assertThat(lab.simulator.requestBodies().getLast()).isEqualTo("{\"prompt\":\"one\"}");
            assertThatThrownBy(() -> client.countTokens("", ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("text:");
        }
    }

    @Test
    void a_count_that_fails_for_good_says_why() {
        try (Lab lab = new Lab(OPTIONS)) {
            lab.simulator.failCalls(new Fault.OkError("336100", "busy"));
            ErnieClient once =
                    lab.client(lab.simulator.settings(Dialect.QIANFAN_V1).attempts(1));
            assertThat(failure(() -> once.countTokens("", "a"))).isInstanceOf(RetryLater.class);
            assertThat(once.countTokens("", "a")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, mode = EnumSource.Mode.EXCLUDE, names = "QIANFAN_V1")
    void nobody_else_is_asked_to_count(Dialect dialect) {
        try (Lab lab = new Lab(OPTIONS)) {
            ErnieFailure failure = failure(() -> lab.client(dialect).countTokens("", "a"));
            assertThat(failure).isInstanceOf(GiveUp.class);
            assertThat(failure.details().message()).contains("estimateTokens");
            assertThat(lab.simulator.requests()).isZero();
        }
    }

    @Test
    void anybody_can_estimate() {
        assertThat(ErnieClient.estimateTokens("")).isZero();
        assertThat(List.of(
                        ErnieClient.estimateTokens("一二三四"),
                        ErnieClient.estimateTokens("ten"),
                        ErnieClient.estimateTokens("two words")))
                .containsExactly(4, 2, 3);
    }
}
