package io.erniegateway.gateway.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.erniegateway.connectors.web.Transcript;
import io.erniegateway.gateway.conversation.ConversationStore;
import io.erniegateway.gateway.delivery.Journal;
import io.erniegateway.gateway.inbox.InboxStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The gateway's file. One process may have it open. */
public final class Database implements AutoCloseable {
    /** How long a statement waits for somebody else's lock on the file, for example a backup's. */
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    /**
     * How long an arrival's keys stay known: longer than any platform delivers again (Telegram 24 h, Slack's delayed
     * events 24 h), with room for a weekend.
     */
    static final Duration KEYS_KEPT = Duration.ofDays(3);

    private final HikariDataSource pool;
    private final SqlInbox inbox;
    private final SqlConversations conversations;
    private final SqlTranscript transcript;

    private Database(HikariDataSource pool, Clock clock) {
        this.pool = pool;
        Jdbi jdbi = Jdbi.create(pool);
        long highest = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT COALESCE(MAX(id), 0) FROM (SELECT id FROM inbox UNION ALL SELECT id FROM turn) ids")
                .mapTo(Long.class)
                .one());
        Numbers numbers = new Numbers(clock, highest);
        this.inbox = new SqlInbox(jdbi, numbers, clock);
        this.conversations = new SqlConversations(jdbi, numbers, clock);
        this.transcript = new SqlTranscript(jdbi, numbers);
    }

    /**
     * Opens the file, makes it if there is none, and brings it up to date.
     *
     * @throws StoreException if it cannot be used; the text says why
     */
    public static Database open(Path file, Clock clock) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            HikariDataSource pool = pool(file);
            try {
                Flyway.configure()
                        .dataSource(pool)
                        .validateMigrationNaming(true)
                        .load()
                        .migrate();
                Database database = new Database(pool, clock);
                database.inbox.forgetBefore(clock.instant().minus(KEYS_KEPT));
                return database;
            } catch (RuntimeException e) {
                pool.close();
                throw e;
            }
        } catch (IOException | FlywayException | JdbiException | HikariPool.PoolInitializationException e) {
            throw new StoreException("The database " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static HikariDataSource pool(Path file) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl("jdbc:sqlite:" + file);
        config.setMaximumPoolSize(1);
        config.addDataSourceProperty("journal_mode", "WAL");
        config.addDataSourceProperty("synchronous", "FULL");
        config.addDataSourceProperty("busy_timeout", String.valueOf(BUSY_TIMEOUT.toMillis()));
        return new HikariDataSource(config);
    }

    public InboxStore inbox() {
        return inbox;
    }

    public ConversationStore conversations() {
        return conversations;
    }

    public Journal journal() {
        return conversations;
    }

    public Transcript transcript() {
        return transcript;
    }

    @Override
    public void close() {
        transcript.close();
        pool.close();
    }
}
