package io.erniegateway.connectors.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbox;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome.Posted;
import io.erniegateway.connectors.RecordingInbox;
import io.erniegateway.connectors.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The web chat's HTTP side, as its page and as strangers use it. */
class ChatEndpointsTest {
    private final RecordingInbox inbox = new RecordingInbox();
    private volatile Inbox target = inbox;
    private final WebStage web = new WebStage(inbound -> target.accept(inbound));
    private final Visitor visitor = web.visitor();

    @AfterEach
    void close() {
        visitor.close();
        web.close();
    }

    @Test
    void a_reader_is_known_by_a_cookie_that_appears_nowhere_else() {
        visitor.follow().say("hello");
        Inbound.Written written = (Inbound.Written) inbox.arrived().getFirst();
        String cookie = visitor.cookie().value();
        assertThat(visitor.cookie().toString())
                .containsIgnoringCase("httponly")
                .containsIgnoringCase("samesite=strict")
                .contains("path=/chat");
        assertThat(written.toString()).doesNotContain(cookie);
        assertThat(written.from().language()).isEqualTo("zh-cn");
    }

    @Test
    void the_cookie_is_for_tls_only_behind_a_proxy_that_says_so() throws Exception {
        try (Response plain = visitor.get("/page/chat.js", Map.of())) {
            assertThat(plain.header("Set-Cookie")).isNull();
        }
        try (Response page = visitor.get("", Map.of())) {
            assertThat(page.header("Set-Cookie"))
                    .as("a strict cookie is not sent with a foreign click, so the page must not replace it")
                    .isNull();
        }
        try (Response events = visitor.get("/events", Map.of("X-Forwarded-Proto", "https"))) {
            assertThat(events.header("Set-Cookie")).containsIgnoringCase("secure");
        }
    }

    @Test
    void two_browsers_do_not_see_each_other() {
        visitor.follow();
        try (Visitor other = web.visitor().follow()) {
            visitor.say("mine");
            other.say("yours");
            await().until(() -> visitor.lines().size() == 1 && other.lines().size() == 1);
            assertThat(visitor.lines().getFirst().content()).isEqualTo("mine");
            assertThat(other.lines().getFirst().content()).isEqualTo("yours");
        }
    }

