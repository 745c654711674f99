package io.erniegateway.gateway.store;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.Person;
import io.erniegateway.gateway.conversation.ConversationStore;
import io.erniegateway.gateway.delivery.Journal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** Turns, and the messages their answers stand in. */
final class SqlConversations implements ConversationStore, Journal {
    private static final String IN_CHAT = " bot = :bot AND room = :room AND thread = :thread ";

    private final Jdbi jdbi;
    private final Numbers numbers;
    private final Clock clock;

    SqlConversations(Jdbi jdbi, Numbers numbers, Clock clock) {
        this.jdbi = jdbi;
        this.numbers = numbers;
        this.clock = clock;
    }

    @Override
    public OpenTurn begin(long arrival, ChatId chat, Person person, String question) {
        return jdbi.inTransaction(handle -> {
            // A question that was begun before a restart keeps its turn, and with it the messages that stand already.
            int unused = in(chat, handle.createUpdate("""
                            INSERT INTO turn (id, arrival, bot, room, thread, in_group, person, question, ended, forgotten, begun_at)
                            VALUES (:id, :arrival, :bot, :room, :thread, :group, :person, :question, 0, 0, :at)
                            ON CONFLICT (arrival) DO UPDATE SET question = excluded.question, answer = NULL, ended = 0, forgotten = 0"""))
                    .bind("id", numbers.next())
                    .bind("arrival", arrival)
                    .bind("group", chat.group() ? 1 : 0)
                    .bind("person", person.id())
                    .bind("question", question)
                    .bind("at", clock.millis())
                    .execute();
            long id = handle.createQuery("SELECT id FROM turn WHERE arrival = :arrival")
                    .bind("arrival", arrival)
                    .mapTo(Long.class)
                    .one();
            return new OpenTurn(id, posted(handle, id, chat));
        });
    }

    private static List<MessageRef> posted(Handle handle, long turn, ChatId chat) {
        return handle.createQuery("SELECT message FROM reply WHERE turn = :turn ORDER BY part")
                .bind("turn", turn)
                .map((row, context) -> new MessageRef(chat, row.getString("message")))
                .list();
    }

    @Override
    public void posted(long turn, int part, MessageRef message) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO reply (turn, part, message) VALUES (:turn, :part, :message)
                        ON CONFLICT (turn, part) DO UPDATE SET message = excluded.message""")
                .bind("turn", turn)
                .bind("part", part)
                .bind("message", message.id())
                .execute());
    }

    @Override
    public void end(long turn, Optional<String> answer) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE turn SET ended = 1, answer = CASE WHEN forgotten = 0 THEN :answer END WHERE id = :id")
                .bind("answer", answer.orElse(null))
                .bind("id", turn)
                .execute());
    }

    @Override
    public List<PastTurn> past(ChatId chat, int most) {
        return jdbi.withHandle(handle -> in(
                                chat,
                                handle.createQuery("SELECT question, answer FROM turn WHERE" + IN_CHAT
                                        + "AND forgotten = 0 AND answer IS NOT NULL ORDER BY id DESC LIMIT :most"))
                        .bind("most", most)
                        .map((row, context) -> new PastTurn(row.getString("question"), row.getString("answer")))
                        .list())
                .reversed();
    }

    @Override
    public Optional<String> takeLastQuestion(ChatId chat) {
        return jdbi.inTransaction(handle -> {
            Optional<String> question = in(
                            chat,
                            handle.createQuery("SELECT question FROM turn WHERE" + IN_CHAT
                                    + "AND forgotten = 0 AND question <> '' ORDER BY id DESC LIMIT 1"))
                    .mapTo(String.class)
                    .findOne();
            in(
                            chat,
                            handle.createUpdate(
                                    "UPDATE turn SET forgotten = 1, question = '', answer = NULL WHERE id = (SELECT id FROM turn WHERE"
                                            + IN_CHAT
                                            + "AND forgotten = 0 AND question <> '' ORDER BY id DESC LIMIT 1)"))
                    .execute();
            return question;
        });
    }

    @Override
    public void forget(ChatId chat) {
        jdbi.useHandle(handle -> in(
                        chat,
                        handle.createUpdate("UPDATE turn SET forgotten = 1, question = '', answer = NULL WHERE"
                                + IN_CHAT + "AND question <> ''"))
                .execute());
    }

    @Override
    public List<ChatId> chatsOf(ChatId room, Person person, int most) {
        return jdbi.withHandle(handle -> in(room, handle.createQuery("""
                        SELECT thread, in_group FROM turn
                        WHERE bot = :bot AND room = :room AND thread <> :thread AND person = :person
                        GROUP BY thread, in_group ORDER BY MAX(id) DESC LIMIT :most"""))
                .bind("person", person.id())
                .bind("most", most)
                .map((row, context) ->
                        new ChatId(room.bot(), room.room(), row.getString("thread"), row.getInt("in_group") == 1))
                .list());
    }

    @Override
    public boolean takesPart(ChatId chat) {
        return jdbi.withHandle(handle -> in(chat, handle.createQuery("SELECT 1 FROM turn WHERE" + IN_CHAT + "LIMIT 1"))
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    @Override
    public boolean hasAsked(ChatId chat) {
        return jdbi.withHandle(handle -> in(
                        chat,
                        handle.createQuery(
                                "SELECT 1 FROM turn WHERE" + IN_CHAT + "AND (question <> '' OR forgotten = 1) LIMIT 1"))
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    private static <S extends SqlStatement<S>> S in(ChatId chat, S statement) {
        return statement.bind("bot", chat.bot()).bind("room", chat.room()).bind("thread", chat.thread());
    }
}
