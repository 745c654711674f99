package io.erniegateway.ernie.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.auth.BceSignature;
import io.erniegateway.ernie.auth.BceSignature.Parameter;
import io.erniegateway.ernie.auth.BceSignature.Signed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asked by a client that is not ours, and that signs more or fewer headers than ours. */
class IamDeskTest {
    private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults()
            .withTimeScale(0)
            .withAccessKeys("my-access", "my-secret")
            .withScript(Script.saying(Reply.of("好")));
    private static final String QUESTION =
            "{\"model\":\"" + SimulatorOptions.DEMO_MODEL + "\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Lab lab = new Lab(OPTIONS);

    @AfterEach
    void stop() {
        lab.close();
        http.close();
    }

    @Test
    void a_bearer_looks_as_documented_and_lives_half_an_hour_unless_told_otherwise() throws Exception {
        assertThat(mint("", "Bearer " + OPTIONS.apiKey()).body())
                .isEqualTo("{\"userId\":\"simulated-user\","
                        + "\"token\":\"bce-v3/ALTAK-simulated1/0123456789abcdef0123456789abcdef01234567\","
                        + "\"status\":\"enable\",\"createTime\":\"2026-11-24T10:00:00.000Z\","
                        + "\"expireTime\":\"2026-11-24T10:30:00.000Z\"}");
        assertThat(mint("?expireInSeconds=2592000", "Bearer " + OPTIONS.apiKey())
                        .body())
                .contains("\"expireTime\":\"2026-12-24T10:00:00.000Z\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "299",
                "2592001",
                "0",
                "-300",
                "300.5",
                "",
                "half an hour",
                "99999999999",
                "300&expireInSeconds=300"
            })
    void a_life_out_of_range_is_refused(String seconds) throws Exception {
        HttpResponse<String> response =
                mint("?expireInSeconds=" + seconds.replace(" ", "+"), "Bearer " + OPTIONS.apiKey());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("X-Bce-Error-Code")).hasValue("InvalidParameter");
    }

    @Test
    void nobody_gets_a_bearer_without_a_key() throws Exception {
        for (String authorization : List.of("none", "Bearer wrong", "bce-auth-v1/x")) {
            HttpResponse<String> response = mint("", authorization);
            assertThat(response.statusCode()).as(authorization).isIn(400, 403);
            assertThat(response.body()).isEmpty();
        }
        assertThat(send(request("/v1/BCE-BEARER/token", "Bearer " + OPTIONS.apiKey())
                                .POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void a_bearer_opens_v2_until_it_ends() throws Exception {
        String bearer = mint("?expireInSeconds=300", "Bearer " + OPTIONS.apiKey())
                .body()
                .replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
        assertThat(chat("Bearer " + bearer).statusCode()).isEqualTo(200);
        lab.later(Duration.ofMinutes(5));
        assertThat(chat("Bearer " + bearer).body()).contains("invalid_iam_token", "IAM Certification failed");
        assertThat(chat("Bearer " + bearer).statusCode()).isEqualTo(401);
    }

    @Test
    void v2_takes_no_signature() throws Exception {
        String signature = authorization("POST", "/v2/chat/completions", List.of(), Map.of("host", host()), true);
        assertThat(chat(signature).body()).contains("invalid_iam_token");
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void any_set_of_headers_with_the_host_may_be_signed_and_the_usual_ones_need_no_names(boolean named, boolean type)
            throws Exception {
        Map<String, String> signed = new TreeMap<>(Map.of("host", host(), "x-bce-note", "a b"));
        if (type) {
            signed.put("content-type", "text/plain");
        }
        List<Parameter> query = List.of(new Parameter("expireInSeconds", "300"), new Parameter("a", "é &"));
        String authorization = authorization("GET", "/v1/BCE-BEARER/token", query, signed, named);
        HttpRequest.Builder request = request("/v1/BCE-BEARER/token?expireInSeconds=300&a=%c3%A9+%26", authorization)
                .header("X-Bce-Note", " a b ")
                .header("Content-Type", "text/plain");
        assertThat(send(request).statusCode()).isEqualTo(named || type ? 200 : 403);
    }

    private String authorization(
            String method, String path, List<Parameter> query, Map<String, String> headers, boolean named) {
        String prefix = BceSignature.prefix("my-access", lab.clock().instant(), Duration.ofMinutes(5));
        Signed request = new Signed(method, path, query, headers);
        String signature = BceSignature.of(request, BceSignature.signingKey("my-secret", prefix));
        return prefix + "/" + (named ? BceSignature.names(request) : "") + "/" + signature;
    }

    private String host() {
        return "127.0.0.1:" + lab.simulator.port();
    }

    private HttpRequest.Builder request(String path, String authorization) {
        return HttpRequest.newBuilder(URI.create(lab.simulator.iamUrl() + path)).header("Authorization", authorization);
    }

    private HttpResponse<String> mint(String query, String authorization) throws IOException, InterruptedException {
        return send(request("/v1/BCE-BEARER/token" + query, authorization));
    }

    private HttpResponse<String> chat(String authorization) throws IOException, InterruptedException {
        return send(request("/v2/chat/completions", authorization).POST(BodyPublishers.ofString(QUESTION)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
