package io.erniegateway.connectors.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.util.json.GsonFactory;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbound.Address;
import io.erniegateway.connectors.Inbox;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last step before the inbox, for both ways of receiving. When a method returns, the delivery may be acknowledged;
 * when it throws, it may not.
 */
final class SlackIntake {
    private static final Logger log = LoggerFactory.getLogger(SlackIntake.class);

    private static final Gson GSON = GsonFactory.createSnakeCase();

    private final String bot;
    private final SlackUpdates updates;
    private final Inbox inbox;
    private final Clock clock;
    private final SlackRecipients recipients;
    private final SlackDoubts doubts;
    /** Two sockets are open while one replaces the other; what arrived first goes first. */
    private final ReentrantLock inOrder = new ReentrantLock(true);

    SlackIntake(
            String bot,
            SlackUpdates updates,
            Inbox inbox,
            Clock clock,
            SlackRecipients recipients,
            SlackDoubts doubts) {
        this.bot = bot;
        this.updates = updates;
        this.inbox = inbox;
        this.clock = clock;
        this.recipients = recipients;
        this.doubts = doubts;
    }

    void event(JsonNode payload) {
        take(updates.parse(payload));
    }

    /** A slash command as Socket Mode brings it, in JSON. */
    void command(JsonNode payload) {
        if (!payload.isObject()) {
            log.warn("bot {}: a slash command that is no object", bot);
            return;
        }
        SlashCommandPayload command;
        try {
            command = GSON.fromJson(payload.toString(), SlashCommandPayload.class);
        } catch (JsonParseException e) {
            log.warn("bot {}: a slash command with strange fields", bot);
            return;
        }
        command(command);
    }

    void command(SlashCommandPayload payload) {
        take(updates.parse(payload, clock.instant()));
    }

    private void take(SlackUpdate update) {
        switch (update) {
            case SlackUpdate.Arrived arrived -> store(arrived);
            case SlackUpdate.Challenge ignored -> log.debug("bot {}: a challenge outside HTTP", bot);
            case SlackUpdate.HeldBack held ->
                log.warn(
                        "bot {}: Slack held back the events of minute {}, because the app had more than 30,000 in an"
                                + " hour",
                        bot,
                        held.minute());
            case SlackUpdate.Ignored ignored -> log.debug("bot {}: ignored {}", bot, ignored.why());
        }
    }

    private void store(SlackUpdate.Arrived arrived) {
        inOrder.lock();
        try {
            // Before the inbox: the answer may begin before it returns.
            rememberWho(arrived.inbound(), arrived.team());
            if (arrived.inbound() instanceof Inbound.Written written) {
                doubts.heard(written.chat(), written.at());
            }
            Inbox.Receipt receipt = inbox.accept(arrived.inbound());
            log.debug("bot {}: {} {}", bot, arrived.inbound().keys().update(), receipt);
        } finally {
            inOrder.unlock();
        }
    }

    private void rememberWho(Inbound inbound, String team) {
        Address address = switch (inbound) {
            case Inbound.Written written -> written.address();
            case Inbound.Unreadable unreadable -> unreadable.address();
            case Inbound.Stopped ignored -> Address.OVERHEARD;
        };
        if (address != Address.OVERHEARD) {
            recipients.remember(inbound.chat(), inbound.from().id(), team);
        }
    }
}
