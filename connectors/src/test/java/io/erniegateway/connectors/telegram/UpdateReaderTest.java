package io.erniegateway.connectors.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbound.Address;
import io.erniegateway.connectors.Inbound.Unreadable.Why;
import io.erniegateway.connectors.Inbound.Written;
import io.erniegateway.connectors.Person;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateReaderTest {
    private static final String PRIVATE = "{'id':1001,'type':'private','first_name':'Li'}";
    private static final String GROUP = "{'id':-1001,'type':'supergroup','title':'G'}";
    private static final String LI =
            "{'id':1001,'is_bot':false,'first_name':'Li','last_name':'Wei','language_code':'zh-hans'}";

    private final UpdateReader reader = new UpdateReader("bot", new BotIdentity(42, "ernie_bot"), 100);

    @Test
    void a_private_text_is_direct() {
        Written written = written(message(PRIVATE, "'text':'你好 😀'"));
        assertThat(written)
                .isEqualTo(new Written(
                        Inbound.Keys.of("7"),
                        ChatId.direct("bot", "1001"),
                        new Person("1001", "Li Wei", "zh-hans"),
                        "你好 😀",
                        Address.DIRECT,
                        Instant.ofEpochSecond(1_700_000_000)));
    }

    @Test
    void a_group_text_is_overheard_and_a_forum_topic_is_a_thread() {
        assertThat(written(message(GROUP, "'text':'hi'")).address()).isEqualTo(Address.OVERHEARD);
        Written topic = written(message(GROUP, "'text':'hi','message_thread_id':7,'is_topic_message':true"));
        assertThat(topic.address()).isEqualTo(Address.THREAD);
        assertThat(topic.chat()).isEqualTo(new ChatId("bot", "-1001", "7", true));
    }

    @Test
    void the_general_topic_and_reply_threads_are_no_threads() {
        assertThat(written(message(GROUP, "'text':'hi','message_thread_id':1,'is_topic_message':true"))
                        .chat()
                        .thread())
                .isEmpty();
        assertThat(written(message(GROUP, "'text':'hi','message_thread_id':99"))
                        .chat()
                        .thread())
                .isEmpty();
    }

    @Test
    void topics_in_private_chats_are_threads_and_still_direct() {
        Written topic = written(message(PRIVATE, "'text':'hi','message_thread_id':5,'is_topic_message':true"));
        assertThat(topic.chat()).isEqualTo(new ChatId("bot", "1001", "5", false));
        assertThat(topic.address()).isEqualTo(Address.DIRECT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@ernie_bot what is 5*3?        | mention:0:10                 | what is 5*3?   | CALLED",
                "hey @Ernie_Bot, help            | mention:4:10                 | hey , help     | CALLED",
                "hey @ernie_bot help             | mention:4:10                 | hey help       | CALLED",
                "😀 @ernie_bot 再见              | mention:3:10                 | 😀 再见        | CALLED",
                "@ernie_bot                      | mention:0:10                 | @ernie_bot     | CALLED",
                "@other_bot hi                   | mention:0:10                 | @other_bot hi  | OVERHEARD",
                "/new@ernie_bot now              | bot_command:0:14             | /new now       | CALLED",
                "/new now                        | bot_command:0:4              | /new now       | CALLED",
                "/new@other_bot now              | bot_command:0:14             | /new@other_bot now | OVERHEARD",
                "@ernie_bot /new                 | mention:0:10,bot_command:11:4 | /new          | CALLED",
                "say /new                        | bot_command:4:4              | say /new       | OVERHEARD",
                "bold text                       | bold:0:4                     | bold text      | OVERHEARD"
            })
    void names_and_commands_call_the_bot(String text, String entities, String left, Address address) {
        Written written = written(message(GROUP, "'text':'" + text.strip() + "','entities':" + entities(entities)));
        assertThat(written.text()).isEqualTo(left.strip());
        assertThat(written.address()).isEqualTo(address);
    }

    @Test
    void a_command_for_another_bot_is_overheard_even_as_a_reply() {
        String reply = "'reply_to_message':{'message_id':3,'from':{'id':42,'is_bot':true}}";
        String body = "'text':'/new@other_bot','entities':" + entities("bot_command:0:14") + "," + reply;
        assertThat(written(message(GROUP, body)).address()).isEqualTo(Address.OVERHEARD);
    }

    @Test
    void a_mention_of_a_bot_by_its_id_counts() {
        String mention =
                "[{'type':'text_mention','offset':0,'length':5,'user':{'id':42,'is_bot':true,'first_name':'E'}}]";
        Written written = written(message(GROUP, "'text':'Ernie hi','entities':" + mention));
        assertThat(written.text()).isEqualTo("hi");
        assertThat(written.address()).isEqualTo(Address.CALLED);
    }

    @Test
    void a_reply_to_the_bot_calls_it_but_the_opening_of_its_topic_does_not() {
        String reply = "'reply_to_message':{'message_id':3,'from':{'id':42,'is_bot':true}";
        assertThat(written(message(GROUP, "'text':'why?'," + reply + "}")).address())
                .isEqualTo(Address.CALLED);
        String topic = "'text':'why?','message_thread_id':3,'is_topic_message':true," + reply
                + ",'forum_topic_created':{'name':'T','icon_color':1}}";
        assertThat(written(message(GROUP, topic)).address()).isEqualTo(Address.THREAD);
    }

    @Test
    void a_caption_is_a_text_and_a_picture_without_one_is_unreadable() {
        Written captioned = written(message(
                GROUP,
                "'photo':[{}],'caption':'@ernie_bot what is this','caption_entities':" + entities("mention:0:10")));
        assertThat(captioned.text()).isEqualTo("what is this");
        assertThat(captioned.address()).isEqualTo(Address.CALLED);
        assertThat(unreadable(message(PRIVATE, "'photo':[{}]")).why()).isEqualTo(Why.NOT_TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"voice", "sticker", "document", "video_note", "location", "poll", "contact"})
    void what_people_send_on_purpose_is_unreadable(String kind) {
        assertThat(unreadable(message(PRIVATE, "'" + kind + "':{}")).why()).isEqualTo(Why.NOT_TEXT);
    }

    @Test
    void the_pictures_of_an_album_are_one_message_for_the_inbox() {
        Inbound first = unreadable(message(PRIVATE, "'photo':[{}],'media_group_id':'g1'"));
        Inbound second = unreadable(
                message(PRIVATE, "'photo':[{}],'media_group_id':'g1'").replace("'update_id':7", "'update_id':8"));
        assertThat(first.keys().message()).isEqualTo(second.keys().message());
        assertThat(first.keys().update()).isNotEqualTo(second.keys().update());
    }

    @Test
    void a_text_beyond_the_limit_is_unreadable() {
        assertThat(unreadable(message(PRIVATE, "'text':'" + "x".repeat(101) + "'"))
                        .why())
                .isEqualTo(Why.TOO_LONG);
        assertThat(unreadable(message(PRIVATE, "'text':'" + "汉".repeat(5 << 20) + "'"))
                        .why())
                .isEqualTo(Why.TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'new_chat_members':[{'id':5,'is_bot':false,'first_name':'A'}]",
                "'pinned_message':{'message_id':4}",
                "'forum_topic_created':{'name':'T','icon_color':1}"
            })
    void service_messages_are_ignored(String body) {
        assertThat(read(message(GROUP, body))).isInstanceOf(Reading.Ignored.class);
    }

    @Test
    void other_bots_are_ignored_and_anonymous_administrators_are_not() {
        String bot = message(GROUP, "'text':'beep'").replace("'is_bot':false", "'is_bot':true");
        assertThat(read(bot)).isInstanceOf(Reading.Ignored.class);
        String anonymous = bot.replace("'text':'beep'", "'text':'beep','sender_chat':" + GROUP);
        assertThat(written(anonymous).from()).isEqualTo(new Person("-1001", "G", ""));
        assertThat(read(anonymous.replace("'text'", "'is_automatic_forward':true,'text'")))
                .isInstanceOf(Reading.Ignored.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"edited_message", "callback_query", "my_chat_member", "something_of_2030"})
    void other_kinds_of_update_are_ignored_with_their_name(String kind) {
        assertThat(read("{'update_id':7,'" + kind + "':{'id':'1'}}")).isEqualTo(new Reading.Ignored(7, kind));
    }

    @Test
    void the_stop_button_stops() {
        assertThat(read("{'update_id':7,'stopped_message_generation':{'chat':" + PRIVATE
                        + ",'message_thread_id':5,'draft_id':9}}"))
                .isEqualTo(new Reading.Arrived(
                        7,
                        new Inbound.Stopped(
                                Inbound.Keys.of("7"),
                                new ChatId("bot", "1001", "5", false),
                                new Person("1001", "Li", ""))));
    }

    @Test
    void a_migration_is_told() {
        assertThat(read(message(GROUP, "'migrate_to_chat_id':-1002")))
                .isEqualTo(new Reading.Migrated(7, "-1001", "-1002"));
    }

    @Test
    void what_is_newer_than_the_types_costs_no_text() {
        String body = "'text':'hi','forward_origin':{'type':'hologram','x':1},'reply_markup':{'unheard':[1]},"
                + "'paid_media':{'paid_media':[{'type':'smell'}]}";
        assertThat(written(message(PRIVATE, body)).text()).isEqualTo("hi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'update_id':7,'message':{'text':'secret'}}",
                "{'update_id':7,'message':{'date':'secret','chat':{'id':'secret'},'from':[]}}",
                "{'update_id':7,'message':'secret'}",
                "{'update_id':7,'message':null}",
                "{'update_id':7,'message':[]}",
                "{'update_id':7,'stopped_message_generation':{'draft_id':3}}",
                "{'update_id':7,'message':{'message_id':1,'date':1,'chat':{'id':1,'type':'private'},"
                        + "'from':{'id':1,'is_bot':false,'first_name':'x'},'text':'secret',"
                        + "'entities':[{'type':'mention','offset':3,'length':400}]}}"
            })
    void a_malformed_update_is_a_value_that_keeps_its_content_to_itself(String json) {
        Reading reading = read(json);
        assertThat(reading).isInstanceOf(Reading.Malformed.class);
        assertThat(reading.update()).isEqualTo(7);
        assertThat(((Reading.Malformed) reading).why()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'update_id':'seven'}",
                "{'update_id':-3}",
                "{'update_id':2147483647}",
                "{'update_id':9e15}",
                "[]",
                "3",
                "{'update_id':1e400}"
            })
    void an_update_without_an_id_is_malformed(String json) {
        assertThat(read(json).update()).isEqualTo(Reading.NO_ID);
    }

    private static String message(String chat, String body) {
        return "{'update_id':7,'message':{'message_id':3,'from':" + LI + ",'chat':" + chat + ",'date':1700000000,"
                + body + "}}";
    }

    private static String entities(String list) {
        ArrayNode array = TelegramJson.MAPPER.createArrayNode();
        for (String entity : list.split(",", -1)) {
            String[] parts = entity.strip().split(":", -1);
            ObjectNode node = array.addObject();
            node.put("type", parts[0])
                    .put("offset", Integer.parseInt(parts[1]))
                    .put("length", Integer.parseInt(parts[2]));
        }
        return array.toString();
    }

    private Reading read(String json) {
        try {
            return reader.read(TelegramJson.MAPPER.readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private Written written(String json) {
        return (Written) ((Reading.Arrived) read(json)).inbound();
    }

    private Inbound.Unreadable unreadable(String json) {
        return (Inbound.Unreadable) ((Reading.Arrived) read(json)).inbound();
    }
}
