package io.erniegateway.connectors.simulated.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.connectors.simulated.SimulatedChats.Change;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.SimulatedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** sendMessageDraft, as the Bot API has it. */
class SimulatedDraftsTest {
    private static final String WEI = TelegramSimulator.WEI;
    private static final String OK = "200 ";

    private final HandTurnedTime time = new HandTurnedTime();
    private final TelegramWorld world = TelegramWorld.DEFAULT.withTime(time).withFlood(FloodRules.OFFICIAL.telling());
    private TelegramSimulator telegram = TelegramSimulator.start(world);
    private BotClient bot = new BotClient(telegram);

    @BeforeEach
    void begin() {
        telegram.write(WEI, "", WEI, "hello");
    }

    @AfterEach
    void close() {
        bot.close();
        telegram.close();
    }

    private void restart(TelegramWorld other) {
        close();
        telegram = TelegramSimulator.start(other);
        bot = new BotClient(telegram);
        begin();
    }

    @Test
    void a_draft_is_seen_until_the_message_takes_its_place() {
        assertThat(draft("'draft_id':5,'text':'Hel','entities':[{'type':'bold','offset':0,'length':3}]"))
                .isEqualTo(OK);
        Seen seen = shown();
        assertThat(seen.text()).isEqualTo("Hel");
        assertThat(seen.html()).isEqualTo("<b>Hel</b>");
        assertThat(seen.id()).isEqualTo("draft:5");
        assertThat(seen.isDraft()).isTrue();
        assertThat(seen.fromBot()).isTrue();
        assertThat(draft("'draft_id':5,'text':'Hello'")).isEqualTo(OK);
        assertThat(shown().text()).isEqualTo("Hello");
        assertThat(shown().revision()).isEqualTo(1);
        assertThat(send("Hello there")).isEqualTo(OK);
        assertThat(telegram.messages(WEI)).extracting(Seen::text).containsExactly("hello", "Hello there");
        assertThat(telegram.messages(WEI)).noneMatch(Seen::isDraft);
    }

