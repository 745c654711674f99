package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.Drafts;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.Streams;
import io.erniegateway.gateway.budget.Budgets;
import io.erniegateway.gateway.budget.Meter;
import io.erniegateway.gateway.delivery.Screen.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Chooses how an answer is shown, at its beginning and on its way, so that no budget lies idle while another is fought for. */
final class Ways {
    /** If the next piece has to wait so long, and an edit at most half of it, the stream ends and edits go on. */
    private static final Duration WORTH_A_STOP = Duration.ofSeconds(1);

    /** If a new stream has to wait longer than that, and a post does not, it is a post. */
    private static final Duration WORTH_A_POST = Duration.ofMillis(500);

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
        for (Meter meter : meters(call, chat, now)) {
            least = Math.min(least, meter.spendable(now));
        }
        return least / (1 + live.getOrDefault(way, 0));
    }

    /** Where one budget is nearly spent, the answer goes on with another. */
    void steer(Answer answer, long now) {
        boolean auto = mode == Native.AUTO;
        if (answer.nextCall() == Call.START_STREAM && isSooner(Call.POST, Call.START_STREAM, answer.chat, now)) {
            answer.screen.mayStart(false);
            answer.expect(Call.POST);
        } else if (answer.nextCall() == Call.APPEND && auto && !answer.screen.endsStream()) {
            long append = paced(Call.APPEND, answer.chat, now);
            if (append - now > WORTH_A_STOP.toNanos()
                    && paced(Call.EDIT, answer.chat, now) - now < WORTH_A_STOP.toNanos() / 2
                    && interim(Call.STOP_STREAM, answer.chat, now) <= now) {
                answer.screen.endStream();
                answer.expect(Call.STOP_STREAM);
            }
        }
    }

    private long interim(Call call, ChatId chat, long now) {
        long at = now;
        for (Meter meter : meters(call, chat, now)) {
            at = Math.max(at, meter.interimAt(now));
        }
        return at;
    }

    private long paced(Call call, ChatId chat, long now) {
        long at = now;
        for (Meter meter : meters(call, chat, now)) {
            at = Math.max(at, meter.pacedAt(now, 0));
        }
        return at;
    }

    private boolean isSooner(Call one, Call other, ChatId chat, long now) {
        long late = earliest(other, chat, now);
        return late - now > WORTH_A_POST.toNanos() && earliest(one, chat, now) < late;
    }

    /** When a call that nothing is held back from may be sent in this chat. */
    long earliest(Call call, ChatId chat, long now) {
        long at = now;
        for (Meter meter : meters(call, chat, now)) {
            at = Math.max(at, meter.firstAt(now));
        }
        return at;
    }

    /** All limits that count this call in this chat. */
    List<Meter> meters(Call call, ChatId chat, long now) {
        List<Meter> meters = new ArrayList<>(budgets.wide(call));
        meters.addAll(budgets.narrow(call, chat, now));
        return meters;
    }
}
