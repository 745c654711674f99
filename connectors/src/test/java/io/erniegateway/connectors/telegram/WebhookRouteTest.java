package io.erniegateway.connectors.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.RecordingInbox;
import io.undertow.Undertow;
import io.undertow.server.RoutingHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookRouteTest {
    private static final String SECRET = "Right-Secret_1";

    private final LogCapture log = new LogCapture();
    private final RecordingInbox inbox = new RecordingInbox();
    private final WebhookRoute route = new WebhookRoute("bot", SECRET);
    private final HttpClient http = HttpClient.newHttpClient();
    private Undertow server;
    private int update;

    @BeforeEach
    void open() {
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", new RoutingHandler().post(WebhookRoute.path("bot"), route))
                .build();
        server.start();
        route.open(new Intake(
                "bot",
                new UpdateReader("bot", new BotIdentity(42, "ernie_bot"), TelegramLimits.DEFAULT.maxInbound()),
                inbox,
                new Migrations(),
                new Trail(Instant.EPOCH)));
    }

    @AfterEach
    void close() {
        server.stop();
        log.close();
        http.close();
    }

    @Test
    void a_stored_update_is_acknowledged_and_one_that_was_not_stored_is_not() throws Exception {
        assertThat(send(message("one"))).isEqualTo(200);
        inbox.failNext(1);
        assertThat(send(message("two"))).isEqualTo(503);
        assertThat(send(message("two"))).isEqualTo(200);
        assertThat(inbox.texts()).containsExactly("one", "two");
    }

    @Test
    void only_the_right_secret_opens() throws Exception {
        assertThat(send(message("x").getBytes(StandardCharsets.UTF_8), "Wrong-Secret"))
                .isEqualTo(401);
        assertThat(send(message("x").getBytes(StandardCharsets.UTF_8), null)).isEqualTo(401);
        assertThat(inbox.deliveries()).isZero();
        assertThat(log.all())
                .contains("without the right secret")
                .doesNotContain(SECRET)
                .doesNotContain("Wrong-Secret");
        theNextOneWorks();
    }

    @Test
    void what_is_no_json_is_refused_and_the_next_one_works() throws Exception {
        for (String body : new String[] {"", "no json", "{\"update_id\":", "[]", "{} {}", "\"text\""}) {
            assertThat(send(body)).as(body).isEqualTo(400);
        }
        byte[] broken = message("??").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < broken.length; i++) {
            broken[i] = broken[i] == '?' ? (byte) 0xFF : broken[i];
        }
        assertThat(send(broken, SECRET)).isEqualTo(400);
        assertThat(inbox.deliveries()).isZero();
        theNextOneWorks();
    }

    @Test
    void five_megabytes_are_refused_and_the_next_one_works() throws Exception {
        int status;
        try {
            status = send(message("x".repeat(5 << 20)));
        } catch (IOException e) {
            // The server may close while the client is still writing; a refusal all the same.
            status = 413;
        }
        assertThat(status).isEqualTo(413);
        assertThat(log.all()).contains("more than 1048576 bytes");
        theNextOneWorks();
    }

    @Test
    void a_text_too_long_for_the_gateway_is_taken_and_told() throws Exception {
        assertThat(send(message("x".repeat(500_000)))).isEqualTo(200);
        assertThat(inbox.arrived())
                .singleElement()
                .isInstanceOfSatisfying(
                        Inbound.Unreadable.class, u -> assertThat(u.why()).isEqualTo(Inbound.Unreadable.Why.TOO_LONG));
    }

    @Test
    void what_a_repetition_would_not_mend_is_acknowledged() throws Exception {
        assertThat(send("{\"update_id\":1,\"message\":{\"chat\":7}}")).isEqualTo(200);
        assertThat(send("{\"update_id\":2,\"telepathy\":{}}")).isEqualTo(200);
        assertThat(send("{\"no\":\"id\"}")).isEqualTo(200);
        theNextOneWorks();
    }

    @Test
    void a_closed_bot_asks_telegram_to_come_again() throws Exception {
        route.close();
        assertThat(send(message("later"))).isEqualTo(503);
        assertThat(inbox.deliveries()).isZero();
    }

    private void theNextOneWorks() throws Exception {
        assertThat(send(message("next"))).isEqualTo(200);
        assertThat(inbox.texts()).containsExactly("next");
    }

    private String message(String text) {
        return "{\"update_id\":" + ++update + ",\"message\":{\"message_id\":1,\"date\":1700000000,"
                + "\"from\":{\"id\":1001,\"is_bot\":false,\"first_name\":\"Li\"},"
                + "\"chat\":{\"id\":1001,\"type\":\"private\"},\"text\":\"" + text + "\"}}";
    }

    private int send(String body) throws Exception {
        return send(body.getBytes(StandardCharsets.UTF_8), SECRET);
    }

    private int send(byte[] body, @Nullable String secret) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(TelegramStage.address(server) + WebhookRoute.path("bot")))
                .POST(BodyPublishers.ofByteArray(body));
        if (secret != null) {
            request.header("X-Telegram-Bot-Api-Secret-Token", secret);
        }
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
}
