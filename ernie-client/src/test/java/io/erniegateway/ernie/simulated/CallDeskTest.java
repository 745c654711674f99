package io.erniegateway.ernie.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Dialect;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asked by a client that is not ours, and that checks nothing itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallDeskTest {
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withTimeScale(0).withModels(Set.of("m"), Set.of("old"));
    private static final String V1 = "/rpc/2.0/ai_custom/v1/wenxinworkshop/";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ErnieSimulator simulator = ErnieSimulator.start(OPTIONS);

    @AfterAll
    void stop() {
        simulator.close();
        http.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            embeddings|400|malformed_json|nonsense
            embeddings|400|invalid_model|{"input":["a"]}
            embeddings|401|invalid_model|{"model":"m","input":["a"]}
            embeddings|401|invalid_model|{"model":"bge_large_zh","input":["a"]}
            embeddings|403|model_offline|{"model":"old","input":["a"]}
            embeddings|400|invalid_argument|{"model":"embedding-v1","input":["a"],"user_id":"u"}
            embeddings|400|invalid_argument|{"model":"embedding-v1","input":["a"],"encoding_format":"base64"}
            embeddings|400|invalid_argument|{"model":"embedding-v1"}
            embeddings|400|invalid_argument|{"model":"embedding-v1","input":[]}
            embeddings|400|invalid_argument|{"model":"embedding-v1","input":""}
            embeddings|400|invalid_argument|{"model":"embedding-v1","input":["a",""]}
            embeddings|400|invalid_argument|{"model":"embedding-v1","input":["a",1]}
            embeddings|400|invalid_argument|{"model":"tao-8k","input":["a","b"]}
            embeddings|400|invalid_argument|{"model":"embedding-v1","input":["$17"]}
            embeddings|400|characters_too_long|{"model":"embedding-v1","input":["#1001"]}
            embeddings|400|characters_too_long|{"model":"bge-large-en","input":["#2001"]}
            embeddings|400|characters_too_long|{"model":"tao-8k","input":"#28001"}
            embeddings|400|tokens_too_long|{"model":"embedding-v1","input":["%610"]}
            rerank|400|malformed_json|[]
            rerank|401|invalid_model|{"model":"m","query":"a","documents":["b"]}
            rerank|400|invalid_argument|{"model":"bce-reranker-base","documents":["b"]}
            rerank|400|invalid_argument|{"model":"bce-reranker-base","query":"#1601","documents":["b"]}
            rerank|400|invalid_argument|{"model":"bce-reranker-base","query":"a","documents":[]}
            rerank|400|invalid_argument|{"model":"bce-reranker-base","query":"a","documents":["b",""]}
            rerank|400|invalid_argument|{"model":"bce-reranker-base","query":"a","documents":["#4097"]}
            rerank|400|invalid_argument|{"model":"bce-reranker-base","query":"a","documents":["$65"]}
            rerank|400|invalid_argument|{"model":"bce-reranker-base","query":"a","documents":["b"],"top_n":0}
            rerank|400|invalid_argument|{"model":"bce-reranker-base","query":"a","documents":["b"],"top_n":2}
            rerankers|400|invalid_argument|{"model":"bce-reranker-base","query":"a","documents":["b"],"stream":false}
            """)
    void v2_refuses(String path, int status, String code, String body) throws Exception {
        HttpResponse<String> response = post("/v2/" + path, spelledOut(body), OPTIONS.apiKey());
        assertThat(response.body()).contains("\"code\":\"" + code + "\"", "\"id\":\"as-");
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            embeddings/embedding-v1|336002|nonsense
            embeddings/bge-large-zh|3|{"input":["a"]}
            embeddings/embedding-v1|336003|{"input":"a"}
            embeddings/embedding-v1|336003|{"input":["a"],"model":"embedding-v1"}
            embeddings/tao_8k|336003|{"input":["a","b"]}
            embeddings/embedding-v1|336003|{"input":["#1001"]}
            embeddings/embedding-v1|336003|{"input":["%610"]}
            reranker/bce-reranker-base|3|{"query":"a","documents":["b"]}
            reranker/bce_reranker_base|336003|{"query":"","documents":["b"]}
            tokenizer/erniebot|336003|{"model":"ernie-3.5-8k"}
            tokenizer/erniebot|336003|{"prompt":""}
            tokenizer/erniebot|336003|{"prompt":"a","messages":[]}
            """)
    void v1_refuses_with_http_200(String path, int code, String body) throws Exception {
        HttpResponse<String> response = post(V1 + path + "?access_token=" + token(), spelledOut(body), "");
        assertThat(response.body()).contains("\"error_code\":" + code + ",", "\"id\":\"as-");
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void strangers_and_other_methods_stay_outside() throws Exception {
        String body = "{\"model\":\"embedding-v1\",\"input\":[\"a\"]}";
        assertThat(post("/v2/embeddings", body, "wrong").body()).contains("invalid_iam_token");
        assertThat(post(V1 + "embeddings/embedding-v1", "{\"input\":[\"a\"]}", "")
                        .body())
                .contains("\"error_code\":110");
        assertThat(post(V1 + "tokenizer/other", "{}", "").statusCode()).isEqualTo(404);
        HttpRequest get = HttpRequest.newBuilder(url("/v2/rerank"))
                .header("Authorization", "Bearer " + OPTIONS.apiKey())
                .build();
        assertThat(http.send(get, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @Test
    void vectors_look_as_documented() throws Exception {
        HttpResponse<String> v2 =
                post("/v2/embeddings", "{\"model\":\"embedding-v1\",\"input\":\"好\"}", OPTIONS.apiKey());
        assertThat(v2.body())
                .contains("\"object\":\"embedding_list\"", "\"object\":\"embedding\",\"index\":0", "\"usage\"");
        HttpResponse<String> own = post("/v1/embeddings", "{\"model\":\"m\",\"input\":[\"好\",\"好\"]}", "");
        assertThat(own.body()).contains("\"object\":\"list\"", "\"index\":1");
        assertThat(own.headers().firstValue("Content-Type")).hasValue("application/json; charset=utf-8");
    }

    @Test
    void calls_count_for_the_minutes_limit() throws Exception {
        try (ErnieSimulator strict = ErnieSimulator.start(OPTIONS.withRate(1, Duration.ofMinutes(1)))) {
            URI url = URI.create(strict.baseUrl(Dialect.QIANFAN_V2) + "/embeddings");
            String body = "{\"model\":\"embedding-v1\",\"input\":[\"a\"]}";
            assertThat(send(url, body, OPTIONS.apiKey()).statusCode()).isEqualTo(200);
            assertThat(send(url, body, OPTIONS.apiKey()).statusCode()).isEqualTo(429);
        }
    }

    @Test
    void an_answer_without_a_stream_takes_as_long_as_its_stream() throws Exception {
        SimulatorOptions slow = SimulatorOptions.defaults().withTimeScale(0.1);
        try (ErnieSimulator scaled = ErnieSimulator.start(slow)) {
            String body = "{\"model\":\"scripted-demo\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
            long begun = System.nanoTime();
            HttpResponse<String> answer =
                    send(URI.create(scaled.baseUrl(Dialect.QIANFAN_V2) + "/chat/completions"), body, slow.apiKey());
            assertThat(answer.body()).contains("chat.completion");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(300));
        }
    }

    @Test
    void a_whole_answer_of_v1_has_no_fields_of_a_stream() throws Exception {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
        assertThat(post(V1 + "chat/m?access_token=" + token(), body, "").body())
                .contains("\"result\":\"", "\"is_truncated\":false", "\"finish_reason\":\"normal\"", "\"usage\"")
                .doesNotContain("is_end", "sentence_id");
    }

    /** So many letters for {@code #}, Chinese characters for {@code %}, texts for {@code $}. */
    private static String spelledOut(String body) {
        String text = body;
        for (char sign : new char[] {'#', '%', '$'}) {
            int at = text.indexOf("\"" + sign);
            if (at >= 0) {
                int end = text.indexOf('"', at + 1);
                int count = Integer.parseInt(text.substring(at + 2, end));
                String all = switch (sign) {
                    case '#' -> "\"" + "a".repeat(count) + "\"";
                    case '%' -> "\"" + "字".repeat(count) + "\"";
                    default -> String.join(",", Collections.nCopies(count, "\"a\""));
                };
                text = text.substring(0, at) + all + text.substring(end + 1);
            }
        }
        return text;
    }

    private String token() throws IOException, InterruptedException {
        String body = post(
                        "/oauth/2.0/token?grant_type=client_credentials&client_id=" + OPTIONS.clientId()
                                + "&client_secret=" + OPTIONS.clientSecret(),
                        "",
                        "")
                .body();
        return body.replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
    }

    private HttpResponse<String> post(String path, String body, String key) throws IOException, InterruptedException {
        return send(url(path), body, key);
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + simulator.port() + path);
    }

    private HttpResponse<String> send(URI url, String body, String key) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).POST(BodyPublishers.ofString(body));
        return http.send(
                key.isEmpty()
                        ? request.build()
                        : request.header("Authorization", "Bearer " + key).build(),
                BodyHandlers.ofString());
    }
}
