package io.erniegateway.connectors.slack;

import static io.erniegateway.connectors.simulated.slack.SlackSimulator.ALICE;
import static io.erniegateway.connectors.simulated.slack.SlackSimulator.CHANNEL;
import static io.erniegateway.connectors.simulated.slack.SlackSimulator.DIRECT;
import static io.erniegateway.connectors.simulated.slack.SlackSimulator.FOREIGN_CHANNEL;
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
import io.erniegateway.connectors.simulated.slack.SlackFault;
import io.erniegateway.connectors.simulated.slack.SlackSimulator;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Posts, edits and the status line, and what becomes of them when something is wrong. */
class SlackCallingTest {
    private static final String POST = "chat.postMessage";
    private static final String UPDATE = "chat.update";

    private SlackStage stage;
    private SlackSimulator slack;
    private SlackConnector connector;
    private ChatId chat;

    @BeforeEach
    void open() {
        stage = SlackStage.socket();
        slack = stage.slack;
        connector = stage.connector;
        chat = new ChatId("ernie", DIRECT, slack.say(DIRECT, "", ALICE, "question"), false);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void an_answer_stands_in_the_thread_of_its_question_and_looks_as_it_was_written() {
        MessageRef message = posted("**bold** <!channel>");
        Seen seen = bot().getFirst();
        assertThat(seen.id()).isEqualTo(message.id());
        assertThat(seen.thread()).isEqualTo(chat.thread());
        assertThat(seen.html()).isEqualTo("<p><strong>bold</strong> &lt;!channel&gt;</p>");
        assertThat(connector.edit(message, connector.render("# new"))).isInstanceOf(EditOutcome.Applied.class);
        assertThat(bot().getFirst().html())
                .isEqualTo("<p><strong>new</strong></p>")
                .doesNotContain("(edited)");
        assertThat(bot().getFirst().revision()).isOne();
    }

    @Test
    void a_post_that_slack_would_split_is_not_sent() {
        Rendered tooLong = connector.render("汉".repeat(1_334));
        assertThat(connector.post(chat, tooLong)).isInstanceOf(Refusal.Rejected.class);
        assertThat(bot()).isEmpty();
        assertThat(connector.post(chat, connector.render("汉".repeat(1_333)))).isInstanceOf(PostOutcome.Posted.class);
    }

    @Test
    void trouble_before_or_after_acting_may_have_acted() {
        for (SlackFault fault : List.of(
                new SlackFault.Internal(false),
                new SlackFault.Internal(true),
                new SlackFault.Broken(500),
                new SlackFault.Broken(503),
                new SlackFault.Reset(false),
                new SlackFault.Reset(true),
                new SlackFault.Garbage())) {
            slack.failNext(UPDATE, fault);
            MessageRef any = new MessageRef(chat, "1.000001");
            assertThat(connector.edit(any, connector.render("x")))
                    .as("%s", fault)
                    .isInstanceOfSatisfying(
                            Refusal.Unreachable.class,
                            unreachable ->
                                    assertThat(unreachable.mayHaveActed()).isTrue());
        }
    }

    @Test
    void a_post_whose_answer_was_lost_is_not_repeated_behind_our_back() {
        slack.failNext(POST, new SlackFault.Reset(true));
        assertThat(connector.post(chat, connector.render("once")))
                .isInstanceOfSatisfying(
                        Refusal.Unreachable.class,
                        unreachable -> assertThat(unreachable.mayHaveActed()).isTrue());
        assertThat(stage.botMessages()).containsExactly("once");
    }

    @Test
    void without_a_connection_nothing_can_have_happened() {
        try (SlackConnector nowhere = new SlackConnector(
                SlackApp.socket("ernie", "xoxb-1", "xapp-1").at(URI.create("http://127.0.0.1:1/api/")))) {
            assertThat(nowhere.post(chat, nowhere.render("x")))
                    .isInstanceOfSatisfying(
                            Refusal.Unreachable.class,
                            unreachable ->
                                    assertThat(unreachable.mayHaveActed()).isFalse());
        }
    }

    @Test
    void a_limit_carries_the_servers_own_figure() {
        MessageRef message = posted("one");
        slack.failNext(UPDATE, new SlackFault.TooMany(Duration.ofSeconds(7)));
        assertThat(connector.edit(message, connector.render("two")))
                .isEqualTo(new Refusal.SlowDown(Duration.ofSeconds(7), "ratelimited"));
        slack.failNext(POST, new SlackFault.Refused("rate_limited"));
        assertThat(connector.post(chat, connector.render("x"))).isInstanceOf(Refusal.SlowDown.class);
    }

    @Test
    void closed_rooms_and_lost_messages_are_gone() {
        MessageRef message = posted("one");
        assertThat(connector.edit(new MessageRef(chat, chat.thread()), connector.render("x")))
                .isEqualTo(new Refusal.Gone("cant_update_message"));
        assertThat(connector.post(new ChatId("ernie", "C404", "", true), connector.render("x")))
                .isEqualTo(new Refusal.Gone("channel_not_found"));
        assertThat(connector.post(new ChatId("ernie", FOREIGN_CHANNEL, "", true), connector.render("x")))
                .isEqualTo(new Refusal.Gone("not_in_channel"));
        assertThat(connector.post(new ChatId("ernie", CHANNEL, "1.000001", true), connector.render("x")))
                .isEqualTo(new Refusal.Gone("cannot_reply_to_message"));
        slack.archive(CHANNEL);
        assertThat(connector.post(new ChatId("ernie", CHANNEL, "", true), connector.render("x")))
                .isEqualTo(new Refusal.Gone("is_archived"));
        slack.delete(DIRECT, message.id());
        assertThat(connector.edit(message, connector.render("x"))).isEqualTo(new Refusal.Gone("message_not_found"));
    }

    @Test
    void nothing_to_see_is_rejected_by_slack() {
        assertThat(connector.post(chat, connector.render(""))).isEqualTo(new Refusal.Rejected("no_text"));
    }

    @Test
    void the_status_is_shown_until_the_next_post() {
        List<Change> changes = new CopyOnWriteArrayList<>();
        slack.watch(changes::add);
        assertThat(connector.typing(chat)).isEmpty();
        await().until(() -> changes.stream().anyMatch(Change.Busy.class::isInstance));
        posted("answer");
        await().until(() -> changes.stream().anyMatch(Change.Shown.class::isInstance));
        assertThat(changes).noneMatch(Change.Idle.class::isInstance);
    }

    @Test
    void a_status_nobody_ends_goes_away_by_itself() {
        List<Change> changes = new CopyOnWriteArrayList<>();
        slack.watch(changes::add);
        connector.typing(chat);
        await().until(() -> changes.stream().anyMatch(Change.Idle.class::isInstance));
        assertThat(changes).contains(new Change.Idle(DIRECT, chat.thread()));
    }

    @Test
    void where_there_is_no_status_it_asks_once_but_a_limit_or_an_outage_does_not_silence_it() {
        slack.failNext("assistant.threads.setStatus", new SlackFault.TooMany(Duration.ofMillis(1)));
        slack.failNext("assistant.threads.setStatus", new SlackFault.Broken(503));
        slack.failNext("assistant.threads.setStatus", new SlackFault.Refused("method_not_supported_for_channel_type"));
        assertThat(connector.typing(chat).orElseThrow()).isInstanceOf(Refusal.SlowDown.class);
        await().until(() -> connector.typing(chat).orElseThrow() instanceof Refusal.Unreachable);
        assertThat(connector.typing(chat).orElseThrow()).isInstanceOf(Refusal.Rejected.class);
        long calls = slack.meter().calls();
        assertThat(connector.typing(chat)).isEqualTo(Optional.empty());
        assertThat(connector.typing(new ChatId("ernie", DIRECT, "", false))).isEqualTo(Optional.empty());
        assertThat(slack.meter().calls()).isEqualTo(calls);
    }

    private MessageRef posted(String markdown) {
        return ((PostOutcome.Posted) connector.post(chat, connector.render(markdown))).message();
    }

    private List<Seen> bot() {
        return slack.messages(DIRECT).stream().filter(Seen::fromBot).toList();
    }
}