    @Test
    void the_answer_is_true_and_nothing_that_could_be_edited() {
        JsonNode answer = bot.answer("sendMessageDraft", "{'chat_id':1001,'draft_id':5,'text':'x'}");
        assertThat(answer.path("result").isBoolean()).isTrue();
        assertThat(bot.call("editMessageText", "{'chat_id':1001,'message_id':2,'text':'y'}"))
                .isEqualTo("400 Bad Request: message to edit not found");
        send("z");
        assertThat(telegram.messages(WEI).getLast().id()).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'draft_id':1,'text':'x'} | 400 Bad Request: chat_id is empty",
                "{'chat_id':5,'draft_id':1,'text':'x'} | 400 Bad Request: chat not found",
                "{'chat_id':'@wei','draft_id':1,'text':'x'} | 400 Bad Request: chat not found",
                "{'chat_id':1002,'draft_id':1,'text':'x'} | 403 Forbidden: bot can't initiate conversation with a user",
                "{'chat_id':-1001000000001,'draft_id':1,'text':'x'} | 400 Bad Request: TEXTDRAFT_PEER_INVALID",
                "{'chat_id':-1001000000002,'message_thread_id':7,'draft_id':1,'text':'x'} | 400 Bad Request: TEXTDRAFT_PEER_INVALID",
                "{'chat_id':1001,'draft_id':1,'text':'x','message_thread_id':7} | 400 Bad Request: message thread not found",
                "{'chat_id':1001,'text':'x'} | 400 Bad Request: RANDOM_ID_INVALID",
                "{'chat_id':1001,'draft_id':0,'text':'x'} | 400 Bad Request: RANDOM_ID_INVALID",
                "{'chat_id':1001,'draft_id':'one','text':'x'} | 400 Bad Request: RANDOM_ID_INVALID",
                "{'chat_id':1001,'draft_id':1,'text':'\\u200b'} | 400 Bad Request: text must be non-empty",
                "{'chat_id':1001,'draft_id':1,'text':'ab','entities':[{'type':'bold','offset':1,'length':2}]} | 400 Bad Request: entity beginning at UTF-16 offset 1 ends after the end of the text",
                "{'chat_id':1001,'draft_id':1,'text':'*b*','parse_mode':'MarkdownV2'} | 400 Bad Request: the simulator does not parse MarkdownV2, since this gateway sends entities",
                "{'chat_id':1001,'draft_id':-4,'text':'x'} | '200 '",
                "{'chat_id':1001,'draft_id':9007199254740993,'text':'x'} | '200 '"
            })
    void what_is_wrong_is_refused_in_telegrams_words(String parameters, String answer) {
        assertThat(bot.call("sendMessageDraft", parameters)).isEqualTo(answer);
    }

    @Test
    void a_draft_may_be_as_long_as_a_message_and_no_longer() {
        assertThat(draft("'draft_id':1,'text':'" + "汉".repeat(4096) + "'")).isEqualTo(OK);
        assertThat(draft("'draft_id':1,'text':'" + "汉".repeat(4097) + "'"))
                .isEqualTo("400 Bad Request: message is too long");
        assertThat(draft("'draft_id':1,'text':'" + "x".repeat(32_769) + "'"))
                .isEqualTo("400 Bad Request: text is too long");
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "'\\n '"})
    void without_a_text_it_says_that_the_bot_thinks(String text) {
        assertThat(draft("'draft_id':1,'text':'" + text + "'")).isEqualTo(OK);
        assertThat(shown().text()).isEqualTo("Thinking…");
    }

    @Test
    void it_fades_thirty_seconds_after_its_last_text() {
        List<String> seen = witnessed();
        draft("'draft_id':1,'text':'x'");
        time.sleep(Duration.ofSeconds(20));
        draft("'draft_id':1,'text':'x'");
        time.sleep(Duration.ofMillis(29_999));
        assertThat(shown().text()).isEqualTo("x");
        time.sleep(Duration.ofSeconds(5));
        assertThat(telegram.messages(WEI)).noneMatch(Seen::isDraft);
        assertThat(seen).containsExactly("0 draft:1 x", "50000 draft:1 gone");
    }

    @Test
    void watchers_see_it_fade_without_anybody_looking() {
        SimulatedTime fast = new SimulatedTime() {
            @Override
            public long nanos() {
                return System.nanoTime() * 300;
            }

            @Override
            public void sleep(Duration wanted) {
                SimulatedTime.real().sleep(wanted.dividedBy(300));
            }
        };
        restart(world.withTime(fast));
        List<Change> changes = new CopyOnWriteArrayList<>();
        try (var watch = telegram.watch(changes::add)) {
            draft("'draft_id':3,'text':'x'");
            bot.call("sendChatAction", "{'chat_id':1001,'action':'typing'}");
            await().until(() ->
                    changes.contains(new Change.Deleted(WEI, "draft:3")) && changes.contains(new Change.Idle(WEI, "")));
        }
    }

    @Test
    void another_number_replaces_it_and_only_a_message_of_the_bot_dismisses_it() {
        List<String> seen = witnessed();
        send("first");
        draft("'draft_id':1,'text':'a'");
        draft("'draft_id':2,'text':'b'");
        telegram.write(WEI, "", WEI, "well?");
        bot.call("editMessageText", "{'chat_id':1001,'message_id':2,'text':'first, edited'}");
        bot.call("sendChatAction", "{'chat_id':1001,'action':'typing'}");
        assertThat(send(" ")).startsWith("400 ");
        assertThat(shown().text()).isEqualTo("b");
        send("done");
        assertThat(seen)
                .containsExactly(
                        "0 2 first",
                        "0 draft:1 a",
                        "0 draft:1 gone",
                        "0 draft:2 b",
                        "0 3 well?",
                        "0 2 first, edited",
                        "0 draft:2 gone",
                        "0 4 done");
    }

    @Test
    void stop_takes_the_draft_away_and_tells_the_bot_without_saying_who() {
        draft("'draft_id':77,'text':'never ending','can_stop':true");
        telegram.pressStop(WEI, "");
        assertThat(telegram.messages(WEI)).noneMatch(Seen::isDraft);
        JsonNode update = bot.answer("getUpdates", "{}").path("result").get(1);
        JsonNode stopped = update.path("stopped_message_generation");
        assertThat(stopped.path("chat").path("id").asLong()).isEqualTo(1001);
        assertThat(stopped.path("chat").path("type").asText()).isEqualTo("private");
        assertThat(stopped.path("draft_id").asText()).isEqualTo("77");
        assertThat(stopped.has("message_thread_id")).isFalse();
        assertThat(stopped.has("from")).isFalse();
        assertThat(draft("'draft_id':77,'text':'still going'")).isEqualTo(OK);
        assertThat(shown().text()).isEqualTo("still going");
    }

    @Test
    void a_draft_without_the_button_cannot_be_stopped() {
        draft("'draft_id':1,'text':'x'");
        assertThatThrownBy(() -> telegram.pressStop(WEI, "")).isInstanceOf(IllegalStateException.class);
        assertThat(shown().text()).isEqualTo("x");
        draft("'draft_id':1,'text':'x','can_stop':true");
        telegram.pressStop(WEI, "");
        assertThatThrownBy(() -> telegram.pressStop(WEI, "")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_stopped_draft_may_be_kept_but_not_stopped_again() {
        draft("'draft_id':1,'text':'x','can_stop':true,'keep_on_stop':true");
        telegram.pressStop(WEI, "");
        assertThat(shown().text()).isEqualTo("x");
        assertThatThrownBy(() -> telegram.pressStop(WEI, "")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void drafts_in_two_topics_stand_beside_each_other_until_a_message_takes_all() {
        telegram.addTopic(WEI, 3);
        draft("'draft_id':1,'text':'a'");
        draft("'draft_id':2,'text':'b','message_thread_id':3,'can_stop':true");
        assertThat(telegram.messages(WEI).stream().filter(Seen::isDraft))
                .extracting(seen -> seen.thread() + ":" + seen.text())
                .containsExactly(":a", "3:b");
        telegram.pressStop(WEI, "3");
        JsonNode stopped =
                bot.answer("getUpdates", "{'offset':-1}").path("result").get(0).path("stopped_message_generation");
        assertThat(stopped.path("message_thread_id").asInt()).isEqualTo(3);
        draft("'draft_id':3,'text':'c','message_thread_id':3");
        send("done");
        assertThat(telegram.messages(WEI)).noneMatch(Seen::isDraft);
    }

    @Test
    void a_blocked_bot_shows_no_drafts() {
        telegram.block(WEI);
        assertThat(draft("'draft_id':1,'text':'x'")).isEqualTo("403 Forbidden: bot was blocked by the user");
    }

    @Test
    void an_old_server_does_not_know_the_method() {
        restart(world.withoutDrafts());
        assertThat(draft("'draft_id':1,'text':'x'")).isEqualTo("404 Not Found: method not found");
        assertThat(send("x")).isEqualTo(OK);
    }

    @Test
    void the_fourth_draft_of_a_second_is_refused_and_a_refused_one_is_not_seen() {
        for (String text : List.of("a", "b", "c")) {
            assertThat(draft("'draft_id':1,'text':'" + text + "'")).isEqualTo(OK);
        }
        assertThat(draft("'draft_id':1,'text':'d'")).isEqualTo("429 Too Many Requests: retry after 1");
        assertThat(shown().text()).isEqualTo("c");
        time.sleep(Duration.ofSeconds(1));
        assertThat(draft("'draft_id':1,'text':'d'")).isEqualTo(OK);
        assertThat(telegram.tally().drafts()).isEqualTo(new FloodTally.Count(4, 0, 1));
        assertThat(telegram.tally().admitted()).isEqualTo(4);
        assertThat(telegram.tally().refused()).isEqualTo(1);
    }

    @Test
    void a_penalty_that_a_test_arranges_is_enforced_in_its_chat() {
        telegram.addStarted(3000);
        telegram.faults().nth(2, "sendMessage", new Faults.Fault.Penalty(Duration.ofSeconds(149)));
        assertThat(send("one")).isEqualTo(OK);
        assertThat(send("two")).isEqualTo("429 Too Many Requests: retry after 149");
        assertThat(bot.call("sendMessage", "{'chat_id':3000,'text':'x'}")).isEqualTo(OK);
        time.sleep(Duration.ofSeconds(148));
        assertThat(draft("'draft_id':1,'text':'x'")).isEqualTo("429 Too Many Requests: retry after 6");
        time.sleep(Duration.ofSeconds(6));
        assertThat(send("two")).isEqualTo(OK);
        assertThat(telegram.tally().posts()).isEqualTo(new FloodTally.Count(3, 0, 1));
    }

    private Seen shown() {
        return telegram.messages(WEI).stream().filter(Seen::isDraft).findFirst().orElseThrow();
    }

    private List<String> witnessed() {
        List<String> seen = new ArrayList<>();
        telegram.witness(new Witness() {
            @Override
            public void sees(String room, String id, String text, long nanos) {
                seen.add(HandTurnedTime.millis(nanos) + " " + id + " " + text);
            }

            @Override
            public void loses(String room, String id, long nanos) {
                seen.add(HandTurnedTime.millis(nanos) + " " + id + " gone");
            }
        });
        return seen;
    }

    private String draft(String rest) {
        return bot.call("sendMessageDraft", "{'chat_id':1001," + rest + "}");
    }

    private String send(String text) {
        return bot.call("sendMessage", "{'chat_id':1001,'text':'" + text + "'}");
    }
}
