package io.erniegateway.connectors.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbound.Address;
import io.erniegateway.connectors.Inbound.Keys;
import io.erniegateway.connectors.Inbound.Stopped;
import io.erniegateway.connectors.Inbound.Unreadable;
import io.erniegateway.connectors.Inbound.Unreadable.Why;
import io.erniegateway.connectors.Inbound.Written;
import io.erniegateway.connectors.Person;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackUpdatesTest {
    private static final SlackApp APP = SlackApp.socket("ernie", "xoxb-1", "xapp-1");
    private static final SlackIdentity SELF = new SlackIdentity("UBOT", "BBOT", "T1");
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private final SlackUpdates updates = new SlackUpdates(APP, SELF);

    @Test
    void a_direct_message_is_the_root_of_its_own_conversation() {
        Written written = written("""
                "type":"message","channel":"D1","channel_type":"im","user":"U1","text":"你好","ts":"1763900000.000100"\
                """);
        assertThat(written)
                .isEqualTo(new Written(
                        new Keys("Ev1", "D1:1763900000.000100"),
                        new ChatId("ernie", "D1", "1763900000.000100", false),
                        new Person("U1", "", ""),
                        "你好",
                        Address.DIRECT,
                        Instant.ofEpochSecond(1763900000L, 100_000)));
    }

    @Test
    void without_agent_view_direct_messages_are_one_chat_and_threads_in_it_stay_threads() {
        SlackUpdates flowing = new SlackUpdates(APP.withoutThreadsInDirectMessages(), SELF);
        assertThat(arrived(flowing, """
                "type":"message","channel":"D1","channel_type":"im","user":"U1","text":"a","ts":"5.000001"\
                """).chat()).isEqualTo(ChatId.direct("ernie", "D1"));
        assertThat(arrived(flowing, """
                "type":"message","channel":"D1","channel_type":"im","user":"U1","text":"a","ts":"6.000001",\
                "thread_ts":"5.000001"\
                """).chat()).isEqualTo(new ChatId("ernie", "D1", "5.000001", false));
    }

    @ParameterizedTest
    @CsvSource({
        "message,     C1, channel, 'a',          '',         5.000001, OVERHEARD",
        "message,     C1, channel, 'a',          4.000001,   4.000001, THREAD",
        "message,     C1, channel, '<@UBOT> a',  '',         5.000001, CALLED",
        "message,     C1, channel, '<@UBOT> a',  4.000001,   4.000001, CALLED",
        "app_mention, C1, '',      '<@UBOT> a',  '',         5.000001, CALLED",
        "app_mention, C1, '',      '<@UBOT> a',  4.000001,   4.000001, CALLED",
        "message,     G1, group,   'a',          '',         5.000001, OVERHEARD",
        "message,     G1, mpim,    'a',          4.000001,   4.000001, THREAD",
        "message,     C1, channel, 'a',          5.000001,   5.000001, OVERHEARD",
        "message,     D1, im,      'a',          4.000001,   4.000001, DIRECT"
    })
    void the_kind_of_channel_the_mention_and_the_thread_tell_how_the_bot_is_addressed(
            String type, String channel, String kind, String text, String root, String thread, Address address) {
        Written written = written("\"type\":\"" + type + "\",\"channel\":\"" + channel + "\",\"channel_type\":\""
                + kind + "\",\"user\":\"U1\",\"ts\":\"5.000001\",\"text\":\"" + text + "\""
                + (root.isEmpty() ? "" : ",\"thread_ts\":\"" + root + "\""));
        assertThat(written.address()).isEqualTo(address);
        assertThat(written.chat()).isEqualTo(new ChatId("ernie", channel, thread, !channel.startsWith("D")));
        assertThat(written.text()).isEqualTo("a");
    }

    @Test
    void a_mention_that_arrives_twice_is_the_same_thing_under_one_message_key() {
        String rest = "\"channel\":\"C1\",\"user\":\"U1\",\"ts\":\"5.000001\",\"text\":\"<@UBOT> when?\"";
        Written mention = (Written) inbound(updates.parse(json(envelope("Ev1", "\"type\":\"app_mention\"," + rest))));
        Written message = (Written) inbound(
                updates.parse(json(envelope("Ev2", "\"type\":\"message\",\"channel_type\":\"channel\"," + rest))));
        assertThat(mention.keys()).isEqualTo(new Keys("Ev1", "C1:5.000001"));
        assertThat(message.keys()).isEqualTo(new Keys("Ev2", "C1:5.000001"));
        assertThat(message).usingRecursiveComparison().ignoringFields("keys").isEqualTo(mention);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"subtype\":\"message_changed\",\"hidden\":true,\"message\":{\"user\":\"U1\",\"text\":\"x\"}",
                "\"subtype\":\"message_deleted\",\"hidden\":true",
                "\"subtype\":\"bot_message\",\"bot_id\":\"B9\"",
                "\"subtype\":\"channel_join\"",
                "\"subtype\":\"channel_topic\"",
                "\"subtype\":\"message_replied\"",
                "\"subtype\":\"ekm_access_denied\"",
                "\"subtype\":\"assistant_app_thread\"",
                "\"subtype\":\"invented_in_2027\"",
                "\"bot_id\":\"BBOT\"",
                "\"bot_id\":\"BOTHER\"",
                "\"hidden\":true",
                "\"user\":\"UBOT\"",
                "\"user\":\"USLACKBOT\"",
                "\"user\":\"\"",
                "\"ts\":\"\"",
                "\"ts\":\"yesterday\"",
                "\"ts\":\"1e9\"",
                "\"channel\":\"\""
            })
    void what_no_person_wrote_is_ignored(String difference) {
        String event = "\"type\":\"message\",\"channel_type\":\"im\",\"channel\":\"D1\",\"user\":\"U1\",\"text\":\"a\","
                + "\"ts\":\"5.000001\"," + difference;
        assertThat(updates.parse(json(envelope("Ev1", event)))).isInstanceOf(SlackUpdate.Ignored.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread_broadcast", "me_message", "file_share"})
    void these_subtypes_are_what_people_write(String subtype) {
        assertThat(written(
                                "\"type\":\"message\",\"channel_type\":\"im\",\"channel\":\"D1\",\"user\":\"U1\",\"text\":\"a\","
                                        + "\"ts\":\"5.000001\",\"subtype\":\"" + subtype + "\"")
                        .text())
                .isEqualTo("a");
    }

    @Test
    void a_file_without_words_deserves_an_answer() {
        String event = "\"type\":\"message\",\"channel_type\":\"im\",\"channel\":\"D1\",\"user\":\"U1\",\"text\":\"\","
                + "\"ts\":\"5.000001\",\"subtype\":\"file_share\",\"files\":[{\"id\":\"F1\"}]";
        assertThat(arrived(updates, event)).isInstanceOfSatisfying(Unreadable.class, unreadable -> {
            assertThat(unreadable.why()).isEqualTo(Why.NOT_TEXT);
            assertThat(unreadable.address()).isEqualTo(Address.DIRECT);
        });
    }

    @Test
    void a_bare_mention_asks_for_help_and_one_with_a_file_is_not_text() {
        String mention =
                "\"type\":\"app_mention\",\"channel\":\"C1\",\"user\":\"U1\",\"text\":\"<@UBOT>\",\"ts\":\"5.000001\"";
        assertThat(written(mention).text()).isEqualTo("/help");
        assertThat(arrived(updates, mention + ",\"files\":[{\"id\":\"F1\"}]")).isInstanceOf(Unreadable.class);
    }

    @Test
    void the_longest_text_is_taken_and_one_character_more_is_too_long() {
        String event = "\"type\":\"message\",\"channel_type\":\"im\",\"channel\":\"D1\",\"user\":\"U1\","
                + "\"ts\":\"5.000001\",\"text\":\"";
        assertThat(written(event + "x".repeat(40_000) + "\"").text()).hasSize(40_000);
        assertThat(arrived(updates, event + "x".repeat(40_001) + "\""))
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.why()).isEqualTo(Why.TOO_LONG));
    }

    @Test
    void the_stop_button_stops_the_thread_it_stands_in() {
        Inbound inbound = arrived(updates, """
                "type":"agent_session_stopped","channel":"D1","user":"U1","thread_ts":"5.000001",\
                "streaming_message_ts":["6.000001"],"event_ts":"7.000001"\
                """);
        assertThat(inbound)
                .isEqualTo(new Stopped(
                        Keys.of("Ev1"), new ChatId("ernie", "D1", "5.000001", false), new Person("U1", "", "")));
    }

    @Test
    void a_writer_from_another_workspace_keeps_the_team() {
        String event = "\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\",\"text\":\"a\",\"ts\":\"5.000001\"";
        assertThat(team(event)).isEqualTo("T1");
        assertThat(team(event + ",\"team\":\"T2\"")).isEqualTo("T2");
    }

    private String team(String event) {
        return ((SlackUpdate.Arrived) updates.parse(json(envelope("Ev1", event)))).team();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "7",
                "{\"type\":\"event_callback\"}",
                "{\"type\":\"event_callback\",\"event\":[1]}",
                "{\"type\":\"event_callback\",\"event\":{\"type\":\"message\",\"text\":{\"a\":1}}}",
                "{\"type\":\"event_callback\",\"event\":{\"type\":\"agent_session_stopped\"}}",
                "{\"type\":\"event_callback\",\"event\":{\"type\":\"app_home_opened\"}}",
                "{\"type\":\"invented_in_2027\"}"
            })
    void what_is_not_understood_is_ignored(String payload) {
        assertThat(updates.parse(json(payload))).isInstanceOf(SlackUpdate.Ignored.class);
    }

    @Test
    void a_challenge_and_a_held_back_minute_are_told_apart() {
        assertThat(updates.parse(json("{\"type\":\"url_verification\",\"challenge\":\"c\"}")))
                .isEqualTo(new SlackUpdate.Challenge("c"));
        assertThat(updates.parse(json("{\"type\":\"app_rate_limited\",\"minute_rate_limited\":1763900000}")))
                .isEqualTo(new SlackUpdate.HeldBack("1763900000"));
    }

    @ParameterizedTest
    @CsvSource({
        "'',                '/help'",
        "'help',            '/help'",
        "'HELP',            '/help'",
        "'new',             '/new'",
        "'new 今天',        '/new 今天'",
        "'stop',            '/stop'",
        "'/stop',           '/stop'",
        "'!retry',          '/retry'",
        "'start',           '/start'",
        "'help me please',  'help me please'",
        "'What is 1 &lt; 2?', 'What is 1 < 2?'",
        "'<@U2|bob> who?',  '@bob who?'",
        "'newton',          'newton'"
    })
    void a_slash_command_is_a_command_or_else_a_question(String arguments, String text) {
        SlashCommandPayload command = new SlashCommandPayload();
        command.setCommand("/ernie");
        command.setText(arguments);
        command.setChannelId("C1");
        command.setUserId("U1");
        command.setUserName("alice");
        command.setTriggerId("1.2.abc");
        assertThat(inbound(updates.parse(command, NOW)))
                .isEqualTo(new Written(
                        Keys.of("command:1.2.abc"),
                        new ChatId("ernie", "C1", "", true),
                        new Person("U1", "alice", ""),
                        text,
                        Address.CALLED,
                        NOW));
    }

    @Test
    void a_slash_command_without_its_fields_is_ignored() {
        assertThat(updates.parse(new SlashCommandPayload(), NOW)).isInstanceOf(SlackUpdate.Ignored.class);
    }

    private Written written(String event) {
        return (Written) arrived(updates, event);
    }

    private static Inbound arrived(SlackUpdates updates, String event) {
        return inbound(updates.parse(json(envelope("Ev1", event))));
    }

    private static Inbound inbound(SlackUpdate update) {
        return ((SlackUpdate.Arrived) update).inbound();
    }

    private static String envelope(String id, String event) {
        return "{\"type\":\"event_callback\",\"team_id\":\"T1\",\"event_id\":\"" + id + "\",\"event\":{" + event + "}}";
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
