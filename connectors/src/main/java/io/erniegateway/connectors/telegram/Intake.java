package io.erniegateway.connectors.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.connectors.Inbox;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where polling and webhook meet: one update in, and it may be confirmed when the call returns. */
final class Intake {
    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private final String bot;
    private final UpdateReader reader;
    private final Inbox inbox;
    private final Migrations migrations;
    private final Trail trail;
    private final AtomicLong malformed = new AtomicLong();

    Intake(String bot, UpdateReader reader, Inbox inbox, Migrations migrations, Trail trail) {
        this.bot = bot;
        this.reader = reader;
        this.inbox = inbox;
        this.migrations = migrations;
        this.trail = trail;
    }

    /**
     * Takes an update.
     *
     * @return its id, or {@link Reading#NO_ID}
     * @throws RuntimeException the inbox's own, if it could not store: the update must not be confirmed
     */
    long take(JsonNode update) {
        // Before the inbox: the answer may begin before it returns.
        trail.heard(update.path("message"));
        Reading reading = reader.read(update);
        switch (reading) {
            case Reading.Arrived arrived -> inbox.accept(arrived.inbound());
            case Reading.Migrated migrated -> {
                migrations.remember(migrated.from(), migrated.to());
                log.info("bot {}: a group became a supergroup and is answered under its new id", bot);
            }
            case Reading.Ignored ignored ->
                log.debug("bot {}: update {} is nothing for the gateway ({})", bot, ignored.update(), ignored.what());
            case Reading.Malformed broken ->
                log.warn(
                        "bot {}: update {} is malformed and was skipped ({}); {} so far",
                        bot,
                        broken.update(),
                        broken.why(),
                        malformed.incrementAndGet());
        }
        return reading.update();
    }
}
