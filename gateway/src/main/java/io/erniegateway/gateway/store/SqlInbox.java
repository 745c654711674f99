package io.erniegateway.gateway.store;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.gateway.inbox.InboxStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Arrivals in a table. */
final class SqlInbox implements InboxStore {
    private static final Logger LOG = LoggerFactory.getLogger(SqlInbox.class);

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addMixIn(Inbound.class, Named.class)
            .build();

    /** Lets the three kinds of update be told apart by their short names. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(Inbound.Written.class),
        @JsonSubTypes.Type(Inbound.Stopped.class),
        @JsonSubTypes.Type(Inbound.Unreadable.class)
    })
    private interface Named {}

    private final Jdbi jdbi;
    private final Numbers numbers;
    private final Clock clock;

    SqlInbox(Jdbi jdbi, Numbers numbers, Clock clock) {
        this.jdbi = jdbi;
        this.numbers = numbers;
        this.clock = clock;
    }

    @Override
    public OptionalLong put(Inbound inbound) {
        long id = numbers.next();
        int rows = jdbi.withHandle(handle -> handle.createUpdate("""
                        INSERT INTO inbox (id, bot, update_key, message_key, payload, done, arrived_at)
                        VALUES (:id, :bot, :update, :message, :payload, 0, :at) ON CONFLICT DO NOTHING""")
                .bind("id", id)
                .bind("bot", inbound.chat().bot())
                .bind("update", inbound.keys().update())
                .bind("message", inbound.keys().message())
                .bind("payload", write(inbound))
                .bind("at", clock.millis())
                .execute());
        return rows == 1 ? OptionalLong.of(id) : OptionalLong.empty();
    }

    @Override
    public boolean knows(String bot, Inbound.Keys keys) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT 1 FROM inbox WHERE bot = :bot AND (update_key = :update OR message_key = :message)
                        LIMIT 1""")
                .bind("bot", bot)
                .bind("update", keys.update())
                .bind("message", keys.message())
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    @Override
    public void done(long id) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE inbox SET done = 1, payload = '' WHERE id = :id")
                .bind("id", id)
                .execute());
    }

    @Override
    public List<Waiting> waiting() {
        record Row(long id, String payload) {}
        List<Row> rows =
                jdbi.withHandle(handle -> handle.createQuery("SELECT id, payload FROM inbox WHERE done = 0 ORDER BY id")
                        .map((row, context) -> new Row(row.getLong("id"), row.getString("payload")))
                        .list());
        List<Waiting> waiting = new ArrayList<>(rows.size());
        for (Row row : rows) {
            try {
                waiting.add(new Waiting(row.id(), read(row.payload())));
            } catch (JsonProcessingException e) {
                // One that another version wrote must not keep this one from starting.
                LOG.error("the waiting update {} cannot be read by this version and is left out", row.id());
                done(row.id());
            }
        }
        return waiting;
    }

    void forgetBefore(Instant time) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM inbox WHERE done = 1 AND arrived_at < :time")
                .bind("time", time.toEpochMilli())
                .execute());
    }

    private static String write(Inbound inbound) {
        try {
            return JSON.writerFor(Inbound.class).writeValueAsString(inbound);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an update is always writable", e);
        }
    }

    private static Inbound read(String payload) throws JsonProcessingException {
        return JSON.readValue(payload, Inbound.class);
    }
}
