package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Access;
import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieFailure.ChooseAnotherModel;
import io.erniegateway.ernie.ErnieFailure.ClearHistory;
import io.erniegateway.ernie.ErnieFailure.FixAccess;
import io.erniegateway.ernie.ErnieFailure.GiveUp;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.ErnieFailure.Shorten;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalTest {

    static List<Arguments> refusals() {
        return List.of(
                Arguments.of(Dialect.QIANFAN_V2, new Fault.Status(500, "internal_error", "x"), RetryLater.class),
                Arguments.of(Dialect.QIANFAN_V2, new Fault.OkError("internal_error", "x"), RetryLater.class),
                Arguments.of(
                        Dialect.QIANFAN_V2, new Fault.Status(429, "tpm_rate_limit_exceeded", "x"), RetryLater.class),
                Arguments.of(
                        Dialect.QIANFAN_V2, new Fault.Status(502, "", "<html>Bad gateway</html>"), RetryLater.class),
                Arguments.of(Dialect.QIANFAN_V2, new Fault.Status(400, "tokens_too_long", "x"), Shorten.class),
                Arguments.of(Dialect.QIANFAN_V2, new Fault.Status(403, "account_overdue", "x"), FixAccess.class),
                Arguments.of(Dialect.QIANFAN_V2, new Fault.Status(403, "system_unsafe", "x"), ClearHistory.class),
                Arguments.of(Dialect.QIANFAN_V2, new Fault.Status(400, "invalid_argument", "x"), GiveUp.class),
                Arguments.of(Dialect.QIANFAN_V1, new Fault.OkError("336100", "x"), RetryLater.class),
                Arguments.of(Dialect.QIANFAN_V1, new Fault.OkError("336103", "x"), Shorten.class),
                Arguments.of(Dialect.QIANFAN_V1, new Fault.OkError("17", "x"), FixAccess.class),
                Arguments.of(Dialect.QIANFAN_V1, new Fault.OkError("336104", "x"), ClearHistory.class),
                Arguments.of(Dialect.QIANFAN_V1, new Fault.OkError("336001", "x"), GiveUp.class),
                Arguments.of(Dialect.OPENAI, new Fault.Status(503, "", "loading"), RetryLater.class),
                Arguments.of(Dialect.OPENAI, new Fault.Status(402, "402", "x"), FixAccess.class));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void every_dress_of_a_refusal_becomes_its_kind(Dialect dialect, Fault fault, Class<? extends ErnieFailure> kind) {
        try (Lab lab = Lab.saying(Reply.failing(fault))) {
            Collected answer =
                    Collected.ask(lab.client(lab.simulator.settings(dialect).attempts(1)), "hello");
            assertThat(answer.failure()).isInstanceOf(kind);
            assertThat(answer.events()).isEmpty();
            assertThat(lab.simulator.requests()).isEqualTo(1);
        }
    }

    @Test
    void the_servers_words_are_kept() {
        try (Lab lab = Lab.saying(Reply.failing(new Fault.OkError("336001", "参数错误")))) {
            ErnieFailure.Details details =
                    Collected.ask(lab.client(Dialect.QIANFAN_V1), "hello").details();
            assertThat(details.status()).isEqualTo(200);
            assertThat(details.code()).isEqualTo("336001");
            assertThat(details.message()).contains("参数错误");
            assertThat(details.requestId()).startsWith("as-");
        }
    }

    @Test
    void an_unknown_and_a_retired_model_ask_for_another() {
        SimulatorOptions options = SimulatorOptions.defaults().withModels(Set.of("known"), Set.of("retired"));
        try (Lab lab = new Lab(options)) {
            for (Dialect dialect : Dialect.values()) {
                for (String model : List.of("unknown", "retired")) {
                    ErnieSettings.Builder settings = ErnieSettings.builder(
                                    dialect, lab.simulator.baseUrl(dialect), model)
                            .access(
                                    dialect == Dialect.QIANFAN_V1
                                            ? new Access.OAuth(options.clientId(), options.clientSecret(), "")
                                            : new Access.ApiKey(options.apiKey()));
                    assertThat(Collected.ask(lab.client(settings), "hello").failure())
                            .as("%s %s", dialect, model)
                            .isInstanceOf(ChooseAnotherModel.class);
                }
            }
        }
    }

    @Test
    void a_wrong_path_points_to_the_base_url_and_in_v1_to_v2() {
        try (Lab lab = new Lab(SimulatorOptions.defaults())) {
            String origin = "http://127.0.0.1:" + lab.simulator.port();
            Collected v2 = Collected.ask(
                    lab.client(ErnieSettings.builder(Dialect.QIANFAN_V2, origin + "/wrong/v2", "m")
                            .apiKey("some-key")),
                    "hello");
            assertThat(v2.failure()).isInstanceOf(ChooseAnotherModel.class);
            assertThat(v2.details().status()).isEqualTo(404);
            assertThat(v2.details().message()).contains("404 page not found", "check baseUrl");
            Collected v1 = Collected.ask(
                    lab.client(ErnieSettings.builder(Dialect.QIANFAN_V1, origin + "/wrong", "m")
                            .access(new Access.OAuth(
                                    SimulatorOptions.defaults().clientId(),
                                    SimulatorOptions.defaults().clientSecret(),
                                    origin))),
                    "hello");
            assertThat(v1.details().message()).contains("QIANFAN_V2");
        }
    }

    @Test
    void a_wrong_key_is_told_without_the_key() {
        try (Lab lab = new Lab(SimulatorOptions.defaults().withOpenAiKey("right"))) {
            for (Dialect dialect : Dialect.values()) {
                ErnieSettings.Builder settings = dialect == Dialect.QIANFAN_V1
                        ? lab.simulator.settings(dialect).client("id-hunter2", "secret-hunter2")
                        : lab.simulator.settings(dialect).apiKey("wrong-hunter2");
                Collected answer = Collected.ask(lab.client(settings), "hello");
                assertThat(answer.failure()).as("%s", dialect).isInstanceOf(FixAccess.class);
                assertThat(wholeTrace(answer)).doesNotContain("hunter2");
            }
        }
    }

    @Test
    void a_server_that_echoes_the_secrets_cannot_make_the_client_print_them() {
        for (Dialect dialect : Dialect.values()) {
            String known = dialect == Dialect.QIANFAN_V1 ? "secret simulated-client-secret" : "key simulated-api-key";
            String echo = known + ", token 24.simulatedtoken1.2592000,"
                    + " url /chat?access_token=24.simulatedtoken1.2592000, header Bearer abcdefgh";
            for (Fault fault : List.of(
                    new Fault.Status(400, "invalid_argument", echo),
                    new Fault.Status(418, "", echo),
                    new Fault.ErrorLine(1, "invalid_argument", echo),
                    new Fault.Status(
                            302, "", "moved", Map.of("Location", "http://h/?access_token=24.simulatedtoken1.1")))) {
                try (Lab lab = Lab.saying(Reply.failing(fault))) {
                    ErnieSettings.Builder settings = lab.simulator.settings(dialect);
                    ErnieClient client =
                            lab.client(dialect == Dialect.QIANFAN_V1 ? settings : settings.apiKey("simulated-api-key"));
                    Collected answer = Collected.ask(client, "hello");
                    assertThat(wholeTrace(answer))
                            .doesNotContain(
                                    "simulated-api-key", "simulated-client-secret", "simulatedtoken", "abcdefgh");
                }
            }
        }
    }

    @Test
    void a_cut_stream_fails_after_its_text() {
        for (Dialect dialect : Dialect.values()) {
            for (Fault fault : List.of(new Fault.Cut(2), new Fault.Reset(2))) {
                try (Lab lab = Lab.saying(Reply.of("甲乙丙丁").at(Profile.atOnce(1)).with(fault))) {
                    Collected answer = Collected.ask(lab.client(dialect), "hello");
                    assertThat(answer.text()).as("%s %s", dialect, fault).isIn("甲乙", "甲");
                    assertThat(answer.failure()).isInstanceOf(RetryLater.class);
                    assertThat(answer.details().code()).isEqualTo("cut");
                    assertThat(lab.simulator.requests()).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void an_error_in_the_middle_fails_after_the_text_and_is_not_retried() {
        for (Dialect dialect : Dialect.values()) {
            String code = dialect == Dialect.QIANFAN_V1 ? "336100" : "internal_error";
            try (Lab lab = Lab.saying(Reply.of("甲乙丙丁").at(Profile.atOnce(1)).with(new Fault.ErrorLine(2, code, "x")))) {
                Collected answer = Collected.ask(lab.client(dialect), "hello");
                assertThat(answer.text()).isEqualTo("甲乙");
                assertThat(answer.details().code()).isEqualTo(code);
                assertThat(lab.simulator.requests()).isEqualTo(1);
                assertThat(lab.waits).isEmpty();
            }
        }
    }

    @Test
    void a_self_hosted_server_tells_an_overflow_by_text() {
        try (Lab lab = new Lab(SimulatorOptions.defaults().withMaxCharacters(10))) {
            for (Dialect dialect : Dialect.values()) {
                assertThat(Collected.ask(lab.client(dialect), "more than ten characters")
                                .failure())
                        .isInstanceOf(Shorten.class);
            }
        }
    }

    private static String wholeTrace(Collected answer) {
        StringWriter trace = new StringWriter();
        Objects.requireNonNull(answer.thrown(), "must have failed").printStackTrace(new PrintWriter(trace));
        return trace + answer.failure().toString();
    }
}
