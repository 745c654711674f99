package io.erniegateway.ernie.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.erniegateway.ernie.Access.Iam;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieFailure.FixAccess;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.failures.Secrets;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bearers minted by the simulator over real HTTP, and answers that it would never give. */
@Timeout(30)
class MintedBearerTest {
    private static final int CALLERS = 20;
    private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults();
    private static final String QUESTION = "{\"model\":\"" + SimulatorOptions.DEMO_MODEL
            + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    private final Lab lab = Lab.saying(Reply.of("好").at(Profile.atOnce(1)));
    private final Secrets secrets = new Secrets(List.of("hunter2-secret"));
    private final OkHttpClient http = new OkHttpClient();

    @AfterEach
    void stop() {
        lab.close();
        http.connectionPool().evictAll();
    }

    @Test
    void a_bearer_is_minted_when_it_is_needed_and_used_until_shortly_before_its_end() throws IOException {
        MintedBearer bearer = bearer(Iam.USUAL_LIFE);
        assertThat(lab.simulator.bearerRequests()).isZero();
        assertThat(ask(bearer.sign(question()))).isEqualTo(200);
        lab.later(Duration.ofMinutes(26).plusSeconds(59));
        assertThat(ask(bearer.sign(question()))).isEqualTo(200);
        assertThat(lab.simulator.bearerRequests()).isEqualTo(1);
        lab.later(Duration.ofSeconds(1));
        assertThat(ask(bearer.sign(question()))).isEqualTo(200);
        assertThat(lab.simulator.bearerRequests())
                .as("a tenth of its life is left")
                .isEqualTo(2);
    }

    @Test
    void the_end_that_the_server_tells_counts_and_not_the_one_that_was_asked_for() {
        // Ten minutes of life where a day was asked for.
        List<String> sent = new CopyOnWriteArrayList<>();
        MintedBearer bearer = answered(sent, 200, """
                {"token":"bce-v3/ALTAK-x/y","status":"enable",
                 "createTime":"2026-11-24T10:00:00.000Z","expireTime":"2026-11-24T10:10:00.000Z"}""");
        bearer.sign(question());
        lab.later(Duration.ofMinutes(9).minusSeconds(1));
        bearer.sign(question());
        assertThat(sent).hasSize(1);
        lab.later(Duration.ofSeconds(1));
        bearer.sign(question());
        assertThat(sent).hasSize(2).allMatch(url -> url.endsWith("/v1/BCE-BEARER/token?expireInSeconds=86400"));
    }

    @Test
    void a_clock_that_is_behind_does_not_prolong_a_bearer() {
        // By this clock it would live for an hour and ten minutes; the server says ten minutes in all.
        List<String> sent = new CopyOnWriteArrayList<>();
        MintedBearer bearer = answered(sent, 200, """
                {"token":"bce-v3/ALTAK-x/y","status":"enable",
                 "createTime":"2026-11-24T11:00:00.000Z","expireTime":"2026-11-24T11:10:00.000Z"}""");
        bearer.sign(question());
        lab.later(Duration.ofMinutes(9));
        bearer.sign(question());
        assertThat(sent).hasSize(2);
    }

    @Test
    void one_bearer_serves_all_concurrent_callers() throws InterruptedException {
        MintedBearer bearer = bearer(Iam.SHORTEST_LIFE);
        assertThat(askAtOnce(bearer)).hasSize(CALLERS).containsOnly(200);
        assertThat(lab.simulator.bearerRequests()).isEqualTo(1);
    }

    @Test
    void an_ended_bearer_is_replaced_once_for_all() throws Exception {
        MintedBearer bearer = bearer(Iam.LONGEST_LIFE);
        assertThat(ask(bearer.sign(question()))).isEqualTo(200);
        lab.simulator.expireBearers();
        assertThat(ask(bearer.sign(question())))
                .as("the server knows before we do")
                .isEqualTo(401);
        assertThat(askAtOnce(bearer)).hasSize(CALLERS).containsOnly(200);
        assertThat(lab.simulator.bearerRequests()).isEqualTo(2);
    }

    @Test
    void a_refused_bearer_that_was_replaced_meanwhile_costs_no_other_fetch() throws IOException {
        MintedBearer bearer = bearer(Iam.USUAL_LIFE);
        Request old = bearer.sign(question());
        assertThat(bearer.renew(old)).isTrue();
        Request fresh = bearer.sign(question());
        assertThat(bearer.renew(old)).isTrue();
        assertThat(bearer.sign(question()).header("Authorization")).isEqualTo(fresh.header("Authorization"));
        assertThat(bearer.renew(question())).as("it was not even signed").isTrue();
        bearer.sign(question());
        assertThat(lab.simulator.bearerRequests()).isEqualTo(2);
    }

