package io.erniegateway.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every connector promises the gateway. Each platform runs it against its own simulator over a real wire. */
public abstract class ConnectorContract {

    /** One connector, not yet started, and the platform it speaks to. */
    public interface Stage extends AutoCloseable {
        Connector connector();

        /** A person writes to the bot in a private chat. */
        void personWrites(String text);

        /** The visible texts of the bot's messages in that chat, oldest first. */
        List<String> botMessages();

        /** The person or the platform removes this message. */
        void messageVanishes(MessageRef message);

        /** The platform refuses the next post or edit for this long. False where nothing stands between bot and reader. */
        boolean refuseNext(Duration retryAfter);

        /** The platform breaks down (5xx) on the next post or edit. False where nothing stands between bot and reader. */
        boolean failNext();

        @Override
        void close();
    }

    protected abstract Stage open();

    private final RecordingInbox inbox = new RecordingInbox();
    private Stage stage;

    @BeforeEach
    void openStage() {
        stage = open();
        stage.connector().start(inbox);
    }

    @AfterEach
    void closeStage() {
        stage.connector().close();
        stage.close();
    }

    @Test
    void a_written_text_reaches_the_inbox_once() {
        stage.personWrites("你好, bot & <friends> 😀");
        Inbound.Written written = firstWritten();
        assertThat(written.text()).isEqualTo("你好, bot & <friends> 😀");
        assertThat(written.address()).isEqualTo(Inbound.Address.DIRECT);
        assertThat(written.chat().bot()).isEqualTo(stage.connector().bot());
        stage.personWrites("second");
        await().until(() -> inbox.texts().size() == 2);
        assertThat(inbox.texts()).containsExactly("你好, bot & <friends> 😀", "second");
    }

    @Test
    void an_update_that_could_not_be_stored_is_not_lost() {
        assumeTrue(redelivers(), "the sender is told at once and keeps the text");
        inbox.failNext(1);
        stage.personWrites("keep me");
        await().atMost(Duration.ofSeconds(20)).until(() -> inbox.texts().contains("keep me"));
        assertThat(inbox.deliveries()).isGreaterThanOrEqualTo(2);
        stage.personWrites("and me");
        await().atMost(Duration.ofSeconds(20)).until(() -> inbox.texts().contains("and me"));
        assertThat(inbox.texts()).containsExactly("keep me", "and me");
    }

    /** Whether the platform delivers again what was not acknowledged. */
    protected boolean redelivers() {
        return true;
    }

    @Test
    void a_post_is_seen_and_an_edit_replaces_it() {
        ChatId chat = chat();
        MessageRef message = posted(chat, "第一");
        assertThat(message.chat()).isEqualTo(chat);
        assertThat(stage.botMessages()).containsExactly("第一");
        assertThat(edit(message, "第一，第二")).isInstanceOf(EditOutcome.Applied.class);
        assertThat(stage.botMessages()).containsExactly("第一，第二");
    }

    @Test
    void an_edit_that_changes_nothing_is_no_failure() {
        MessageRef message = posted(chat(), "same");
        assertThat(edit(message, "same")).isInstanceOfAny(EditOutcome.Unchanged.class, EditOutcome.Applied.class);
        assertThat(stage.botMessages()).containsExactly("same");
    }

    @Test
    void a_refusal_tells_when_to_come_back_and_the_next_call_works() {
        MessageRef message = posted(chat(), "one");
        assumeTrue(stage.refuseNext(Duration.ofSeconds(1)), "nothing stands between bot and reader");
        EditOutcome refused = edit(message, "two");
        assertThat(refused).isInstanceOf(Refusal.SlowDown.class);
        assertThat(((Refusal.SlowDown) refused).retryAfter()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(60));
        assertThat(stage.botMessages()).containsExactly("one");
        await().atMost(Duration.ofSeconds(10)).until(() -> edit(message, "two") instanceof EditOutcome.Applied);
        assertThat(stage.botMessages()).containsExactly("two");
    }

    @Test
    void a_breakdown_is_a_value_and_the_next_call_works() {
        MessageRef message = posted(chat(), "one");
        assumeTrue(stage.failNext(), "nothing stands between bot and reader");
        assertThat(edit(message, "two")).isInstanceOf(Refusal.Unreachable.class);
        assertThat(edit(message, "two")).isInstanceOf(EditOutcome.Applied.class);
    }

