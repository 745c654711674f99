package io.erniegateway.gateway.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.erniegateway.connectors.web.Transcript;
import io.erniegateway.gateway.budget.LimitMemory;
import io.erniegateway.gateway.conversation.ConversationStore;
import io.erniegateway.gateway.delivery.Journal;
import io.erniegateway.gateway.inbox.InboxStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/** The gateway's file. One process may have it open. */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** How long a statement waits for somebody else's lock on the file, for example a backup's. */
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    /**
     * How long an arrival's keys stay known: longer than any platform delivers again (Telegram 24 h, Slack's delayed
     * events 24 h), with room for a weekend.
     */
    static final Duration KEYS_KEPT = Duration.ofDays(3);

    /** How often keys that no platform will use again are dropped. */
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);

    private final HikariDataSource pool;
    private final FileChannel lock;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final SqlInbox inbox;
    private final SqlConversations conversations;
    private final SqlTranscript transcript;
    private final SqlLimits limits;

    private Database(HikariDataSource pool, FileChannel lock, Clock clock) {
        this.pool = pool;
        this.lock = lock;
        this.clock = clock;
        Jdbi jdbi = Jdbi.create(pool);
        // People's words are among the arguments of statements; they do not belong in the text of an exception.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        long highest = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT COALESCE(MAX(id), 0) FROM (SELECT id FROM inbox UNION ALL SELECT id FROM turn) ids")
                .mapTo(Long.class)
                .one());
        Numbers numbers = new Numbers(clock, highest);
        this.inbox = new SqlInbox(jdbi, numbers, clock);
        this.conversations = new SqlConversations(jdbi, numbers, clock);
        this.transcript = new SqlTranscript(jdbi, numbers);
        this.limits = new SqlLimits(jdbi, clock);
    }

    /**
     * Begins to load SQLite's native library, on a thread of its own. Its loader asks another process for the name of the
     * system and unpacks a file: a fifth of the start of a gateway, in which other things can be done.
     */
    public static void prepare() {
        Thread.ofPlatform().name("load-sqlite").daemon().start(() -> {
            try {
                boolean unused = SQLiteJDBCLoader.initialize();
            } catch (Exception e) {
                LOG.debug("the database cannot be loaded; opening it will say so", e);
            }
        });
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
            FileChannel lock = lock(file);
            HikariDataSource pool = pool(file);
            try {
                Flyway.configure()
                        .dataSource(pool)
                        .validateMigrationNaming(true)
                        .load()
                        .migrate();
                Database database = new Database(pool, lock, clock);
                database.sweep();
                Thread.ofVirtual().name("store-sweep").start(database::sweepNowAndThen);
                return database;
            } catch (RuntimeException e) {
                pool.close();
                lock.close();
                throw e;
            }
        } catch (IOException | FlywayException | JdbiException | HikariPool.PoolInitializationException e) {
            throw new StoreException("The database " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** SQLite lets several processes in; two gateways would answer the same questions. The lock ends with the process. */
    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("locked by this very process", e);
        }
        channel.close();
        throw new IOException("another gateway is using it; stop that one, or give this one its own store.file");
    }

    private void sweepNowAndThen() {
        try {
            while (!closed.await(SWEEP_EVERY.toSeconds(), TimeUnit.SECONDS)) {
                sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            inbox.forgetBefore(clock.instant().minus(KEYS_KEPT));
        } catch (JdbiException e) {
            LOG.warn("old keys cannot be dropped now; tried again later", e);
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

    public LimitMemory limits() {
        return limits;
    }

    @Override
    public void close() {
        closed.countDown();
        transcript.close();
        pool.close();
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("the lock ends with the process anyway", e);
        }
    }
}