    @Test
    void while_no_new_bearer_is_to_be_had_the_old_one_is_used_to_its_end() {
        List<String> sent = new CopyOnWriteArrayList<>();
        MintedBearer bearer = at(lab.simulator.iamUrl(), OPTIONS.secretKey(), Iam.USUAL_LIFE, chain -> {
            sent.add(chain.request().url().toString());
            return sent.size() == 1 ? chain.proceed(chain.request()) : answer(chain, 503, "");
        });
        Request first = bearer.sign(question());
        lab.later(Duration.ofMinutes(28));
        assertThat(bearer.sign(question()).header("Authorization")).isEqualTo(first.header("Authorization"));
        bearer.sign(question());
        assertThat(sent).as("asked once, then left alone for a while").hasSize(2);
        lab.later(Duration.ofSeconds(10));
        bearer.sign(question());
        assertThat(sent).hasSize(3);
        lab.later(Duration.ofMinutes(2));
        assertThat(failure(bearer)).isInstanceOf(RetryLater.class);
    }

    @Test
    void a_bearer_that_was_refused_is_not_used_again_even_if_there_is_no_other() {
        List<String> sent = new CopyOnWriteArrayList<>();
        MintedBearer bearer = at(lab.simulator.iamUrl(), OPTIONS.secretKey(), Iam.USUAL_LIFE, chain -> {
            sent.add(chain.request().url().toString());
            return sent.size() == 1 ? chain.proceed(chain.request()) : answer(chain, 503, "");
        });
        bearer.renew(bearer.sign(question()));
        assertThat(failure(bearer)).isInstanceOf(RetryLater.class);
    }

    @ParameterizedTest
    @CsvSource({
        "simulated-access-key,hunter2-secret,SignatureDoesNotMatch",
        "hunter2-access,simulated-secret-key,NotFound"
    })
    void wrong_keys_are_told_with_their_remedy_and_without_the_keys(String access, String secret, String code) {
        MintedBearer bearer = MintedBearer.at(
                lab.simulator.iamUrl(), access, secret, Iam.USUAL_LIFE, http, lab.clock(), failures(), secrets);
        ErnieException thrown = thrown(bearer);
        assertThat(thrown.failure()).isInstanceOf(FixAccess.class);
        assertThat(thrown.failure().details().code()).isEqualTo(code);
        assertThat(thrown.failure().details().message())
                .endsWith("check accessKey and secretKey, and this machine's clock");
        assertThat(trace(thrown)).doesNotContain("hunter2", "bce-auth-v1");
    }

    @Test
    void a_wrong_clock_is_told() {
        InstantSource late = () -> lab.clock().instant().minus(Duration.ofHours(1));
        MintedBearer bearer = MintedBearer.at(
                lab.simulator.iamUrl(),
                OPTIONS.accessKey(),
                OPTIONS.secretKey(),
                Iam.USUAL_LIFE,
                http,
                late,
                failures(),
                secrets);
        assertThat(failure(bearer)).isInstanceOf(FixAccess.class);
        assertThat(failure(bearer).details().message())
                .startsWith("Request has expired")
                .contains("clock");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "null", textBlock = """
            200|bearer_disabled|FixAccess|{"token":"t-hunter2","status":"disable","expireTime":"2026-11-25T10:00:00.000Z"}
            200|bearer_ended|FixAccess|{"token":"t-hunter2","status":"enable","expireTime":"2026-11-24T10:00:00.000Z"}
            200|no_token|RetryLater|{"token":"t-hunter2","status":"enable"}
            200|no_token|RetryLater|{"token":"t-hunter2","status":"enable","expireTime":"tomorrow"}
            200|no_token|RetryLater|{"token":"t\\nhunter2","status":"enable","expireTime":"2026-11-25T10:00:00.000Z"}
            200|no_token|RetryLater|{"token":"","expireTime":"2026-11-25T10:00:00.000Z"}
            200|no_token|RetryLater|{"token":{"a":"hunter2"}}
            200|no_token|RetryLater|[]
            200|no_token|RetryLater|<html>captive portal</html>
            200|no_token|RetryLater|``
            302|no_token|FixAccess|``
            404|no_token|FixAccess|404 page not found
            401|AccessDenied|FixAccess|{"requestId":"r","code":"AccessDenied","message":"Access denied"}
            429|http_429|RetryLater|``
            500|http_500|RetryLater|<html>oops</html>
            """)
    void every_other_answer_is_a_failure_of_its_kind(int status, String code, String kind, String body) {
        ErnieException thrown = thrown(answered(new ArrayList<>(), status, body));
        assertThat(thrown.failure().getClass().getSimpleName()).isEqualTo(kind);
        assertThat(thrown.failure().details().code()).isEqualTo(code);
        assertThat(trace(thrown)).doesNotContain("hunter2");
    }

