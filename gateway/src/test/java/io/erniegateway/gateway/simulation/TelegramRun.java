package io.erniegateway.gateway.simulation;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.simulated.telegram.FloodRules;
import io.erniegateway.connectors.simulated.telegram.TelegramSimulator;
import io.erniegateway.connectors.simulated.telegram.TelegramWorld;
import io.erniegateway.connectors.simulated.telegram.Witness;
import io.erniegateway.connectors.telegram.TelegramBot;
import io.erniegateway.connectors.telegram.TelegramConnector;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A run on the simulated Telegram, 30 ms away. */
final class TelegramRun extends Run {
    static final Duration ONE_WAY = Duration.ofMillis(30);

    /** Every call too many is refused: nothing is absorbed in silence. */
    static final FloodRules TELLING = FloodRules.OFFICIAL.telling();

    final TelegramSimulator telegram;
    private final TelegramConnector connector;
    private final boolean groups;
    private final Map<Integer, ChatId> chats = new HashMap<>();

    TelegramRun(FloodRules rules, boolean groups, boolean drafts) {
        this.groups = groups;
        this.telegram = TelegramSimulator.inProcess(
                TelegramWorld.DEFAULT.withTime(clock).withFlood(rules));
        telegram.witness(new Witness() {
            @Override
            public void sees(String room, String id, String text, long nanos) {
                timeline.saw(room, id, text, nanos);
            }

            @Override
            public void loses(String room, String id, long nanos) {
                timeline.saw(room, id, "", nanos);
            }
        });
        TelegramBot bot = TelegramBot.polling("bot", telegram.apiBase(), telegram.token());
        this.connector = new TelegramConnector(drafts ? bot.withDrafts() : bot, telegram.wire(ONE_WAY, ONE_WAY));
    }

    @Override
    Connector connector() {
        return connector;
    }

    @Override
    ChatId chat(int room) {
        return chats.computeIfAbsent(
                room,
                number -> groups
                        ? new ChatId("bot", TelegramSimulator.GROUP, "", true)
                        : ChatId.direct("bot", telegram.addStarted(5_000 + number)));
    }

    @Override
    long admitted() {
        return telegram.tally().admitted();
    }

    @Override
    long refused() {
        return telegram.tally().refused();
    }
}
