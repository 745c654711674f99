package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Drafts;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A platform of a test that shows previews; one fades after {@link #LASTS}, and any post takes it away. */
final class DraftingConnector extends ScriptedConnector implements Drafts {
    static final Duration LASTS = Duration.ofSeconds(20);

    /** The preview now, and when it was shown last. */
    private final Map<Integer, Long> shownAt = new LinkedHashMap<>();

    boolean faded;
    boolean allowed = true;

    DraftingConnector(Limits limits, VirtualTime time) {
        super(limits, time, Duration.ZERO);
    }

    boolean hasPreview() {
        return !shownAt.isEmpty();
    }

    @Override
    public boolean draftsIn(ChatId chat) {
        return allowed;
    }

    @Override
    public Duration draftLasts() {
        return LASTS;
    }

    @Override
    public Optional<Refusal> draft(ChatId chat, int number, Rendered text) {
        called("draft", text);
        Optional<Refusal> refusal = nextRefusal();
        if (refusal.isEmpty()) {
            Long before = shownAt.put(number, time.nanos());
            faded |= before != null && time.nanos() - before > LASTS.toNanos();
        }
        return refusal;
    }

    @Override
    public PostOutcome post(ChatId chat, Rendered text) {
        PostOutcome outcome = super.post(chat, text);
        if (outcome instanceof PostOutcome.Posted) {
            shownAt.clear();
        }
        return outcome;
    }
}