    @Test
    void of_an_endless_answer_only_the_beginning_is_read() {
        String endless = "{\"padding\":\"" + "x".repeat(1024 * 1024) + "\",\"token\":\"t\"}";
        assertThat(failure(answered(new ArrayList<>(), 200, endless))).isInstanceOf(RetryLater.class);
    }

    @Test
    void an_iam_service_that_cannot_be_reached_is_tried_again_later() {
        MintedBearer bearer =
                at("http://127.0.0.1:1", OPTIONS.secretKey(), Iam.USUAL_LIFE, chain -> chain.proceed(chain.request()));
        assertThat(failure(bearer)).isInstanceOf(RetryLater.class);
        assertThat(failure(bearer).details().message()).endsWith("at 127.0.0.1");
    }

    @Test
    void a_minted_bearer_is_a_secret_from_then_on() {
        MintedBearer bearer = answered(new ArrayList<>(), 200, """
                {"token":"an-unusual-form","status":"enable","expireTime":"2026-11-25T10:00:00.000Z"}""");
        assertThat(secrets.strike("an-unusual-form")).isEqualTo("an-unusual-form");
        bearer.sign(question());
        assertThat(secrets.strike("an-unusual-form")).isEqualTo("***");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 299, 2_592_001})
    void a_life_that_baidu_does_not_give_is_refused_at_once(long seconds) {
        assertThatThrownBy(() -> bearer(Duration.ofSeconds(seconds)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 minutes to 30 days");
    }

    private List<Integer> askAtOnce(MintedBearer bearer) throws InterruptedException {
        List<Integer> answers = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            threads.add(Thread.ofVirtual().start(() -> answers.add(askWithRenewal(bearer))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return answers;
    }

    /** As the client does it: once. */
    private int askWithRenewal(MintedBearer bearer) {
        Request signed = bearer.sign(question());
        int status = ask(signed);
        return status == 401 && bearer.renew(signed) ? ask(bearer.sign(question())) : status;
    }

    private int ask(Request request) {
        try (Response response = http.newCall(request).execute()) {
            return response.code();
        } catch (IOException e) {
            throw new AssertionError("the simulator did not answer", e);
        }
    }

    private Request question() {
        return new Request.Builder()
                .url(lab.simulator.baseUrl(Dialect.QIANFAN_V2) + "/chat/completions")
                .post(RequestBody.create(QUESTION, MediaType.get("application/json")))
                .build();
    }

    private MintedBearer bearer(Duration life) {
        return at(lab.simulator.iamUrl(), OPTIONS.secretKey(), life, chain -> chain.proceed(chain.request()));
    }

    /** One whose every answer is given. */
    private MintedBearer answered(List<String> sent, int status, String body) {
        return at(lab.simulator.iamUrl(), "hunter2-secret", Duration.ofDays(1), chain -> {
            sent.add(chain.request().url().toString());
            return answer(chain, status, body);
        });
    }

    private MintedBearer at(String iamUrl, String secretKey, Duration life, Interceptor network) {
        OkHttpClient client = http.newBuilder().addInterceptor(network).build();
        return MintedBearer.at(iamUrl, OPTIONS.accessKey(), secretKey, life, client, lab.clock(), failures(), secrets);
    }

    private static Response answer(Interceptor.Chain chain, int status, String body) {
        return new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(status)
                .message("")
                .body(ResponseBody.create(body, null))
                .build();
    }

    private Failures failures() {
        return new Failures(Dialect.QIANFAN_V2, secrets);
    }

    private ErnieException thrown(MintedBearer bearer) {
        return catchThrowableOfType(ErnieException.class, () -> bearer.sign(question()));
    }

    private ErnieFailure failure(MintedBearer bearer) {
        return thrown(bearer).failure();
    }

    private static String trace(ErnieException thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
