package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.EmbeddingModel;
import io.erniegateway.ernie.EmbeddingRequest;
import io.erniegateway.ernie.Embeddings;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieFailure.ChooseAnotherModel;
import io.erniegateway.ernie.ErnieFailure.FixAccess;
import io.erniegateway.ernie.ErnieFailure.GiveUp;
import io.erniegateway.ernie.ErnieFailure.Shorten;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.failures.Secrets;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class EmbedTest {
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Fault BUSY = new Fault.Status(503, "", "busy");

    private static Lab lab() {
        return Lab.saying(Reply.of("unused"));
    }

    /** The simulator's self-hosted server serves its one model for everything. */
    private static String model(Dialect dialect) {
        return dialect.api() == Dialect.Api.OPENAI ? "scripted-demo" : "embedding-v1";
    }

    private static EmbeddingRequest numbered(String model, int count) {
        return new EmbeddingRequest(
                model, IntStream.range(0, count).mapToObj(i -> "text " + i).toList(), "");
    }

    private static ErnieException failed(ErnieClient client, EmbeddingRequest request) {
        return catchThrowableOfType(ErnieException.class, () -> client.embed(request));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void many_texts_are_sent_in_several_calls_and_come_back_in_their_order(Dialect dialect) {
        try (Lab lab = lab()) {
            ErnieClient client = lab.client(dialect);
            EmbeddingRequest request = numbered(model(dialect), 35);
            Embeddings all = client.embed(request);
            assertThat(lab.simulator.requests()).isEqualTo(3);
            assertThat(all.vectors()).hasSize(35).allMatch(vector -> vector.length == all.dimension());
            assertThat(all.requestIds()).hasSize(3);
            assertThat(lab.simulator.requestIds()).doesNotHaveDuplicates().doesNotContain("");
            int tokens = 0;
            for (int i = 0; i < 35; i += 17) {
                Embeddings one = client.embed(
                        EmbeddingRequest.of(model(dialect), request.texts().get(i)));
                assertThat(one.vectors().getFirst()).isEqualTo(all.vectors().get(i));
                tokens = one.usage() == null ? 0 : one.usage().total();
            }
            assertThat(all.vectors().get(0)).isNotEqualTo(all.vectors().get(17));
            assertThat(all.usage()).isEqualTo(new Usage(35 * tokens, 0, 35 * tokens));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "16, 1", "17, 2", "32, 2", "33, 3"})
    void as_few_calls_as_the_limit_allows(int texts, int calls) {
        try (Lab lab = lab()) {
            Embeddings answer = lab.client(Dialect.QIANFAN_V2).embed(numbered("bge-large-zh", texts));
            assertThat(answer.vectors()).hasSize(texts);
            assertThat(answer.dimension()).isEqualTo(1024);
            assertThat(lab.simulator.requests()).isEqualTo(calls);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"QIANFAN_V1", "QIANFAN_V2"})
    void tao_8k_takes_one_text_a_call(Dialect dialect) {
        try (Lab lab = lab()) {
            assertThat(lab.client(dialect).embed(numbered("tao-8k", 3)).vectors())
                    .hasSize(3);
            assertThat(lab.simulator.requests()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "embedding-v1",
                "Embedding-V1",
                "bge-large-zh",
                "bge_large_zh",
                "bge-large-en",
                "tao-8k",
                "tao_8k"
            })
    void both_interfaces_take_both_spellings(String model) {
        try (Lab lab = lab()) {
            for (Dialect dialect : List.of(Dialect.QIANFAN_V1, Dialect.QIANFAN_V2)) {
                assertThat(lab.client(dialect)
                                .embed(EmbeddingRequest.of(model, "好"))
                                .vectors())
                        .hasSize(1);
            }
        }
    }

    @Test
    void a_name_that_the_table_cannot_correct_is_sent_as_it_is() {
        try (Lab lab = lab()) {
            ErnieClient client = lab.client(Dialect.QIANFAN_V2);
            assertThat(client.embed(EmbeddingRequest.of("Qwen3-Embedding-0.6B", "好"))
                            .dimension())
                    .isEqualTo(1024);
            assertThat(failed(client, EmbeddingRequest.of("my-model", "好")).failure())
                    .isInstanceOf(ChooseAnotherModel.class);
            assertThat(lab.simulator.requestBodies().getLast()).contains("\"model\":\"my-model\"");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"QIANFAN_V1", "QIANFAN_V2"})
    void a_text_that_is_too_long_is_refused_before_anything_is_sent(Dialect dialect) {
        try (Lab lab = lab()) {
            EmbeddingRequest request = EmbeddingRequest.of("embedding-v1", "a", "b".repeat(1001));
            assertThatThrownBy(() -> lab.client(dialect).embed(request))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("texts[1]: has 1001 characters");
            assertThat(lab.simulator.requests()).isZero();
        }
    }

    @Test
    void what_only_the_server_finds_too_long_is_told_as_such() {
        try (Lab lab = lab()) {
            // 630 tokens as Baidu's SDK counts, of 384, but no more than 1000 characters.
            EmbeddingRequest request = EmbeddingRequest.of("embedding-v1", "字".repeat(1000));
            assertThat(failed(lab.client(Dialect.QIANFAN_V2), request).failure())
                    .isInstanceOf(Shorten.class);
            assertThat(failed(lab.client(Dialect.QIANFAN_V1), request)
                            .failure()
                            .details()
                            .code())
                    .isEqualTo("336003");
            assertThat(lab.simulator.requests()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatever_may_pass_is_tried_again_for_its_call_only(Dialect dialect) {
        String code = dialect == Dialect.QIANFAN_V1 ? "336100" : "internal_error";
        for (Fault fault : List.of(BUSY, new Fault.OkError(code, "busy"), new Fault.Reset(0), new Fault.Cut(0))) {
            try (Lab lab = lab()) {
                lab.simulator.failCalls(new Fault.None(), fault);
                Embeddings answer = lab.client(dialect).embed(numbered(model(dialect), 17));
                assertThat(answer.vectors()).as("%s", fault).hasSize(17);
                assertThat(lab.simulator.requests()).isEqualTo(3);
                assertThat(lab.waits).hasSize(1);
            }
        }
    }

    @Test
    void each_call_has_the_whole_patience_and_one_that_fails_for_good_fails_all() {
        try (Lab lab = lab()) {
            lab.simulator.failCalls(BUSY, BUSY, new Fault.None(), BUSY, BUSY, new Fault.None());
            ErnieClient client =
                    lab.client(lab.simulator.settings(Dialect.QIANFAN_V2).attempts(3));
            assertThat(client.embed(numbered("embedding-v1", 17)).vectors()).hasSize(17);
            lab.simulator.failCalls(new Fault.None(), new Fault.Status(403, "account_overdue", "x"));
            assertThat(failed(client, numbered("embedding-v1", 33)).failure()).isInstanceOf(FixAccess.class);
            assertThat(lab.simulator.requests()).isEqualTo(8);
        }
    }

    @Test
    void a_stale_token_between_two_calls_is_replaced() {
        try (Lab lab = lab()) {
            ErnieClient client = lab.client(Dialect.QIANFAN_V1);
            client.embed(numbered("embedding-v1", 1));
            lab.simulator.expireTokens();
            assertThat(client.embed(numbered("embedding-v1", 17)).vectors()).hasSize(17);
            assertThat(lab.simulator.tokenRequests()).isEqualTo(2);
            assertThat(lab.waits).isEmpty();
        }
    }

    @Test
    void closing_the_client_ends_the_call_and_those_that_would_follow() throws InterruptedException {
        try (Lab lab = lab()) {
            lab.simulator.failCalls(new Fault.None(), new Fault.Stall(0));
            ErnieClient client = lab.client(Dialect.QIANFAN_V2);
            AtomicReference<ErnieFailure> failure = new AtomicReference<>();
            Thread asker = Thread.ofVirtual()
                    .start(() -> failure.set(
                            failed(client, numbered("embedding-v1", 48)).failure()));
            await().atMost(SOON).until(() -> lab.simulator.requests() == 2 && lab.simulator.openStreams() == 1);
            client.close();
            assertThat(asker.join(SOON)).isTrue();
            assertThat(failure.get().details().code()).isEqualTo("closed");
            await().atMost(SOON).until(() -> lab.simulator.cancelledStreams() == 1);
            assertThat(lab.simulator.requests()).isEqualTo(2);
        }
    }

    @Test
    void user_and_app_go_where_each_interface_has_them() {
        try (Lab lab = lab()) {
            EmbeddingRequest request = new EmbeddingRequest("embedding-v1", List.of("好\ud83d"), "u1");
            lab.client(lab.simulator.settings(Dialect.QIANFAN_V2).appId("app-simulated"))
                    .embed(request);
            assertThat(lab.simulator.requestBodies().getLast())
                    .isEqualTo("{\"model\":\"embedding-v1\",\"input\":[\"好\uFFFD\"],\"user\":\"u1\"}");
            lab.client(Dialect.QIANFAN_V1).embed(request);
            assertThat(lab.simulator.requestBodies().getLast())
                    .isEqualTo("{\"input\":[\"好\uFFFD\"],\"user_id\":\"u1\"}");
            assertThat(failed(
                                    lab.client(lab.simulator
                                            .settings(Dialect.QIANFAN_V2)
                                            .appId("app-wrong")),
                                    request)
                            .failure()
                            .details()
                            .code())
                    .isEqualTo("invalid_appid");
        }
    }

    @Test
    void vectors_follow_their_numbers_not_their_places() throws JsonProcessingException {
        List<float[]> vectors = reading("embedding-x", """
                {"data":[{"index":1,"embedding":[3,4]},{"index":0,"embedding":[1.5,-2e-3]}]}""", 2);
        assertThat(vectors.get(0)).containsExactly(1.5f, -0.002f);
        assertThat(vectors.get(1)).containsExactly(3f, 4f);
    }

    @Test
    void without_numbers_they_follow_their_places() throws JsonProcessingException {
        assertThat(reading("embedding-x", "{\"data\":[{\"embedding\":[1]},{\"embedding\":[2]}]}", 2)
                        .get(1))
                .containsExactly(2f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 vectors for 2|{\"data\":[{\"embedding\":[1]}]}",
                "3 vectors for 2|{\"data\":[{\"embedding\":[1]},{\"embedding\":[1]},{\"embedding\":[1]}]}",
                "in no order|{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]}",
                "in no order|{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":2,\"embedding\":[1]}]}",
                "in no order|{\"data\":[{\"index\":-1,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]}",
                "of 0 numbers|{\"data\":[{\"embedding\":[]},{\"embedding\":[1]}]}",
                "of 0 numbers|{\"data\":[{\"embedding\":\"AAAA\"},{\"embedding\":[1]}]}",
                "than a number|{\"data\":[{\"embedding\":[null]},{\"embedding\":[1]}]}",
                "than a number|{\"data\":[{\"embedding\":[\"1\"]},{\"embedding\":[1]}]}",
                "than a number|{\"data\":[{\"embedding\":[1e300]},{\"embedding\":[1]}]}"
            })
    void an_answer_that_does_not_fit_the_texts_is_never_handed_out(String fault, String json) {
        ErnieException thrown = catchThrowableOfType(ErnieException.class, () -> reading("embedding-x", json, 2));
        assertThat(thrown.failure()).isInstanceOf(GiveUp.class);
        assertThat(thrown.failure().details().code()).isEqualTo("malformed");
        assertThat(thrown).hasMessageContaining(fault);
    }

    @Test
    void a_known_model_has_its_dimension() {
        ErnieException thrown = catchThrowableOfType(
                ErnieException.class, () -> reading("embedding-v1", "{\"data\":[{\"embedding\":[1,2]}]}", 1));
        assertThat(thrown).hasMessageContaining("those of embedding-v1 have 384");
    }

    @Test
    void json_without_vectors_is_a_wrong_server() {
        ErnieException thrown =
                catchThrowableOfType(ErnieException.class, () -> reading("embedding-x", "{\"result\":\"好\"}", 1));
        assertThat(thrown.failure()).isInstanceOf(ChooseAnotherModel.class);
    }

    private static List<float[]> reading(String model, String json, int expected) throws JsonProcessingException {
        Failures failures = new Failures(Dialect.QIANFAN_V2, new Secrets(List.of()));
        EmbeddingRequest request = EmbeddingRequest.of(model, "a");
        return new EmbeddingCall(
                        Dialect.Api.QIANFAN_V2, request, EmbeddingModel.of(Dialect.QIANFAN_V2, model), failures)
                .read(new ObjectMapper().readTree(json), expected);
    }
}