    @Test
    void the_page_is_strict_about_what_may_run_in_it_and_is_revalidated() throws Exception {
        String tag;
        try (Response page = visitor.get("", Map.of())) {
            assertThat(page.code()).isEqualTo(200);
            assertThat(page.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'self'")
                    .doesNotContain("unsafe");
            assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(page.body().string())
                    .contains("小文 &amp; &lt;friends&gt;")
                    .doesNotContain("{{");
            tag = page.header("ETag", "");
        }
        try (Response again = visitor.get("", Map.of("If-None-Match", tag))) {
            assertThat(again.code()).isEqualTo(304);
        }
        try (Response none = visitor.get("/page/..%2Fpackage-info.java", Map.of())) {
            assertThat(none.code()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":\"12345678\",\"text\":\"   \"}|blank",
                "{\"id\":\"12345678\"}|blank",
                "{\"id\":\"<script>\",\"text\":\"x\"}|malformed",
                "{\"id\":\"1\",\"text\":\"x\"}|malformed",
                "{\"id\":|malformed",
                "[]|malformed"
            })
    void what_makes_no_sense_is_refused_with_a_word_for_the_page(String body, String error) {
        visitor.follow();
        Visitor.Answer answer = visitor.post("/messages", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(error);
        assertThat(inbox.arrived()).isEmpty();
    }

    @Test
    void broken_utf8_is_refused() {
        visitor.follow();
        byte[] body = "{\"id\":\"12345678\",\"text\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(visitor.post("/messages", body, Map.of()).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {WebConnector.MAX_INBOUND + 1, 200_000, 3_000_000})
    void a_text_that_is_too_long_is_refused_clearly_and_the_longest_is_taken(int length) {
        visitor.follow();
        assertThat(visitor.say("长".repeat(WebConnector.MAX_INBOUND)).status()).isEqualTo(200);
        Visitor.Answer answer = visitor.say("长".repeat(length));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(413);
        assertThat(answer.error()).isEqualTo("too_long");
        await().until(() -> visitor.lines().size() == 1);
    }

    @ParameterizedTest
    @CsvSource({"Origin,https://evil.example", "Origin,null", "Sec-Fetch-Site,cross-site", "Sec-Fetch-Site,same-site"})
    void another_sites_page_cannot_speak_for_the_reader(String header, String value) {
        visitor.follow();
        byte[] body = "{\"id\":\"12345678\",\"text\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        Visitor.Answer answer = visitor.post("/messages", body, Map.of(header, value));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(inbox.arrived()).isEmpty();
    }

    @Test
    void the_own_page_may_speak_also_behind_a_proxy_that_renames_the_host() {
        visitor.follow();
        byte[] body = "{\"id\":\"12345678\",\"text\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of("Origin", "https://chat.example", "X-Forwarded-Host", "chat.example");
        assertThat(visitor.post("/messages", body, headers).status()).isEqualTo(200);
    }

    @Test
    void a_post_without_a_cookie_is_told_to_load_the_page() {
        assertThat(visitor.say("hello").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"FULL,429,too_much", "IGNORED,403,not_allowed"})
    void what_the_inbox_does_not_take_is_said_and_not_shown(Inbox.Receipt receipt, int status, String error) {
        visitor.follow();
        target = inbound -> receipt;
        Visitor.Answer answer = visitor.say("hello");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(error);
        target = inbox;
        visitor.say("second");
        await().until(() -> !visitor.lines().isEmpty());
        assertThat(visitor.lines()).extracting(Visitor.Shown::content).containsExactly("second");
    }

    @Test
    void a_message_that_could_not_be_stored_may_be_sent_again_and_is_shown_once() {
        visitor.follow();
        inbox.failNext(1);
        assertThat(visitor.say("message-1", "hello").status()).isEqualTo(503);
        assertThat(visitor.say("message-1", "hello").status()).isEqualTo(200);
        assertThat(visitor.say("message-1", "hello").status()).isEqualTo(200);
        await().until(() -> visitor.lines().size() == 1);
        assertThat(inbox.texts()).containsExactly("hello");
        assertThat(web.transcript.lines(
                        ((Inbound.Written) inbox.arrived().getFirst()).chat().room()))
                .hasSize(1);
    }

    @Test
    void clear_empties_the_page_tells_the_gateway_and_ends_the_running_answer() {
        visitor.follow().say("hello");
        MessageRef answer = post("partial");
        await().until(() -> visitor.lines().size() == 2);
        assertThat(visitor.post("/clear", "{}").status()).isEqualTo(200);
        await().until(() -> visitor.lines().isEmpty());
        assertThat(inbox.texts()).containsExactly("hello", "/new");
        assertThat(web.connector.edit(answer, web.connector.render("more"))).isInstanceOf(Refusal.Gone.class);
        post("a fresh start");
        await().until(() -> visitor.lines().size() == 1);
    }

    /** So that no edit of the running answer meets a message that is gone. */
    @Test
    void the_gateway_hears_of_a_clear_before_the_lines_are_gone() {
        visitor.follow().say("hello");
        List<Integer> lines = new CopyOnWriteArrayList<>();
        target = inbound -> {
            lines.add(web.transcript.lines(inbound.chat().room()).size());
            return inbox.accept(inbound);
        };
        assertThat(visitor.post("/clear", "{}").status()).isEqualTo(200);
        assertThat(lines).containsExactly(1);
        assertThat(web.transcript.lines(chat().room())).isEmpty();
    }

    @Test
    void what_somebody_wrote_is_in_no_log_even_if_the_store_repeats_it() {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        visitor.follow();
        root.addAppender(log);
        try {
            target = inbound -> {
                throw new IllegalStateException(inbound.toString(), new ArithmeticException(inbound.toString()));
            };
            assertThat(visitor.say("my secret").status()).isEqualTo(503);
        } finally {
            root.detachAppender(log);
        }
        assertThat(List.copyOf(log.list))
                .extracting(
                        event -> event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .noneMatch(line -> line.contains("my secret"))
                .anyMatch(line -> line.contains("could not be stored")
                        && line.contains("java.lang.IllegalStateException")
                        && line.contains("java.lang.ArithmeticException")
                        && line.contains("at io.erniegateway.connectors.web.ChatEndpointsTest"));
    }

    @Test
    void a_typed_new_clears_as_well_and_retry_is_a_command_without_a_line() {
        visitor.follow().say("hello");
        visitor.say(" /new ");
        visitor.post("/retry", "{}");
        assertThat(inbox.texts()).containsExactly("hello", "/new", "/retry");
        await().until(() -> visitor.lines().isEmpty() && visitor.events().contains("cleared"));
    }

    @Test
    void stop_reaches_the_gateway() {
        visitor.follow().say("hello");
        assertThat(visitor.post("/stop", "{}").status()).isEqualTo(200);
        assertThat(inbox.arrived().getLast()).isInstanceOf(Inbound.Stopped.class);
        assertThat(inbox.arrived().getLast().chat()).isEqualTo(chat());
    }

    @Test
    void the_busy_sign_comes_and_goes_and_is_known_to_a_late_reader() {
        visitor.follow().say("hello");
        assertThat(web.connector.typing(chat())).isEmpty();
        await().until(() -> visitor.events().contains("busy"));
        post("answer");
        await().until(() -> visitor.lines().size() == 2);
        assertThat(visitor.events()).containsSubsequence("busy", "idle", "message");
    }

    @Test
    void an_answer_that_grows_is_sent_by_its_changed_end() {
        visitor.follow().say("hello");
        MessageRef answer = post("第一 **粗");
        for (String text : List.of("第一 **粗体**", "第一 **粗体** 😀", "第一 **粗体** 😁 end")) {
            assertThat(web.connector.edit(answer, web.connector.render(text))).isInstanceOf(EditOutcome.Applied.class);
        }
        await().until(() -> visitor.lines().getLast().revision() == 3);
        assertThat(visitor.lines().getLast().content()).isEqualTo("<p>第一 <strong>粗体</strong> 😁 end</p>");
    }

    @Test
    void after_a_reload_everything_is_still_there() {
        visitor.follow().say("hello");
        post("answer");
        visitor.close();
        await().until(() -> !visitor.isConnected());
        visitor.follow();
        assertThat(visitor.lines()).extracting(Visitor.Shown::content).containsExactly("hello", "<p>answer</p>");
    }

    @Test
    void after_close_the_page_is_told_to_come_back_later() throws Exception {
        visitor.follow();
        web.connector.close();
        await().until(() -> !visitor.isConnected());
        assertThat(visitor.say("hello").status()).isEqualTo(503);
        try (Response events = visitor.get("/events", Map.of())) {
            assertThat(events.code()).isEqualTo(503);
        }
    }

    private ChatId chat() {
        return inbox.arrived().getFirst().chat();
    }

    private MessageRef post(String markdown) {
        return ((Posted) web.connector.post(chat(), web.connector.render(markdown))).message();
    }
}
