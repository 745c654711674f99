package io.erniegateway.connectors.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Person;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.RecordingInbox;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.telegram.Faults.Fault;
import io.erniegateway.connectors.simulated.telegram.TelegramSimulator;
import io.erniegateway.connectors.simulated.telegram.TelegramWorld;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway may expect of Telegram's drafts, over whatever wire. */
abstract class DraftsExpectations {
    private static final ChatId PRIVATE = ChatId.direct("bot", TelegramSimulator.WEI);
    private static final ChatId OTHER = ChatId.direct("bot", TelegramSimulator.ANNA);
    private static final ChatId GROUP = new ChatId("bot", TelegramSimulator.GROUP, "", true);

    private TelegramStage stage;

    abstract TelegramStage open(TelegramWorld world);

    @BeforeEach
    void begin() {
        stage = open(TelegramStage.WORLD);
        stage.personWrites("hello");
        stage.telegram.write(TelegramSimulator.ANNA, "", TelegramSimulator.ANNA, "hello");
    }

    @AfterEach
    void end() {
        stage.connector.close();
        stage.close();
    }

    @Test
    void a_draft_shows_the_formatted_text_with_a_stop_button_until_the_post() {
        assertThat(stage.connector.draftsIn(PRIVATE)).isTrue();
        assertThat(stage.connector.draftLasts()).isEqualTo(Duration.ofSeconds(30));
        assertThat(draft(PRIVATE, 5, "**he**")).isEmpty();
        assertThat(shown().html()).isEqualTo("<b>he</b>");
        assertThat(draft(PRIVATE, 5, "**hello**")).isEmpty();
        assertThat(draft(PRIVATE, 5, "**hello**")).isEmpty();
        assertThat(shown().html()).isEqualTo("<b>hello</b>");
        assertThat(shown().id()).isEqualTo("draft:5");
        assertThat(shown().revision()).isEqualTo(1);
        assertThat(stage.connector.post(PRIVATE, render("**hello** there"))).isInstanceOf(PostOutcome.Posted.class);
        assertThat(stage.botMessages()).containsExactly("hello there");
    }

    @Test
    void characters_alone_are_shown_as_they_are() {
        assertThat(stage.connector.draft(PRIVATE, 1, render("`*a*` **b**").plain()))
                .isEmpty();
        assertThat(shown().html()).isEqualTo("*a* b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n"})
    void before_the_first_word_the_bot_is_seen_to_think(String markdown) {
        assertThat(draft(PRIVATE, 1, markdown)).isEmpty();
        assertThat(shown().text()).isEqualTo("Thinking…");
    }

    @Test
    void a_draft_goes_to_its_topic() {
        stage.telegram.addTopic(TelegramSimulator.WEI, 3);
        ChatId topic = new ChatId("bot", TelegramSimulator.WEI, "3", false);
        assertThat(draft(topic, 1, "x")).isEmpty();
        assertThat(shown().thread()).isEqualTo("3");
    }

    @Test
    void groups_have_no_drafts_and_are_not_asked() {
        assertThat(stage.connector.draftsIn(GROUP)).isFalse();
        assertThat(draft(GROUP, 1, "x"))
                .hasValueSatisfying(refusal -> assertThat(refusal).isInstanceOf(Refusal.Rejected.class));
        assertThat(stage.telegram.meter().refused()).isZero();
    }

    /** Should a room that looks like a private chat be none: it is asked once. */
    @Test
    void a_room_that_takes_no_drafts_is_never_asked_again_and_others_are() {
        ChatId wrong = ChatId.direct("bot", TelegramSimulator.GROUP);
        assertThat(stage.connector.draftsIn(wrong)).isTrue();
        assertThat(draft(wrong, 1, "x"))
                .hasValueSatisfying(refusal -> assertThat(refusal.why()).contains("TEXTDRAFT_PEER_INVALID"));
        assertThat(stage.connector.draftsIn(wrong)).isFalse();
        assertThat(draft(wrong, 1, "x")).isPresent();
        assertThat(stage.telegram.meter().refused()).isEqualTo(1);
        assertThat(draft(PRIVATE, 1, "x")).isEmpty();
    }

