package io.erniegateway.connectors.slack;

import static io.erniegateway.connectors.simulated.slack.SlackSimulator.ALICE;
import static io.erniegateway.connectors.simulated.slack.SlackSimulator.CHANNEL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.slack.api.app_backend.SlackSignature;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.RecordingInbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackHttpModeTest {
    private static final String MESSAGE = """
            {"type":"event_callback","event_id":"Ev7","event":{"type":"message","channel_type":"im","channel":"D1",\
            "user":"U1","text":"你好","ts":"1763900000.000100"}}""";

    private final RecordingInbox inbox = new RecordingInbox();
    private final OkHttpClient client = new OkHttpClient();
    private SlackStage stage;

    @BeforeEach
    void open() {
        stage = SlackStage.http();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void a_signed_event_is_stored_and_acknowledged_and_a_second_time_only_acknowledged() throws IOException {
        stage.started(inbox);
        assertThat(send("events", MESSAGE.getBytes(UTF_8))).isEqualTo(200);
        assertThat(send("events", MESSAGE.getBytes(UTF_8))).isEqualTo(200);
        assertThat(inbox.texts()).containsExactly("你好");
        assertThat(inbox.deliveries()).isEqualTo(2);
    }

    @Test
    void what_could_not_be_stored_is_answered_so_that_slack_sends_it_again() throws IOException {
        stage.started(inbox);
        inbox.failNext(1);
        assertThat(send("events", MESSAGE.getBytes(UTF_8))).isEqualTo(500);
        assertThat(send("events", MESSAGE.getBytes(UTF_8))).isEqualTo(200);
        assertThat(inbox.texts()).containsExactly("你好");
    }

    @Test
    void retries_carry_the_same_keys() {
        List<Inbound> deliveries = new CopyOnWriteArrayList<>();
        stage.started(inbound -> {
            deliveries.add(inbound);
            if (deliveries.size() < 4) {
                throw new IllegalStateException("the disk is full");
            }
            return inbox.accept(inbound);
        });
        stage.personWrites("keep me");
        await().atMost(Duration.ofSeconds(20)).until(() -> deliveries.size() == 4);
        assertThat(deliveries)
                .allSatisfy(inbound -> assertThat(inbound.keys())
                        .isEqualTo(deliveries.getFirst().keys()));
        await().until(() -> inbox.texts().contains("keep me"));
    }

    @Test
    void a_wrong_signature_is_refused_and_the_next_request_works() throws IOException {
        stage.started(inbox);
        byte[] body = MESSAGE.getBytes(UTF_8);
        String now = now();
        assertThat(send("events", body, now, "v0=" + "0".repeat(64))).isEqualTo(401);
        assertThat(send("events", body, now, sign("another secret", now, body))).isEqualTo(401);
        assertThat(send("events", body, "", "")).isEqualTo(401);
        byte[] tampered = MESSAGE.replace("你好", "attack").getBytes(UTF_8);
        assertThat(send("events", tampered, now, sign(secret(), now, body))).isEqualTo(401);
        String stale = String.valueOf(Instant.now().getEpochSecond() - 301);
        assertThat(send("events", body, stale, sign(secret(), stale, body))).isEqualTo(401);
        assertThat(inbox.deliveries()).isZero();
        assertThat(send("events", body)).isEqualTo(200);
        assertThat(inbox.texts()).containsExactly("你好");
    }

    @Test
    void a_body_of_five_megabytes_is_refused_unread_and_the_next_request_works() throws IOException {
        stage.started(inbox);
        int status;
        try {
            status = send("events", new byte[5 * 1024 * 1024]);
        } catch (IOException refusedWhileSending) {
            status = 413;
        }
        assertThat(status).isEqualTo(413);
        assertThat(send("events", MESSAGE.getBytes(UTF_8))).isEqualTo(200);
    }

    @Test
    void broken_bodies_are_refused_for_good_and_the_next_request_works() throws IOException {
        stage.started(inbox);
        byte[] brokenUtf8 = MESSAGE.getBytes(UTF_8);
        brokenUtf8[MESSAGE.indexOf("你")] = (byte) 0xFF;
        for (byte[] body : List.of(brokenUtf8, "{".getBytes(UTF_8), "no json".getBytes(UTF_8))) {
            try (Response answer =
                    client.newCall(request("events", body, now())).execute()) {
                assertThat(answer.code()).isEqualTo(400);
                assertThat(answer.header("x-slack-no-retry")).isEqualTo("1");
            }
        }
        assertThat(send("events", MESSAGE.getBytes(UTF_8))).isEqualTo(200);
        assertThat(inbox.texts()).containsExactly("你好");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"type\":\"invented\"}", "{\"type\":\"event_callback\",\"event\":7}"})
    void what_is_not_understood_is_acknowledged(String body) throws IOException {
        stage.started(inbox);
        assertThat(send("events", body.getBytes(UTF_8))).isEqualTo(200);
        assertThat(inbox.deliveries()).isZero();
    }

    @Test
    void the_challenge_comes_back() throws IOException {
        byte[] body = "{\"type\":\"url_verification\",\"challenge\":\"3eZbrw1a\"}".getBytes(UTF_8);
        try (Response answer = client.newCall(request("events", body, now())).execute()) {
            assertThat(answer.code()).isEqualTo(200);
            assertThat(answer.body().string()).isEqualTo("3eZbrw1a");
        }
        String now = now();
        assertThat(send("events", body, now, sign("another", now, body))).isEqualTo(401);
    }

    @Test
    void slash_commands_arrive_and_buttons_are_acknowledged() throws IOException {
        stage.started(inbox);
        stage.slack.command(CHANNEL, ALICE, "/ernie a & b = 你好+1?");
        stage.slack.command(CHANNEL, ALICE, "/ernie");
        await().until(() -> inbox.texts().size() == 2);
        assertThat(inbox.texts()).containsExactly("a & b = 你好+1?", "/help");
        assertThat(send("interactive", "payload=%7B%7D".getBytes(UTF_8))).isEqualTo(200);
        assertThat(send("commands", "%%%=%".getBytes(UTF_8))).isIn(200, 400);
        assertThat(send("commands", new byte[0])).isIn(200, 400);
        assertThat(inbox.texts()).hasSize(2);
    }

    @Test
    void before_start_and_after_close_slack_is_told_to_come_back() throws IOException {
        assertThat(send("events", MESSAGE.getBytes(UTF_8))).isEqualTo(503);
        stage.started(inbox);
        assertThat(send("events", MESSAGE.getBytes(UTF_8))).isEqualTo(200);
        stage.connector.close();
        assertThat(send("events", MESSAGE.getBytes(UTF_8))).isEqualTo(503);
        assertThat(inbox.deliveries()).isOne();
    }

    @Test
    void the_signing_secret_is_never_logged() throws IOException {
        try (Log log = new Log()) {
            stage.started(inbox);
            byte[] body = MESSAGE.getBytes(UTF_8);
            assertThat(send("events", body)).isEqualTo(200);
            assertThat(send("events", body, now(), "v0=00")).isEqualTo(401);
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("without a valid signature"))
                    .noneMatch(line -> line.contains(secret()));
        }
    }

    private String secret() {
        return stage.slack.setup().signingSecret();
    }

    private int send(String path, byte[] body) throws IOException {
        String now = now();
        return send(path, body, now, sign(secret(), now, body));
    }

    private int send(String path, byte[] body, String timestamp, String signature) throws IOException {
        Request request = request(path, body, timestamp)
                .newBuilder()
                .header("X-Slack-Signature", signature)
                .build();
        try (Response answer = client.newCall(request).execute()) {
            return answer.code();
        }
    }

    private Request request(String path, byte[] body, String timestamp) {
        return new Request.Builder()
                .url(stage.webBase() + "/" + path)
                .header("x-slack-request-timestamp", timestamp)
                .header("x-slack-signature", sign(secret(), timestamp, body))
                .header("x-slack-retry-num", "1")
                .header("x-slack-retry-reason", "http_timeout")
                .post(RequestBody.create(body, MediaType.get("application/json")))
                .build();
    }

    private static String now() {
        return String.valueOf(Instant.now().getEpochSecond());
    }

    /** The SDK signs characters, not bytes, so broken UTF-8 needs a hand of its own. */
    private static String sign(String secret, String timestamp, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (java.util.Arrays.equals(text.getBytes(UTF_8), body)) {
            return new SlackSignature.Generator(secret).generate(timestamp, text);
        }
        try {
            javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
            mac.init(new javax.crypto.spec.SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            mac.update(("v0:" + timestamp + ":").getBytes(UTF_8));
            return "v0=" + java.util.HexFormat.of().formatHex(mac.doFinal(body));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
