package io.erniegateway.ernie.failures;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieFailure.ChooseAnotherModel;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expectations are written out once more, from Baidu's documents and not from the table. */
class FailureTableTest {
    private static final Failures V1 = new Failures(Dialect.QIANFAN_V1, new Secrets(List.of()));
    private static final Failures V2 = new Failures(Dialect.QIANFAN_V2, new Secrets(List.of()));
    private static final Failures OPENAI = new Failures(Dialect.OPENAI, new Secrets(List.of()));

    /** Facts, section 1.5. */
    private static final String V1_CODES = """
            1|RetryLater
            2|RetryLater
            3|ChooseAnotherModel
            4|RetryLater
            6|FixAccess
            13|FixAccess
            14|FixAccess
            15|RetryLater
            17|FixAccess
            18|RetryLater
            19|FixAccess
            100|FixAccess
            110|FixAccess
            111|FixAccess
            336000|RetryLater
            336001|GiveUp
            336002|GiveUp
            336003|GiveUp
            336004|FixAccess
            336005|ChooseAnotherModel
            336006|Shorten
            336007|Shorten
            336100|RetryLater
            336101|GiveUp
            336102|GiveUp
            336103|Shorten
            336104|ClearHistory
            336105|ClearHistory
            336200|GiveUp
            336303|GiveUp
            336304|GiveUp
            336305|GiveUp
            336500|RetryLater
            336501|RetryLater
            336502|RetryLater
            336503|RetryLater
            500000|RetryLater
            999999|GiveUp
            """;

    /** Facts, section 2.6, and what the signature's gateway says. */
    private static final String V2_CODES = """
            400|malformed_json|GiveUp
            400|invalid_model|ChooseAnotherModel
            400|invalid_messages|GiveUp
            400|invalid_argument|GiveUp
            400|invalid_plugin_argument|GiveUp
            400|invalid_image_generation_prompt|GiveUp
            400|invalid_style_refer_image|GiveUp
            400|invalid_image_url|GiveUp
            400|image_url_unsafe|ClearHistory
            400|characters_too_long|Shorten
            400|tokens_too_long|Shorten
            401|invalid_iam_token|FixAccess
            401|no_parameter_permission|FixAccess
            401|invalid_model|ChooseAnotherModel
            401|invalid_appid|FixAccess
            403|system_unsafe|ClearHistory
            403|user_setting_unsafe|ClearHistory
            403|functions_unsafe|ClearHistory
            403|account_overdue|FixAccess
            403|model_offline|ChooseAnotherModel
            403|AccessDenied|FixAccess
            405|method_not_supported|GiveUp
            429|rpm_rate_limit_exceeded|RetryLater
            429|tpm_rate_limit_exceeded|RetryLater
            429|input_tpm_rate_limit_exceeded|RetryLater
            429|output_tpm_rate_limit_exceeded|RetryLater
            429|user_rate_limit_exceeded|RetryLater
            429|preemptible_rate_limit_exceeded|RetryLater
            429|cluster_rate_limit_exceeded|RetryLater
            429|cluster_rpm_rate_limit_exceeded|RetryLater
            429|cluster_tpm_rate_limit_exceeded|RetryLater
            429|Offline_batch_reasoning_refused|RetryLater
            429|coding_plan_rate_limit_exceeded|RetryLater
            429|coding_plan_cluster_rate_limited|RetryLater
            429|coding_plan_subscription_expired|FixAccess
            403|coding_plan_subscription_expired|FixAccess
            500|internal_error|RetryLater
            200|internal_error|RetryLater
            500|Internal_Error|RetryLater
            500|dispatch_internal_error|RetryLater
            500|image_generation_interal_error|RetryLater
            401|invalid_client|FixAccess
            403|SignatureDoesNotMatch|FixAccess
            403|NotFound|FixAccess
            403|InvalidAccessKeyId|FixAccess
            400|InvalidHTTPAuthHeader|FixAccess
            400|RequestExpired|FixAccess
            """;

    /** Of these families the documents give examples only; they are judged by their kind of name. */
    private static final Set<String> WITHOUT_ROW = Set.of("999999", "invalid_style_refer_image");

