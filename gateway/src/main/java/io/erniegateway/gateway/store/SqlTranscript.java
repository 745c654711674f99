package io.erniegateway.gateway.store;

import io.erniegateway.connectors.web.Transcript;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the web chat shows.
 *
 * <p>A new line is written at once. An answer that grows many times a second is written twice a second, all chats in one
 * transaction; until then the newest form is in memory, where every reader finds it.
 */
final class SqlTranscript implements Transcript, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqlTranscript.class);

    /** What a crash may cost: half a second of a text that the restarted gateway writes again anyway. */
    private static final Duration WRITE_EVERY = Duration.ofMillis(500);

    /** Lines kept per chat; nobody scrolls further back, and a page that loads them stays quick. */
    private static final int MOST_LINES = 500;

    private record Key(String chat, String id) {}

    private final Jdbi jdbi;
    private final Numbers numbers;
    /** Not a monitor: before Java 24 a virtual thread that waits for the database inside one holds its carrier. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Key, Line> unwritten = new LinkedHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread writer;

    SqlTranscript(Jdbi jdbi, Numbers numbers) {
        this.jdbi = jdbi;
        this.numbers = numbers;
        this.writer = Thread.ofVirtual().name("transcript").start(this::writeLate);
    }

    @Override
    public void put(String chat, Line line) {
        jdbi.useTransaction(handle -> {
            with(chat, line, handle.createUpdate("""
                            INSERT INTO web_line (chat, id, position, from_bot, text, html, at, revision)
                            VALUES (:chat, :id, :position, :bot, :text, :html, :at, :revision) ON CONFLICT DO NOTHING"""))
                    .bind("position", numbers.next())
                    .execute();
            handle.createUpdate("""
                            DELETE FROM web_line WHERE chat = :chat AND position <=
                              (SELECT position FROM web_line WHERE chat = :chat ORDER BY position DESC LIMIT 1 OFFSET :most)""").bind("chat", chat).bind("most", MOST_LINES).execute();
        });
    }

    @Override
    public boolean update(String chat, Line line) {
        lock.lock();
        try {
            if (line(chat, line.id()).isEmpty()) {
                return false;
            }
            unwritten.put(new Key(chat, line.id()), line);
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Line> line(String chat, String id) {
        lock.lock();
        try {
            Line newer = unwritten.get(new Key(chat, id));
            if (newer != null) {
                return Optional.of(newer);
            }
        } finally {
            lock.unlock();
        }
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM web_line WHERE chat = :chat AND id = :id")
                .bind("chat", chat)
                .bind("id", id)
                .map((row, context) -> line(row))
                .findOne());
    }

    @Override
    public List<Line> lines(String chat) {
        List<Line> lines = jdbi.withHandle(
                handle -> handle.createQuery("SELECT * FROM web_line WHERE chat = :chat ORDER BY position")
                        .bind("chat", chat)
                        .map((row, context) -> line(row))
                        .list());
        lock.lock();
        try {
            return lines.stream()
                    .map(line -> unwritten.getOrDefault(new Key(chat, line.id()), line))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void clear(String chat) {
        lock.lock();
        try {
            unwritten.keySet().removeIf(key -> key.chat().equals(chat));
            jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM web_line WHERE chat = :chat")
                    .bind("chat", chat)
                    .execute());
        } finally {
            lock.unlock();
        }
    }

    private void writeLate() {
        try {
            while (!closed.await(WRITE_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    write();
                } catch (RuntimeException e) {
                    LOG.error("the web chat's lines cannot be written now; they are kept and tried again", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        lock.lock();
        try {
            if (unwritten.isEmpty()) {
                return;
            }
            jdbi.useTransaction(handle -> unwritten.forEach((key, line) -> with(
                            key.chat(),
                            line,
                            handle.createUpdate(
                                    "UPDATE web_line SET text = :text, html = :html, revision = :revision WHERE chat = :chat AND id = :id"))
                    .execute()));
            unwritten.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        write();
        writer.interrupt();
    }

    private static Update with(String chat, Line line, Update update) {
        return update.bind("chat", chat)
                .bind("id", line.id())
                .bind("bot", line.fromBot() ? 1 : 0)
                .bind("text", line.text())
                .bind("html", line.html())
                .bind("at", line.at())
                .bind("revision", line.revision());
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getString("id"),
                row.getInt("from_bot") == 1,
                row.getString("text"),
                row.getString("html"),
                row.getLong("at"),
                row.getInt("revision"));
    }
}
