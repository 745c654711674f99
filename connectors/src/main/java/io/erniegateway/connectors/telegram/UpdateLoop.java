package io.erniegateway.connectors.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;

/**
 * Asks Telegram for updates, on one virtual thread.
 *
 * <p>An offset confirms everything below it, for ever. So it moves over an update only after the inbox has it; if the
 * inbox fails, the same update is fetched again after a pause. Nothing but a refused token ends the loop.
 */
final class UpdateLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UpdateLoop.class);

    /** "Values between 1-100 are accepted" (getUpdates). */
    private static final int BATCH = 100;

    /** Closing waits this long for the update that is being stored. */
    private static final Duration CLOSING = Duration.ofSeconds(3);

    /** The last confirmation saves the next start some duplicates; it is not worth more. */
    private static final Duration LAST_CONFIRMATION = Duration.ofSeconds(2);

    /**
     * How long the loop waits for what.
     *
     * @param longPoll the server clamps it to 50 s
     * @param firstPause after the first failure; doubled with each further one
     * @param longestPause where doubling ends
     * @param conflictPause when another poller or a webhook is in the way; an operator has to act, so slowly
     */
    record Pace(Duration longPoll, Duration firstPause, Duration longestPause, Duration conflictPause) {
        static final Pace DEFAULT =
                new Pace(Duration.ofSeconds(50), Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(30));
    }

    private final String bot;
    private final BotApi api;
    private final Intake intake;
    private final Pace pace;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    // Only the loop's thread touches these.
    private long offset;
    private long asked;
    private int batch = BATCH;
    private int failures;
    private boolean refused;

    UpdateLoop(String bot, BotApi api, Intake intake, Pace pace) {
        this.bot = bot;
        this.api = api;
        this.intake = intake;
        this.pace = pace;
        this.thread = Thread.ofVirtual().name("telegram-updates-" + bot).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closing.countDown();
        api.endPolls();
        try {
            if (!thread.join(CLOSING)) {
                log.warn("bot {}: closed while an update was still being stored; Telegram will deliver it again", bot);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!refused && !isClosing()) {
                // A latch and no interrupt: interrupting a store in the middle can break a database connection.
                closing.await(safeRound().toMillis(), TimeUnit.MILLISECONDS);
            }
            if (isClosing() && offset != asked) {
                api.call(request(0, 1), LAST_CONFIRMATION);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A fault of our own must not end the loop in silence either. */
    private Duration safeRound() {
        try {
            return round();
        } catch (RuntimeException e) {
            log.error("bot {}: receiving failed unexpectedly", bot, e);
            return pause();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** One poll; returns how long to wait before the next. */
    private Duration round() {
        asked = offset;
        ApiAnswer answer = api.poll(request((int) pace.longPoll().toSeconds(), batch));
        if (isClosing()) {
            return Duration.ZERO;
        }
        return switch (answer) {
            case ApiAnswer.Ok ok -> took(ok.result());
            case ApiAnswer.Refused no -> refused(no);
            case ApiAnswer.Lost lost -> {
                // A batch that cannot be read may hold one bad update: alone it stops nothing but itself.
                batch = lost.mayHaveActed() ? 1 : batch;
                yield pauseAfter("cannot receive (" + lost.why() + ")");
            }
        };
    }

    private GetUpdates request(int seconds, int limit) {
        return GetUpdates.builder()
                .offset(offset == 0 ? null : Math.toIntExact(offset))
                .limit(limit)
                .timeout(seconds)
                .allowedUpdates(UpdateReader.ALLOWED_UPDATES)
                .build();
    }

    private Duration took(JsonNode updates) {
        long before = offset;
        for (JsonNode update : updates) {
            if (isClosing()) {
                return Duration.ZERO;
            }
            try {
                long id = intake.take(update);
                // Not the maximum: after a week without updates Telegram begins again at a random id, maybe a lower
                // one.
                offset = id == Reading.NO_ID ? offset : id + 1;
            } catch (RuntimeException | Error e) {
                log.error(
                        "bot {}: an update could not be stored and is not confirmed; it will be fetched again", bot, e);
                return pause();
            }
        }
        if (!updates.isEmpty() && offset == before) {
            return pauseAfter("got updates without ids, which cannot be confirmed");
        }
        if (failures > 0) {
            log.info("bot {}: receives again", bot);
        }
        failures = 0;
        batch = BATCH;
        return Duration.ZERO;
    }

    private Duration refused(ApiAnswer.Refused no) {
        return switch (no.code()) {
            case 401 -> {
                refused = true;
                log.error(
                        "bot {}: Telegram no longer accepts the token, so this bot has stopped receiving; get a new one from"
                                + " @BotFather, set it and restart",
                        bot);
                yield Duration.ZERO;
            }
            case 409 -> {
                log.error(
                        "bot {}: another program receives this bot's updates; run one gateway per token, or remove the"
                                + " webhook that was set in the meantime (Telegram says: {}). Next attempt in {} s",
                        bot,
                        no.description(),
                        pace.conflictPause().toSeconds());
                yield pace.conflictPause();
            }
            case ApiAnswer.TOO_MANY_REQUESTS -> {
                Duration own = pauseAfter("is told to slow down");
                yield own.compareTo(no.retryAfter()) > 0 ? own : no.retryAfter();
            }
            default -> pauseAfter("cannot receive (" + no.code() + " " + no.description() + ")");
        };
    }

    private Duration pauseAfter(String what) {
        Duration pause = pause();
        log.warn("bot {}: {}; next attempt in {} ms", bot, what, pause.toMillis());
        return pause;
    }

    /** Doubles with each failure in a row. */
    private Duration pause() {
        int doublings = Math.min(failures++, 16);
        Duration pause = pace.firstPause().multipliedBy(1L << doublings);
        return pause.compareTo(pace.longestPause()) > 0 ? pace.longestPause() : pause;
    }
}