    @Test
    void an_old_server_is_asked_once_for_all_rooms() {
        end();
        stage = open(TelegramStage.WORLD.withoutDrafts());
        stage.personWrites("hello");
        assertThat(draft(PRIVATE, 1, "x"))
                .hasValueSatisfying(refusal -> assertThat(refusal).isInstanceOf(Refusal.Rejected.class));
        assertThat(stage.connector.draftsIn(PRIVATE)).isFalse();
        assertThat(stage.connector.draftsIn(OTHER)).isFalse();
        assertThat(draft(OTHER, 1, "x")).isPresent();
        assertThat(stage.telegram.meter().refused()).isEqualTo(1);
        assertThat(stage.connector.post(PRIVATE, render("x"))).isInstanceOf(PostOutcome.Posted.class);
    }

    @Test
    void a_text_that_is_refused_says_nothing_about_the_room() {
        assertThat(draft(PRIVATE, 1, "汉".repeat(5000)))
                .hasValueSatisfying(refusal -> assertThat(refusal).isInstanceOf(Refusal.Rejected.class));
        assertThat(stage.connector.draftsIn(PRIVATE)).isTrue();
    }

    @Test
    void a_flood_a_breakdown_and_a_lost_answer_are_values_and_the_room_stays_open() {
        stage.telegram.faults().next("sendMessageDraft", new Fault.TooManyRequests(Duration.ofSeconds(35)));
        assertThat(draft(PRIVATE, 1, "x"))
                .hasValueSatisfying(refusal -> assertThat(refusal)
                        .isInstanceOfSatisfying(
                                Refusal.SlowDown.class,
                                slow -> assertThat(slow.retryAfter()).isEqualTo(Duration.ofSeconds(35))));
        stage.telegram.faults().next("sendMessageDraft", new Fault.ServerError(500, false));
        assertThat(draft(PRIVATE, 1, "x"))
                .hasValueSatisfying(refusal -> assertThat(refusal).isInstanceOf(Refusal.Unreachable.class));
        stage.telegram.faults().next("sendMessageDraft", new Fault.Reset(true));
        assertThat(draft(PRIVATE, 1, "seen"))
                .hasValue(new Refusal.Unreachable("the connection to the Telegram API broke", true));
        assertThat(shown().text()).isEqualTo("seen");
        assertThat(draft(PRIVATE, 1, "x")).isEmpty();
    }

    @Test
    void a_blocked_bot_finds_the_chat_gone_and_may_try_again_when_it_is_back() {
        stage.telegram.block(TelegramSimulator.WEI);
        assertThat(draft(PRIVATE, 1, "x"))
                .hasValueSatisfying(refusal -> assertThat(refusal).isInstanceOf(Refusal.Gone.class));
        stage.personWrites("back again");
        assertThat(draft(PRIVATE, 1, "x")).isEmpty();
    }

    @Test
    void stop_comes_in_as_the_person_of_the_chat() {
        RecordingInbox inbox = new RecordingInbox();
        stage.connector.start(inbox);
        assertThat(draft(PRIVATE, 5, "never ending")).isEmpty();
        stage.telegram.pressStop(TelegramSimulator.WEI, "");
        await().until(() -> inbox.arrived().stream().anyMatch(Inbound.Stopped.class::isInstance));
        Inbound stopped = inbox.arrived().stream()
                .filter(Inbound.Stopped.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(stopped.chat()).isEqualTo(PRIVATE);
        assertThat(stopped.from()).isEqualTo(new Person(TelegramSimulator.WEI, "李伟", ""));
    }

    private Optional<Refusal> draft(ChatId chat, int number, String markdown) {
        return stage.connector.draft(chat, number, render(markdown));
    }

    private Rendered render(String markdown) {
        return stage.connector.render(markdown);
    }

    private Seen shown() {
        return stage.telegram.messages(TelegramSimulator.WEI).stream()
                .filter(Seen::isDraft)
                .findFirst()
                .orElseThrow();
    }
}
