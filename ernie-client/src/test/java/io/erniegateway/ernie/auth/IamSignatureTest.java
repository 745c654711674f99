package io.erniegateway.ernie.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** V1 calls signed by the client and checked by the simulator, which reads the request from the wire. */
@Timeout(30)
class IamSignatureTest {
    private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults();
    private static final String QUESTION = "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    private final OkHttpClient http = new OkHttpClient();
    private final Lab lab = Lab.saying(Reply.of("甲乙").at(Profile.atOnce(1)));

    private record Answered(int status, String code, String message, String body) {}

    @AfterEach
    void stop() {
        lab.close();
        http.connectionPool().evictAll();
    }

    @Test
    void a_signed_call_needs_no_token() throws IOException {
        Answered answer =
                ask(credentials(OPTIONS.accessKey(), OPTIONS.secretKey()).sign(question("")));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"result\":\"甲\"", "\"is_end\":true");
        assertThat(lab.simulator.tokenRequests()).isZero();
    }

    @Test
    void queries_in_any_script_are_covered() throws IOException {
        Request request = question("?z=1+1&问=你好%20~&empty=&bare&a=2&a=1&a-b=%2B");
        assertThat(ask(credentials(OPTIONS.accessKey(), OPTIONS.secretKey()).sign(request)))
                .extracting(Answered::status)
                .isEqualTo(200);
    }

    @Test
    void a_wrong_secret_does_not_match_and_is_not_worth_renewing() throws IOException {
        IamSignature wrong = credentials(OPTIONS.accessKey(), "another-secret");
        Request signed = wrong.sign(question(""));
        assertThat(ask(signed))
                .isEqualTo(new Answered(
                        403, "SignatureDoesNotMatch", "The request signature does not match the one provided.", ""));
        assertThat(wrong.renew(signed)).isFalse();
    }

    @Test
    void an_unknown_access_key_is_not_found() throws IOException {
        assertThat(ask(credentials("nobody", OPTIONS.secretKey()).sign(question(""))))
                .isEqualTo(new Answered(403, "NotFound", "credential not found", ""));
    }

    @Test
    void a_signature_is_good_for_half_an_hour_and_not_from_the_future() throws IOException {
        Request signed = credentials(OPTIONS.accessKey(), OPTIONS.secretKey()).sign(question(""));
        lab.later(Duration.ofMinutes(30).minusSeconds(1));
        assertThat(ask(signed).status()).isEqualTo(200);
        lab.later(Duration.ofSeconds(1));
        assertThat(ask(signed)).extracting(Answered::code).isEqualTo("RequestExpired");
        lab.later(Duration.ofHours(-1));
        assertThat(ask(signed)).extracting(Answered::code).isEqualTo("RequestExpired");
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                forged(
                        "another model",
                        "NotMatch",
                        request -> request.newBuilder()
                                .url(request.url()
                                        .newBuilder()
                                        .addPathSegment("x")
                                        .build())
                                .build()),
                forged(
                        "another query",
                        "NotMatch",
                        request -> request.newBuilder()
                                .url(request.url()
                                        .newBuilder()
                                        .addQueryParameter("a", "1")
                                        .build())
                                .build()),
                forged(
                        "another method",
                        "NotMatch",
                        request -> request.newBuilder()
                                .method("PUT", request.body())
                                .build()),
                forged(
                        "another date",
                        "NotMatch",
                        request -> request.newBuilder()
                                .header("x-bce-date", "2026-11-24T10:00:01Z")
                                .build()),
                forged(
                        "another host",
                        "NotMatch",
                        request ->
                                request.newBuilder().header("Host", "elsewhere").build()),
                forged(
                        "a missing header",
                        "NotMatch",
                        request ->
                                request.newBuilder().removeHeader("x-bce-date").build()),
                forged(
                        "a header twice",
                        "NotMatch",
                        request -> request.newBuilder()
                                .addHeader("x-bce-date", "2026-11-24T10:00:00Z")
                                .build()),
                forged("no signed headers", "NotMatch", with("host;x-bce-date", "")),
                forged("an unsigned host", "NotMatch", with("host;", "")),
                forged("unsorted headers", "InvalidHTTPAuthHeader", with("host;x-bce-date", "x-bce-date;host")),
                forged("upper case", "InvalidHTTPAuthHeader", with("host;", "Host;")),
                forged("a longer life", "NotMatch", with("/1800/", "/18000/")),
                forged("no life", "InvalidHTTPAuthHeader", with("/1800/", "/0/")),
                forged("no time", "InvalidHTTPAuthHeader", with("Z/1800/", "/1800/")),
                forged("a part more", "InvalidHTTPAuthHeader", with("/1800/", "/1800//")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void whatever_was_changed_after_signing_is_noticed(String name, String code, UnaryOperator<Request> change)
            throws IOException {
        Request signed = credentials(OPTIONS.accessKey(), OPTIONS.secretKey()).sign(question(""));
        assertThat(ask(change.apply(signed)).code()).endsWith(code);
    }

    private static Arguments forged(String name, String code, UnaryOperator<Request> change) {
        return Arguments.of(name, code, change);
    }

    private static UnaryOperator<Request> with(String part, String other) {
        return request -> {
            String header = request.header("Authorization");
            assertThat(header).contains(part);
            return request.newBuilder()
                    .header("Authorization", String.valueOf(header).replace(part, other))
                    .build();
        };
    }

    private IamSignature credentials(String accessKey, String secretKey) {
        return new IamSignature(accessKey, secretKey, lab.clock());
    }

    private Request question(String query) {
        String path = "/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/" + SimulatorOptions.DEMO_MODEL;
        return new Request.Builder()
                .url("http://127.0.0.1:" + lab.simulator.port() + path + query)
                .post(RequestBody.create(QUESTION, MediaType.get("application/json")))
                .build();
    }

    private Answered ask(Request request) throws IOException {
        try (Response response = http.newCall(request).execute()) {
            return new Answered(
                    response.code(),
                    header(response, "X-Bce-Error-Code"),
                    header(response, "X-Bce-Error-Message"),
                    response.body().string());
        }
    }

    private static String header(Response response, String name) {
        return String.join(",", response.headers(name));
    }
}
