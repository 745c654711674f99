package io.erniegateway.gateway;

import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.ConnectorException;
import io.erniegateway.connectors.Inbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts each bot on a thread of its own, and tries again: one that cannot start must not keep the others from running. */
final class BotStarter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BotStarter.class);

    /** A network that is just coming up is back within seconds. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    /** A token that an operator has to mend is looked at again this often. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Health health;
    private final Inbox inbox;
    private final List<Thread> threads = new ArrayList<>();

    BotStarter(Health health, Inbox inbox) {
        this.health = health;
        this.inbox = inbox;
    }

    void start(Connector connector) {
        health.botStarts(connector.bot());
        threads.add(Thread.ofVirtual().name("start-" + connector.bot()).start(() -> startPatiently(connector)));
    }

    private void startPatiently(Connector connector) {
        Duration wait = FIRST_WAIT;
        try {
            while (!startOnce(connector, wait)) {
                Thread.sleep(wait);
                wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean startOnce(Connector connector, Duration wait) {
        try {
            connector.start(inbox);
            health.botRuns(connector.bot());
            LOG.info("bot '{}' is running", connector.bot());
            return true;
        } catch (ConnectorException e) {
            health.botFailed(connector.bot(), String.valueOf(e.getMessage()));
            LOG.error("bot '{}' cannot start, next try in {} s: {}", connector.bot(), wait.toSeconds(), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            health.botFailed(connector.bot(), "a bug of ours, see the log");
            LOG.error("bot '{}' cannot start, next try in {} s", connector.bot(), wait.toSeconds(), e);
            return false;
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
