package io.erniegateway.ernie.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erniegateway.ernie.Dialect;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asked by a client that is not ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErnieSimulatorTest {
    private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults()
            .withTimeScale(0)
            .withModels(Set.of("m"), Set.of("old"))
            .withMaxCharacters(50)
            .withScript(Script.saying(Reply.of("好")));

    private final HttpClient http = HttpClient.newHttpClient();
    private final ErnieSimulator simulator = ErnieSimulator.start(OPTIONS);

    @AfterAll
    void stop() {
        simulator.close();
        http.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            400|malformed_json|nonsense
            400|malformed_json|[]
            400|invalid_model|{"messages":[{"role":"user","content":"a"}]}
            401|invalid_model|{"model":"other","messages":[{"role":"user","content":"a"}]}
            403|model_offline|{"model":"old","messages":[{"role":"user","content":"a"}]}
            400|invalid_messages|{"model":"m","messages":[]}
            400|invalid_messages|{"model":"m"}
            400|invalid_messages|{"model":"m","messages":[{"role":"user","content":" \\n"}]}
            400|invalid_messages|{"model":"m","messages":[{"role":"assistant","content":"a"}]}
            400|invalid_messages|{"model":"m","messages":[{"role":"user","content":"a"},{"role":"user","content":"b"}]}
            400|invalid_messages|{"model":"m","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}
            400|invalid_messages|{"model":"m","messages":[{"role":"user","content":"a","reasoning_content":"b"}]}
            400|invalid_argument|{"model":"m","messages":[{"role":"user","content":"a"}],"temperature":2.5}
            400|invalid_argument|{"model":"m","messages":[{"role":"user","content":"a"}],"top_p":-1}
            400|invalid_argument|{"model":"m","messages":[{"role":"user","content":"a"}],"user_id":"x"}
            400|characters_too_long|{"model":"m","messages":[{"role":"user","content":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}]}
            """)
    void v2_refuses(int status, String code, String body) throws Exception {
        HttpResponse<String> response = post("/v2/chat/completions", body, OPTIONS.apiKey());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"code\":\"" + code + "\"", "\"id\":\"as-");
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            m|336002|nonsense
            other|3|{"messages":[{"role":"user","content":"a"}]}
            m|336003|{"messages":[]}
            m|336006|{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}
            m|336006|{"messages":[{"role":"system","content":"a"}]}
            m|336006|{"messages":[{"role":"user","content":"a"},{"role":"user","content":"b"},{"role":"user","content":"c"}]}
            m|336003|{"messages":[{"role":"user","content":"  "}]}
            m|336003|{"messages":[{"role":"user","content":"a"}],"temperature":0}
            m|336003|{"messages":[{"role":"user","content":"a"}],"max_output_tokens":1}
            m|336003|{"messages":[{"role":"user","content":"a"}],"stream_options":{}}
            m|336007|{"system":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","messages":[{"role":"user","content":"a"}]}
            """)
    void v1_refuses_with_http_200(String endpoint, int code, String body) throws Exception {
        HttpResponse<String> response =
                post("/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/" + endpoint + "?access_token=" + token(), body, "");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"error_code\":" + code + ",");
    }

    @Test
    void a_self_hosted_server_refuses_what_only_baidu_knows() throws Exception {
        HttpResponse<String> response = post(
                "/v1/chat/completions",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"web_search\":{}}",
                "");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("web_search");
    }

    @Test
    void strangers_stay_outside() throws Exception {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
        assertThat(post("/v2/chat/completions", body, "wrong").body()).contains("invalid_iam_token");
        assertThat(post("/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/m", body, "").body())
                .contains("\"error_code\":110,");
        assertThat(get("/v2/models", "").statusCode()).isEqualTo(403);
        assertThat(get("/v2/models", OPTIONS.apiKey()).body()).contains("\"m\"").doesNotContain("old");
        assertThat(get("/v1/models", "").body()).contains("\"m\"");
        assertThat(post("/oauth/2.0/token?grant_type=client_credentials&client_id=x&client_secret=y", "", "")
                        .body())
                .contains("unknown client id");
    }

    @Test
    void other_paths_and_methods_are_refused_as_baidu_does() throws Exception {
        assertThat(get("/v2/v2/chat/completions", OPTIONS.apiKey()).body()).isEqualTo("404 page not found");
        assertThat(get("/v2/chat/completions", OPTIONS.apiKey()).statusCode()).isEqualTo(405);
    }

    @Test
    void a_request_without_stream_gets_one_object() throws Exception {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
        assertThat(post("/v2/chat/completions", body, OPTIONS.apiKey()).body())
                .contains("\"message\":{\"role\":\"assistant\",\"content\":\"好\"}", "\"finish_reason\":\"stop\"");
    }

    @Test
    void a_stream_looks_as_recorded() throws Exception {
        String body = "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
        HttpResponse<String> response = post("/v2/chat/completions", body, OPTIONS.apiKey());
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(response.body().lines().filter(line -> !line.isEmpty()))
                .hasSize(3)
                .allMatch(line -> line.startsWith("data: "))
                .last()
                .isEqualTo("data: [DONE]");
        assertThat(response.body()).contains("\"delta\":{\"role\":\"assistant\",\"content\":\"好\"},\"flag\":0");
    }

    @Test
    void the_rate_limit_is_refused_with_its_headers() throws Exception {
        SimulatorOptions limited = OPTIONS.withRate(1, Duration.ofMinutes(1));
        try (ErnieSimulator strict = ErnieSimulator.start(limited)) {
            String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
            URI url = URI.create(strict.baseUrl(Dialect.QIANFAN_V2) + "/chat/completions");
            assertThat(send(url, body, OPTIONS.apiKey()).statusCode()).isEqualTo(200);
            HttpResponse<String> refused = send(url, body, OPTIONS.apiKey());
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("rpm_rate_limit_exceeded");
            assertThat(refused.headers().firstValue("X-Ratelimit-Remaining-Requests"))
                    .hasValue("0");
        }
    }

    @Test
    void tokens_of_prompts_and_answers_use_up_the_minute_of_their_model() throws Exception {
        // "hello" and "好" are 3 and 1.
        SimulatorOptions limited =
                OPTIONS.withModels(Set.of("m", "n"), Set.of()).withTokensPerMinute(5);
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T10:00:00Z"));
        try (ErnieSimulator strict = ErnieSimulator.start(limited, now::get)) {
            String hello = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
            URI url = URI.create(strict.baseUrl(Dialect.QIANFAN_V2) + "/chat/completions");
            for (int minute = 0; minute < 2; minute++) {
                HttpResponse<String> served = send(url, "{\"model\":\"m\"," + hello, OPTIONS.apiKey());
                assertThat(served.statusCode()).isEqualTo(200);
                assertThat(tokenHeaders(served)).containsExactly("5", "5", "1", "1");
                HttpResponse<String> refused = send(url, "{\"model\":\"m\"," + hello, OPTIONS.apiKey());
                assertThat(refused.statusCode()).isEqualTo(429);
                assertThat(refused.body()).contains("\"code\":\"tpm_rate_limit_exceeded\"");
                assertThat(tokenHeaders(refused)).containsExactly("5", "5", "0", "0");
                assertThat(send(url, "{\"model\":\"n\"," + hello, OPTIONS.apiKey())
                                .statusCode())
                        .as("another model")
                        .isEqualTo(200);
                now.updateAndGet(instant -> instant.plusSeconds(60));
            }
        }
    }

    private static List<String> tokenHeaders(HttpResponse<String> response) {
        return Stream.of("Limit-Input", "Limit-Output", "Remaining-Input", "Remaining-Output")
                .map(name -> response.headers()
                        .firstValue("X-Ratelimit-" + name + "-Tokens")
                        .orElse("none"))
                .toList();
    }

    @Test
    void v1_has_one_pair_of_token_headers_and_its_own_code() throws Exception {
        SimulatorOptions limited = OPTIONS.withTokensPerMinute(4);
        try (ErnieSimulator strict = ErnieSimulator.start(limited)) {
            URI tokens = URI.create(strict.baseUrl(Dialect.QIANFAN_V1) + tokenPath());
            URI url = URI.create(strict.baseUrl(Dialect.QIANFAN_V1)
                    + "/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/m?access_token="
                    + accessToken(send(tokens, "", "").body()));
            String hello = "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
            HttpResponse<String> served = send(url, hello, "");
            assertThat(served.body()).startsWith("data: ");
            HttpResponse<String> refused = send(url, hello, "");
            assertThat(refused.statusCode()).isEqualTo(200);
            assertThat(refused.body()).contains("\"error_code\":336502,");
            for (HttpResponse<String> response : List.of(served, refused)) {
                assertThat(response.headers().firstValue("X-Ratelimit-Limit-Tokens"))
                        .hasValue("4");
                assertThat(response.headers().firstValue("X-Ratelimit-Remaining-Tokens"))
                        .hasValue("0");
            }
        }
    }

    @Test
    void without_a_limit_of_tokens_nothing_is_said_of_one() throws Exception {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
        assertThat(tokenHeaders(post("/v2/chat/completions", body, OPTIONS.apiKey())))
                .containsOnly("none");
    }

    @Test
    void an_app_is_known_by_its_whole_name() throws Exception {
        assertThat(askedAs(OPTIONS, "app-simulated")).contains("好");
        assertThat(askedAs(OPTIONS, "app-1")).contains("\"code\":\"invalid_appid\"");
        SimulatorOptions mine = OPTIONS.withAppId("app-mine");
        assertThat(askedAs(mine, "app-mine")).contains("好");
        assertThat(askedAs(mine, "app-simulated")).contains("\"code\":\"invalid_appid\"");
        assertThatThrownBy(() -> OPTIONS.withAppId("mine")).hasMessage("appId: must begin with app-, not mine");
    }

    private String askedAs(SimulatorOptions options, String app) throws IOException, InterruptedException {
        try (ErnieSimulator asked = ErnieSimulator.start(options)) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(asked.baseUrl(Dialect.QIANFAN_V2) + "/chat/completions"))
                    .header("appid", app)
                    .POST(BodyPublishers.ofString(
                            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"));
            HttpResponse<String> response = http.send(authorized(request, options.apiKey()), BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(response.body().contains("invalid_appid") ? 401 : 200);
            return response.body();
        }
    }

    @Test
    void counts_on_each_chunk_are_for_those_who_ask() throws Exception {
        String body = "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"chunk_include_usage\":true},"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
        assertThat(post("/v2/chat/completions", body, OPTIONS.apiKey())
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("data: {")))
                .hasSize(2)
                .allMatch(line ->
                        line.contains("\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}"));
    }

    @Test
    void the_recorded_pace_is_kept_by_the_time_scale() throws Exception {
        SimulatorOptions slow = SimulatorOptions.defaults().withTimeScale(0.1);
        try (ErnieSimulator scaled = ErnieSimulator.start(slow)) {
            String body = "{\"model\":\"scripted-demo\",\"stream\":true,"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
            long begun = System.nanoTime();
            send(URI.create(scaled.baseUrl(Dialect.QIANFAN_V2) + "/chat/completions"), body, slow.apiKey());
            // 60 ms before the first of about 150 chunks that are 2 to 6 ms apart.
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(300));
        }
    }

    private String token() throws IOException, InterruptedException {
        String body = post(tokenPath(), "", "").body();
        assertThat(body).contains("\"expires_in\":2592000");
        return accessToken(body);
    }

    private static String tokenPath() {
        return "/oauth/2.0/token?grant_type=client_credentials&client_id=" + OPTIONS.clientId() + "&client_secret="
                + OPTIONS.clientSecret();
    }

    private static String accessToken(String body) {
        return body.replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
    }

    private HttpResponse<String> post(String path, String body, String key) throws IOException, InterruptedException {
        return send(URI.create("http://127.0.0.1:" + simulator.port() + path), body, key);
    }

    private HttpResponse<String> send(URI url, String body, String key) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).POST(BodyPublishers.ofString(body));
        return http.send(authorized(request, key), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String key) throws IOException, InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + simulator.port() + path);
        return http.send(authorized(HttpRequest.newBuilder(url), key), BodyHandlers.ofString());
    }

    private static HttpRequest authorized(HttpRequest.Builder request, String key) {
        return key.isEmpty()
                ? request.build()
                : request.header("Authorization", "Bearer " + key).build();
    }
}