    @Test
    void a_message_that_is_no_longer_there_is_gone() {
        MessageRef message = posted(chat(), "one");
        stage.messageVanishes(message);
        assertThat(edit(message, "two")).isInstanceOf(Refusal.Gone.class);
    }

    @Test
    void a_text_of_exactly_the_limit_is_shown_whole_and_one_more_is_rejected() {
        Connector connector = stage.connector();
        String longest = longestOf("汉字", connector);
        MessageRef message = posted(chat(), "x");
        assertThat(edit(message, longest)).isInstanceOf(EditOutcome.Applied.class);
        assertThat(stage.botMessages()).containsExactly(longest);
        assertThat(edit(message, longest + "汉".repeat(10))).isInstanceOf(Refusal.Rejected.class);
    }

    private static String longestOf(String unit, Connector connector) {
        int perUnit = connector.render(unit.repeat(10)).size()
                - connector.render(unit.repeat(9)).size();
        return unit.repeat(connector.limits().maxSize() / perUnit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "**bold** _it_ ~~gone~~ `code` [link](https://example.com/a_(b)?c=d&e=f)",
                "**注意：**这是*重点*。",
                "# Title\n\n- one\n  - nested **b**\n1. first\n2. second\n\n> quote\n\n---\n\nend",
                "```java\nint a = b < c && d > e ? 1 : 0; // `tick` \\ *star*\n```",
                "| 名称 | price |\n|---|---:|\n| 苹果 | 3 |\n| b\\|c | 44 |",
                "open **bold and `code and ```fence",
                "<script>alert(1)</script> <b>x</b> &amp; <!channel> <@U1> @everyone",
                "\u202Eevil\u202C \u200B zero\u200Dwidth 👨‍👩‍👧‍👦 🇨🇳 e\u0301",
                "_ * [ ] ( ) ~ ` > # + - = | { } . ! \\",
                "![alt](https://example.com/x.png) <https://example.com> https://example.com/?q=1",
                "- [ ] todo\n- [x] done",
                "$a_1 + b^2$ and 5*3*2 and snake_case_name"
            })
    void any_markdown_renders_to_something_the_platform_takes(String markdown) {
        MessageRef message = posted(chat(), "x");
        assertThat(edit(message, markdown)).isInstanceOf(EditOutcome.Applied.class);
        Rendered rendered = stage.connector().render(markdown);
        assertThat(stage.botMessages()).containsExactly(rendered.text());
        assertThat(stage.connector().render(markdown)).isEqualTo(rendered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "**粗** and *slanted* [link](https://example.com/?a=b&c=d)",
                "one\n\n- two\n  - three\n\nfour",
                "a < b && c > d \"quoted\" &amp;amp; <b>x</b>",
                "```\nif (a) {\n    b();\n}\n```",
                "<script>alert(1)</script> <!channel> <@U1>",
                "`*a*` \\*b\\* `_c_` `~d~`"
            })
    void characters_alone_are_shown_as_they_are(String markdown) {
        Rendered plain = stage.connector().render(markdown).plain();
        PostOutcome posted = stage.connector().post(chat(), plain);
        assertThat(posted).isInstanceOf(PostOutcome.Posted.class);
        assertThat(stage.botMessages()).containsExactly(plain.text());
        MessageRef message = posted(chat(), "**formatted**");
        assertThat(stage.connector().edit(message, plain)).isInstanceOf(EditOutcome.Applied.class);
        assertThat(stage.botMessages()).containsExactly(plain.text(), plain.text());
    }

    @Test
    void after_close_nothing_more_arrives() {
        stage.personWrites("before");
        await().until(() -> inbox.texts().size() == 1);
        stage.connector().close();
        int deliveries = inbox.deliveries();
        stage.personWrites("after");
        assertThat(inbox.deliveries()).isEqualTo(deliveries);
    }

    private ChatId chat() {
        stage.personWrites("hello");
        return firstWritten().chat();
    }

    private Inbound.Written firstWritten() {
        await().until(() -> !inbox.arrived().isEmpty());
        return (Inbound.Written) inbox.arrived().getFirst();
    }

    private MessageRef posted(ChatId chat, String markdown) {
        PostOutcome outcome = stage.connector().post(chat, stage.connector().render(markdown));
        assertThat(outcome).isInstanceOf(PostOutcome.Posted.class);
        return ((PostOutcome.Posted) outcome).message();
    }

    private EditOutcome edit(MessageRef message, String markdown) {
        return stage.connector().edit(message, stage.connector().render(markdown));
    }
}
