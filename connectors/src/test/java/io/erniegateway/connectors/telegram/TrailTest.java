package io.erniegateway.connectors.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.telegram.Trail.Arrival;
import io.erniegateway.connectors.telegram.Trail.Sent;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrailTest {
    private static final Instant START = Instant.ofEpochSecond(1_000);
    private static final String PRIVATE = "1001";
    private static final String BASIC_GROUP = "-4001";
    private static final String SUPERGROUP = "-1001000000001";
    private static final Rendered TEXT = new Rendered("text", "", 4);

    private final Trail trail = new Trail(START);

    @Test
    void before_anything_of_this_process_is_known_nowhere_is_safe() {
        assertThat(trail.claim(lost(PRIVATE, TEXT))).isEmpty();
        trail.knows(PRIVATE, 70);
        assertThat(trail.claim(lost(PRIVATE, TEXT))).isEmpty();
    }

    @Test
    void an_update_from_before_this_process_says_nothing_about_what_came_after_it() {
        trail.heard(message(1001, 70, 1_000));
        assertThat(trail.claim(lost(PRIVATE, TEXT))).isEmpty();
        trail.heard(message(1001, 72, 1_001));
        assertThat(trail.claim(lost(PRIVATE, TEXT))).hasValue(73);
    }

    @Test
    void private_chats_and_basic_groups_share_one_sequence_and_a_supergroup_has_its_own() {
        trail.heard(message(Long.parseLong(BASIC_GROUP), 500, 2_000));
        trail.heard(message(Long.parseLong(SUPERGROUP), 7, 2_000));
        assertThat(trail.claim(lost(PRIVATE, TEXT))).hasValue(501);
        assertThat(trail.claim(lost(SUPERGROUP, TEXT))).hasValue(8);
        assertThat(trail.claim(lost("-1001000000002", TEXT))).isEmpty();
    }

    @Test
    void what_is_known_to_be_something_else_is_left_out() {
        trail.heard(message(1001, 10, 2_000));
        Sent sent = trail.sending(PRIVATE);
        trail.heard(message(2002, 11, 2_000));
        assertThat(trail.arrived(trail.sending("3003"), "3003", 13)).isEqualTo(Arrival.STANDS);
        trail.lost(sent, ChatId.direct("bot", PRIVATE), TEXT);
        assertThat(trail.claim(sent)).hasValue(12);
        assertThat(trail.claim(sent)).hasValue(12);
        trail.elsewhere(sent);
        assertThat(trail.claim(sent)).hasValue(14);
    }

    @Test
    void a_post_whose_message_is_looked_at_is_in_doubt_itself_and_one_that_was_taken_is_posted_again() {
        trail.heard(message(1001, 10, 2_000));
        Sent looked = lost(PRIVATE, TEXT);
        Sent flying = trail.sending(PRIVATE);
        Sent later = trail.sending(PRIVATE);
        assertThat(trail.claim(looked)).hasValue(11);
        assertThat(trail.arrived(flying, PRIVATE, 11)).isEqualTo(Arrival.CLAIMED);
        trail.found(looked);
        assertThat(trail.claim(flying)).hasValue(12);
        assertThat(trail.arrived(later, PRIVATE, 11)).isEqualTo(Arrival.TAKEN);
    }

    @Test
    void two_lost_posts_never_look_at_one_place() {
        trail.heard(message(1001, 10, 2_000));
        Sent one = lost(PRIVATE, TEXT);
        Sent other = lost(PRIVATE, new Rendered("other", "", 5));
        assertThat(trail.claim(one)).hasValue(11);
        assertThat(trail.claim(other)).hasValue(12);
        trail.found(one);
        trail.elsewhere(other);
        assertThat(trail.claim(other)).hasValue(13);
    }

    @Test
    void below_what_had_to_be_forgotten_nobody_looks() {
        trail.heard(message(1001, 10, 2_000));
        Sent sent = lost(PRIVATE, TEXT);
        LongStream.rangeClosed(12, 10_020).forEach(id -> trail.heard(message(2002, id, 2_000)));
        assertThat(trail.claim(sent)).hasValue(10_021);
    }

    @Test
    void a_lost_post_is_forgotten_when_it_is_settled_or_the_group_has_moved() {
        ChatId chat = ChatId.direct("bot", PRIVATE);
        trail.heard(message(1001, 10, 2_000));
        Sent sent = lost(PRIVATE, TEXT);
        assertThat(trail.doubt(chat, TEXT, PRIVATE)).isSameAs(sent);
        assertThat(trail.doubt(chat, TEXT, SUPERGROUP)).isNull();
        trail.settle(sent);
        assertThat(trail.doubt(chat, TEXT, PRIVATE)).isNull();
    }

    private Sent lost(String room, Rendered text) {
        Sent sent = trail.sending(room);
        trail.lost(sent, ChatId.direct("bot", room), text);
        return sent;
    }

    private static JsonNode message(long chat, long id, long date) {
        var message =
                TelegramJson.MAPPER.createObjectNode().put("message_id", id).put("date", date);
        message.putObject("chat").put("id", chat);
        return message;
    }
}
