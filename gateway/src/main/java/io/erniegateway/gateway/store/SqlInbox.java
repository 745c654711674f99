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
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;

/** Arrivals in a table. */
final class SqlInbox implements InboxStore {
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
    public void done(long id) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE inbox SET done = 1, payload = '' WHERE id = :id")
                .bind("id", id)
                .execute());
    }

    @Override
    public List<Waiting> waiting() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT id, payload FROM inbox WHERE done = 0 ORDER BY id")
                .map((row, context) -> new Waiting(row.getLong("id"), read(row.getString("payload"))))
                .list());
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

    private static Inbound read(String payload) {
        try {
            return JSON.readValue(payload, Inbound.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored update is not readable: " + e.getOriginalMessage());
        }
    }
}
