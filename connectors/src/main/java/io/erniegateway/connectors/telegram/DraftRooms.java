package io.erniegateway.connectors.telegram;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where previews are not taken, as learned from Telegram's refusals and kept as long as the gateway runs. Thread-safe.
 */
final class DraftRooms {
    private static final Logger log = LoggerFactory.getLogger(DraftRooms.class);

    /** The oldest are told again by Telegram, at the price of one refused call. */
    private static final int REMEMBERED = 10_000;

    private final String bot;
    private final Set<String> refused = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });
    private boolean unknown;

    DraftRooms(String bot) {
        this.bot = bot;
    }

    synchronized boolean take(String room) {
        return !unknown && !refused.contains(room);
    }

    /** Remembers what an answer to a preview says about the next one. */
    synchronized void learn(String room, ApiAnswer answer) {
        if (!(answer instanceof ApiAnswer.Refused no)) {
            return;
        }
        if (no.code() == ApiAnswer.NOT_FOUND && !unknown) {
            unknown = true;
            log.info("bot {}: this Bot API server does not know sendMessageDraft; answers are edited instead", bot);
        } else if (Outcomes.refusesDrafts(no) && refused.add(room)) {
            log.info("bot {}: a chat takes no drafts ({}); answers are edited there", bot, no.description());
        }
    }
}
