package io.erniegateway.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbound.Keys;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.Person;
import io.erniegateway.connectors.web.Transcript.Line;
import io.erniegateway.gateway.conversation.ConversationStore.OpenTurn;
import io.erniegateway.gateway.conversation.ConversationStore.PastTurn;
import io.erniegateway.gateway.inbox.InboxStore.Waiting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Person ANN = new Person("u1", "Ann", "zh-hans");
    private static final ChatId CHAT = ChatId.direct("bot", "c1");
    private static final ChatId THREAD = new ChatId("bot", "c1", "t1", true);

    @TempDir
    private Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("deep/er/gateway.db"), Clock.fixed(NOON, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void reopenAt(Instant time) {
        database.close();
        database = Database.open(folder.resolve("deep/er/gateway.db"), Clock.fixed(time, ZoneOffset.UTC));
    }

    private static Inbound.Written written(String update, String message, String text) {
        return new Inbound.Written(new Keys(update, message), CHAT, ANN, text, Inbound.Address.DIRECT, NOON);
    }

    @Test
    void what_was_put_and_not_done_waits_in_its_order_after_a_restart() {
        long first = database.inbox().put(written("1", "1", "你好 😀")).orElseThrow();
        Inbound stopped = new Inbound.Stopped(Keys.of("2"), THREAD, ANN);
        long second = database.inbox().put(stopped).orElseThrow();
        Inbound picture = new Inbound.Unreadable(
                Keys.of("3"), CHAT, ANN, Inbound.Address.CALLED, Inbound.Unreadable.Why.NOT_TEXT);
        long third = database.inbox().put(picture).orElseThrow();
        long done = database.inbox().put(written("4", "4", "done")).orElseThrow();
        database.inbox().done(done);
        reopenAt(NOON);
        assertThat(database.inbox().waiting())
                .containsExactly(
                        new Waiting(first, written("1", "1", "你好 😀")),
                        new Waiting(second, stopped),
                        new Waiting(third, picture));
        assertThat(database.inbox().put(written("5", "5", "later")).orElseThrow())
                .isGreaterThan(done);
    }

    @Test
    void an_update_is_known_by_either_of_its_keys_for_three_days() {
        long id = database.inbox().put(written("u1", "m1", "a")).orElseThrow();
        database.inbox().done(id);
        assertThat(database.inbox().put(written("u1", "m9", "a"))).isEmpty();
        assertThat(database.inbox().put(written("u9", "m1", "a"))).isEmpty();
        reopenAt(NOON.plus(Duration.ofDays(2)));
        assertThat(database.inbox().put(written("u1", "m1", "a"))).isEmpty();
        reopenAt(NOON.plus(Duration.ofDays(4)));
        assertThat(database.inbox().put(written("u1", "m1", "a"))).isPresent();
    }

    @Test
    void the_history_holds_answered_turns_oldest_first() {
        answered(1, "q1", "a1");
        answered(2, "q2", "a2");
        database.conversations().begin(3, CHAT, ANN, "open");
        OpenTurn failed = database.conversations().begin(4, CHAT, ANN, "failed");
        database.conversations().end(failed.id(), Optional.empty());
        assertThat(database.conversations().past(CHAT, 10))
                .containsExactly(new PastTurn("q1", "a1"), new PastTurn("q2", "a2"));
        assertThat(database.conversations().past(CHAT, 1)).containsExactly(new PastTurn("q2", "a2"));
        assertThat(database.conversations().past(THREAD, 10)).isEmpty();
    }

    @Test
    void a_turn_begun_again_after_a_restart_knows_the_messages_that_stand() {
        OpenTurn turn = database.conversations().begin(1, THREAD, ANN, "q");
        assertThat(turn.posted()).isEmpty();
        database.journal().posted(turn.id(), 0, new MessageRef(THREAD, "m0"));
        database.journal().posted(turn.id(), 1, new MessageRef(THREAD, "m1"));
        reopenAt(NOON);
        OpenTurn again = database.conversations().begin(1, THREAD, ANN, "q");
        assertThat(again.id()).isEqualTo(turn.id());
        assertThat(again.posted()).containsExactly(new MessageRef(THREAD, "m0"), new MessageRef(THREAD, "m1"));
    }

    @Test
    void forgetting_removes_the_words_from_the_file_but_not_the_membership() throws Exception {
        answered(1, "a secret question", "a secret answer");
        database.conversations().forget(CHAT);
        assertThat(database.conversations().past(CHAT, 10)).isEmpty();
        assertThat(database.conversations().takeLastQuestion(CHAT)).isEmpty();
        assertThat(database.conversations().takesPart(CHAT)).isTrue();
        assertThat(database.conversations().takesPart(THREAD)).isFalse();
    }

    @Test
    void the_last_question_is_taken_out_with_its_answer() {
        answered(1, "q1", "a1");
        answered(2, "q2", "a2");
        assertThat(database.conversations().takeLastQuestion(CHAT)).contains("q2");
        assertThat(database.conversations().past(CHAT, 10)).containsExactly(new PastTurn("q1", "a1"));
        assertThat(database.conversations().takeLastQuestion(CHAT)).contains("q1");
        assertThat(database.conversations().takeLastQuestion(CHAT)).isEmpty();
    }

    @Test
    void a_persons_threads_in_a_room_are_found_latest_first() {
        for (int i = 1; i <= 3; i++) {
            database.conversations().begin(i, new ChatId("bot", "c1", "t" + i, false), ANN, "q");
        }
        database.conversations().begin(9, new ChatId("bot", "c1", "t9", false), new Person("u2", "Bob", ""), "q");
        assertThat(database.conversations().chatsOf(CHAT, ANN, 2))
                .containsExactly(new ChatId("bot", "c1", "t3", false), new ChatId("bot", "c1", "t2", false));
    }

    @Test
    void the_web_chat_keeps_its_lines_and_their_newest_text() {
        database.transcript().put("chat", new Line("1", false, "hi", "", 1, 0));
        database.transcript().put("chat", new Line("2", true, "he", "<p>he</p>", 2, 0));
        Line grown = new Line("2", true, "hello", "<p>hello</p>", 2, 5);
        assertThat(database.transcript().update("chat", grown)).isTrue();
        assertThat(database.transcript().update("chat", new Line("3", true, "x", "", 3, 0)))
                .isFalse();
        assertThat(database.transcript().lines("chat")).containsExactly(new Line("1", false, "hi", "", 1, 0), grown);
        assertThat(database.transcript().line("chat", "2")).contains(grown);
        reopenAt(NOON);
        assertThat(database.transcript().lines("chat")).containsExactly(new Line("1", false, "hi", "", 1, 0), grown);
        database.transcript().clear("chat");
        assertThat(database.transcript().lines("chat")).isEmpty();
        assertThat(database.transcript().update("chat", grown)).isFalse();
    }

    @Test
    void the_web_chat_keeps_its_last_five_hundred_lines() {
        for (int i = 0; i < 510; i++) {
            database.transcript().put("chat", new Line("l" + i, false, "t", "", i, 0));
        }
        assertThat(database.transcript().lines("chat"))
                .hasSize(500)
                .first()
                .extracting(Line::id)
                .isEqualTo("l10");
    }

    @Test
    void a_file_that_another_gateway_uses_is_refused() {
        assertThatThrownBy(() -> Database.open(folder.resolve("deep/er/gateway.db"), Clock.systemUTC()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another gateway is using it");
    }

    @Test
    void a_command_is_no_question_and_forgetting_leaves_that_so() {
        OpenTurn help = database.conversations().begin(1, CHAT, ANN, "");
        database.conversations().end(help.id(), Optional.empty());
        assertThat(database.conversations().hasAsked(CHAT)).isFalse();
        database.conversations().forget(CHAT);
        assertThat(database.conversations().hasAsked(CHAT)).isFalse();
        answered(2, "q", "a");
        database.conversations().forget(CHAT);
        assertThat(database.conversations().hasAsked(CHAT)).isTrue();
    }

    @Test
    void a_turn_begun_again_is_not_part_of_its_own_history() {
        answered(1, "q", "a");
        database.conversations().begin(1, CHAT, ANN, "q");
        assertThat(database.conversations().past(CHAT, 10)).isEmpty();
    }

    @Test
    void a_failing_statement_does_not_tell_what_people_said() {
        database.close();
        assertThatThrownBy(() -> database.conversations().begin(1, CHAT, ANN, "my secret"))
                .hasMessageNotContaining("my secret");
        reopenAt(NOON);
    }

    @Test
    void a_file_that_is_no_database_is_refused_in_one_sentence() throws Exception {
        Path file = folder.resolve("letter.db");
        Files.writeString(file, "Dear Sir or Madam, ".repeat(200), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Database.open(file, Clock.systemUTC()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("letter.db")
                .hasMessageContaining("cannot be used");
        assertThat(Files.readString(file)).startsWith("Dear Sir");
    }

    private void answered(long arrival, String question, String answer) {
        OpenTurn turn = database.conversations().begin(arrival, CHAT, ANN, question);
        database.conversations().end(turn.id(), Optional.of(answer));
    }
}
