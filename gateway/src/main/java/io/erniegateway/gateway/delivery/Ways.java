package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.Drafts;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.Streams;
import io.erniegateway.gateway.budget.Budgets;
import io.erniegateway.gateway.budget.Meter;
import io.erniegateway.gateway.delivery.Screen.Way;
import java.util.EnumMap;
import java.util.Map;

/** Chooses how a new answer is shown, so that no budget lies idle while another is fought for. */
final class Ways {
    private final Connector connector;
    private final Native mode;
    private final Budgets budgets;
    private final Map<Way, Integer> live = new EnumMap<>(Way.class);

    Ways(Connector connector, Native mode, Budgets budgets) {
        this.connector = connector;
        this.mode = mode;
        this.budgets = budgets;
    }

    Way choose(ChatId chat, long now) {
        if (mode == Native.EDIT) {
            return Way.EDIT;
        }
        if (mode == Native.NATIVE && connector instanceof Drafts drafts && drafts.draftsIn(chat)) {
            return Way.DRAFT;
        }
        if (connector instanceof Streams streams && streams.streamsIn(chat)) {
            return mode == Native.NATIVE || isStreamRoomier(chat, now) ? Way.STREAM : Way.EDIT;
        }
        return Way.EDIT;
    }

    /** Whether one more stream would get more calls than one more message that is edited. */
    boolean isStreamRoomier(ChatId chat, long now) {
        return share(Call.APPEND, Way.STREAM, chat, now) > share(Call.EDIT, Way.EDIT, chat, now);
    }

    void began(Way way) {
        live.merge(way, 1, Integer::sum);
    }

    void ended(Way way) {
        live.merge(way, -1, Integer::sum);
    }

    /** How many calls one more answer would get if it were shown this way. */
    private double share(Call call, Way way, ChatId chat, long now) {
        double least = Double.MAX_VALUE;
        for (Meter meter : budgets.wide(call)) {
            least = Math.min(least, meter.spendable(now));
        }
        for (Meter meter : budgets.narrow(call, chat, now)) {
            least = Math.min(least, meter.spendable(now));
        }
        return least / (1 + live.getOrDefault(way, 0));
    }
}