    @Test
    void every_documented_code_stands_in_the_table_itself() {
        Set<String> documented = new TreeSet<>();
        V1_CODES.lines()
                .forEach(line -> documented.add(line.replaceAll("\\|.*", "").strip()));
        V2_CODES.lines()
                .forEach(line -> documented.add(
                        line.replaceAll("^[^|]*\\||\\|[^|]*$", "").strip()));
        documented.removeAll(WITHOUT_ROW);
        assertThat(documented).hasSizeGreaterThan(75);
        assertThat(documented)
                .allSatisfy(
                        code -> assertThat(FailureTable.rowOf(code)).as(code).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "18,2",
        "336501,60",
        "336502,60",
        "rpm_rate_limit_exceeded,60",
        "tpm_rate_limit_exceeded,60",
        "input_tpm_rate_limit_exceeded,60",
        "output_tpm_rate_limit_exceeded,60",
        "cluster_rpm_rate_limit_exceeded,60",
        "cluster_tpm_rate_limit_exceeded,60"
    })
    void a_window_has_to_pass_before_it_is_worth_trying_again(String code, int seconds) {
        assertThat(retryAfter(V2.refused(new Refusal(429, code, "", "x", "")))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = V1_CODES)
    void every_code_of_v1_has_its_kind(String code, String kind) {
        assertThat(kind(V1.refused(new Refusal(200, code, "", "said the server", "as-1"))))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = V2_CODES)
    void every_code_of_v2_has_its_kind(int status, String code, String kind) {
        assertThat(kind(V2.refused(new Refusal(status, code, "", "said the server", "as-1"))))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "301,ChooseAnotherModel",
        "400,GiveUp",
        "401,FixAccess",
        "402,FixAccess",
        "403,FixAccess",
        "404,ChooseAnotherModel",
        "405,GiveUp",
        "408,RetryLater",
        "413,Shorten",
        "422,GiveUp",
        "429,RetryLater",
        "500,RetryLater",
        "501,GiveUp",
        "502,RetryLater",
        "503,RetryLater",
        "504,RetryLater"
    })
    void a_status_alone_has_its_kind(int status, String kind) {
        assertThat(kind(OPENAI.refused(Refusal.plain(status, "no code at all"))))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200|336003|the current question is too long, max input is 4800|Shorten
            200|336003|messages length must be odd|Shorten
            200|336003|the temperature is wrong|GiveUp
            400|invalid_argument|stop[0] is too long|GiveUp
            200|500|Internal server error|RetryLater
            200|503|x|RetryLater
            200|429|x|RetryLater
            200|401|x|FixAccess
            200|404|x|ChooseAnotherModel
            200|777|request limit by resouce cluster reached|RetryLater
            200|777|server high load, please try later|RetryLater
            400|400|This model's maximum context length is 4096 tokens|Shorten
            400|400|the request exceeds the available context size|Shorten
            400|400|max_tokens must be less than the limit|GiveUp
            """)
    void what_has_no_kind_of_its_own_is_judged_by_its_text(int status, String code, String text, String kind) {
        assertThat(kind(OPENAI.refused(new Refusal(status, code, "", text, ""))))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "14",
                "SignatureDoesNotMatch",
                "NotFound",
                "InvalidAccessKeyId",
                "InvalidHTTPAuthHeader",
                "RequestExpired"
            })
    void a_refused_signature_points_to_the_keys_and_the_clock(String code) {
        assertThat(V1.refused(new Refusal(403, code, "", "x", "")).details().message())
                .isEqualTo("x; check accessKey and secretKey, and this machine's clock");
    }

    @Test
    void the_gateway_refuses_in_headers() {
        assertThat(RefusalReader.ofGateway(403, "NotFound", null)).hasValue(new Refusal(403, "NotFound", "", "", ""));
        assertThat(RefusalReader.ofGateway(403, " ", "x")).isEmpty();
        assertThat(RefusalReader.ofGateway(403, null, "x")).isEmpty();
    }

    @Test
    void an_unsafe_request_clears_the_history_whatever_its_code() {
        assertThat(kind(V2.refused(new Refusal(400, "invalid_messages", "unsafe_request", "x", ""))))
                .isEqualTo("ClearHistory");
    }

    @ParameterizedTest
    @CsvSource({
        "13,true",
        "100,true",
        "110,true",
        "111,true",
        "invalid_iam_token,true",
        "14,false",
        "17,false",
        "18,false"
    })
    void only_stale_tokens_are_worth_renewing(String code, boolean stale) {
        assertThat(Failures.staleToken(V1.refused(new Refusal(200, code, "", "x", ""))))
                .isEqualTo(stale);
    }

    @Test
    void the_minute_window_is_waited_for_unless_the_server_says_otherwise() {
        Refusal rpm = new Refusal(200, "336501", "", "x", "");
        assertThat(retryAfter(V1.refused(rpm))).isEqualTo(Duration.ofMinutes(1));
        assertThat(retryAfter(V1.refused(rpm, Duration.ofSeconds(3)))).isEqualTo(Duration.ofSeconds(3));
        assertThat(retryAfter(V1.refused(new Refusal(200, "2", "", "x", "")))).isNull();
    }

    static Stream<Refusal> signsThatV1IsGone() {
        return Stream.of(
                Refusal.plain(404, "404 page not found"),
                new Refusal(200, "3", "", "Unsupported openapi method", ""),
                new Refusal(200, "6", "", "No permission to access data", ""),
                new Refusal(200, "336005", "", "API name not exist", ""));
    }

    @ParameterizedTest
    @MethodSource("signsThatV1IsGone")
    void what_looks_like_the_end_of_v1_points_to_v2(Refusal refusal) {
        assertThat(V1.refused(refusal).details().message()).contains("2026-08-31", "QIANFAN_V2");
        assertThat(V1.wrongServer(200, "not_a_stream", "a web page")).isInstanceOf(ChooseAnotherModel.class);
    }

    @Test
    void a_message_is_bounded_and_on_one_line() {
        String message = V2.refused(new Refusal(500, "c".repeat(200), "", "x\n\u0000y😀".repeat(300), "i".repeat(300)))
                .details()
                .message();
        assertThat(message).hasSizeLessThanOrEqualTo(500).doesNotContain("\n").endsWith("…");
        assertThat(message.codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    private static @Nullable Duration retryAfter(ErnieFailure failure) {
        return ((RetryLater) failure).retryAfter();
    }

    private static String kind(ErnieFailure failure) {
        return failure.getClass().getSimpleName();
    }
}
