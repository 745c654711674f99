package io.erniegateway.connectors.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.simulated.SimulatedChats.Change;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.telegram.Faults.Fault;
import io.erniegateway.connectors.simulated.telegram.TelegramSimulator;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TelegramSendingTest {
    private static final ChatId PRIVATE = ChatId.direct("bot", TelegramSimulator.WEI);
    private static final ChatId TOPIC = new ChatId("bot", TelegramSimulator.FORUM, TelegramSimulator.TOPIC, true);

    private TelegramStage stage;

    @BeforeEach
    void open() {
        stage = TelegramStage.polling();
        stage.personWrites("hello");
    }

    @AfterEach
    void close() {
        stage.connector.close();
        stage.close();
    }

    @Test
    void an_answer_in_a_topic_stays_in_it() {
        MessageRef message = posted(TOPIC, "**hi**");
        Seen seen = stage.telegram.messages(TelegramSimulator.FORUM).getLast();
        assertThat(seen.thread()).isEqualTo(TelegramSimulator.TOPIC);
        assertThat(seen.html()).isEqualTo("<b>hi</b>");
        assertThat(stage.connector.edit(message, render("_there_"))).isInstanceOf(EditOutcome.Applied.class);
        stage.telegram.closeTopic(TelegramSimulator.FORUM, 7);
        assertThat(stage.connector.post(TOPIC, render("x"))).isInstanceOf(Refusal.Gone.class);
    }

    @Test
    void a_blocked_bot_finds_the_chat_gone() {
        stage.telegram.block(TelegramSimulator.WEI);
        assertThat(stage.connector.post(PRIVATE, render("x"))).isInstanceOf(Refusal.Gone.class);
        assertThat(stage.connector.typing(PRIVATE))
                .hasValueSatisfying(refusal -> assertThat(refusal).isInstanceOf(Refusal.Gone.class));
    }

    @Test
    void a_group_that_moved_is_followed_once_and_remembered() {
        stage.telegram.addBasicGroup(-77, "Old");
        ChatId old = new ChatId("bot", "-77", "", true);
        String moved = stage.telegram.migrate("-77");
        MessageRef message = posted(old, "found you");
        assertThat(message.chat()).isEqualTo(old);
        long refused = stage.telegram.meter().refused();
        assertThat(stage.connector.edit(message, render("again"))).isInstanceOf(EditOutcome.Applied.class);
        assertThat(stage.telegram.messages(moved)).extracting(Seen::text).containsExactly("again");
        assertThat(stage.telegram.meter().refused()).isEqualTo(refused);
    }

    @Test
    void a_lost_answer_says_that_the_message_may_exist_and_a_refused_connection_that_it_does_not() throws IOException {
        stage.telegram.faults().next(new Fault.Reset(true));
        assertThat(stage.connector.post(PRIVATE, render("lost"))).isEqualTo(unreachable(true));
        assertThat(stage.botMessages()).containsExactly("lost");
        stage.telegram.faults().next(new Fault.ServerError(500, true));
        assertThat(stage.connector.post(PRIVATE, render("restart")))
                .isInstanceOfSatisfying(
                        Refusal.Unreachable.class,
                        u -> assertThat(u.mayHaveActed()).isTrue());
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0)) {
            closedPort = socket.getLocalPort();
        }
        try (TelegramConnector nowhere = new TelegramConnector(
                TelegramBot.polling("bot", URI.create("http://127.0.0.1:" + closedPort), "12:a"))) {
            assertThat(nowhere.post(PRIVATE, nowhere.render("x")))
                    .isInstanceOfSatisfying(
                            Refusal.Unreachable.class,
                            u -> assertThat(u.mayHaveActed()).isFalse());
        }
    }

    /** A POST that was sent is never sent again behind the gateway's back. */
    @Test
    void a_broken_post_is_not_repeated() {
        posted(PRIVATE, "warm the connection");
        for (int i = 0; i < 5; i++) {
            stage.telegram.faults().next(new Fault.Reset(true));
            assertThat(stage.connector.post(PRIVATE, render("once " + i))).isEqualTo(unreachable(true));
        }
        assertThat(stage.botMessages())
                .containsExactly("warm the connection", "once 0", "once 1", "once 2", "once 3", "once 4");
    }

    @Test
    void typing_is_seen_until_the_next_message() {
        List<Change> changes = new CopyOnWriteArrayList<>();
        try (var watch = stage.telegram.watch(changes::add)) {
            assertThat(stage.connector.typing(TOPIC)).isEmpty();
            posted(TOPIC, "done");
            await().until(() -> changes.stream().anyMatch(Change.Shown.class::isInstance));
        }
        assertThat(changes).contains(new Change.Busy(TelegramSimulator.FORUM, TelegramSimulator.TOPIC, 5000));
        assertThat(changes).noneMatch(Change.Idle.class::isInstance);
    }

    /** What is rendered is what is shown, to the letter; so the second edit changes nothing. */
    @Test
    void the_server_leaves_any_rendered_document_as_it_is() {
        String[] pieces = {
            "**粗**",
            "*i*",
            "~~s~~",
            "`c`",
            "```py\nx\n```\n",
            "\n",
            "\n\n",
            "> q\n",
            "- a\n",
            "  - b\n",
            "1. n\n",
            "# h\n",
            "[l](https://a.b)",
            "| a | b |\n|---|---|\n| 1 | 2 |\n",
            "汉字：",
            "😀",
            " ",
            "<b>",
            "**a `b` c**",
            "\u202E",
            "\t",
            "***x** y*",
            "---\n",
            "e\u030A",
            "**",
            "_"
        };
        MessageRef message = posted(PRIVATE, "start");
        Random random = new Random(7);
        for (int document = 0; document < 250; document++) {
            StringBuilder markdown = new StringBuilder("N" + document + " ");
            for (int i = 0; i < 20; i++) {
                markdown.append(pieces[random.nextInt(pieces.length)]);
            }
            Rendered rendered = render(markdown.toString());
            assertThat(stage.connector.edit(message, rendered))
                    .as("%s", markdown)
                    .isInstanceOf(EditOutcome.Applied.class);
            assertThat(stage.botMessages()).containsExactly(rendered.text());
            assertThat(stage.connector.edit(message, rendered)).isInstanceOf(EditOutcome.Unchanged.class);
        }
    }

    private static Refusal.Unreachable unreachable(boolean mayHaveActed) {
        return new Refusal.Unreachable("the connection to the Telegram API broke", mayHaveActed);
    }

    private Rendered render(String markdown) {
        return stage.connector.render(markdown);
    }

    private MessageRef posted(ChatId chat, String markdown) {
        PostOutcome outcome = stage.connector.post(chat, render(markdown));
        assertThat(outcome).isInstanceOf(PostOutcome.Posted.class);
        return ((PostOutcome.Posted) outcome).message();
    }
}
