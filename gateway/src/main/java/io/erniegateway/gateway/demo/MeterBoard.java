package io.erniegateway.gateway.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.connectors.simulated.SimulatedChats.Meter;
import io.erniegateway.connectors.web.JsonCalls;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The numbers beside each window. A simulated platform counts its calls itself; for the web chat, where nothing counts,
 * the board counts what the gateway tells.
 */
final class MeterBoard implements LagMeter {

    /** The weight of the newest lag in the smoothed one: readable, and right within a handful of edits. */
    private static final double NEWEST = 0.3;
    /** The window in which calls are counted for a bot whose platform counts none. Milliseconds. */
    private static final long WINDOW_MILLIS = 1_000;
    /** What the web chat's limits allow in that window. */
    private static final int WEB_CALLS = 20;

    private static final class Numbers {
        @Nullable
        Meter platform;

        final Deque<Long> recent = new ArrayDeque<>();
        long calls;
        long refused;
        double lag = -1;
    }

    private final Map<String, Numbers> byBot = new LinkedHashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private final LongSupplier millis;

    /**
     * A board on which nothing has happened yet.
     *
     * @param bots the bots shown; what is told of others is ignored
     */
    MeterBoard(Iterable<String> bots, LongSupplier millis) {
        this.millis = millis;
        for (String bot : bots) {
            byBot.put(bot, new Numbers());
        }
    }

    @Override
    public synchronized void shown(String bot, long lagMillis) {
        Numbers numbers = byBot.get(bot);
        if (numbers != null) {
            numbers.lag = numbers.lag < 0 ? lagMillis : numbers.lag + NEWEST * (lagMillis - numbers.lag);
            changed.add(bot);
        }
    }

    @Override
    public synchronized void call(String bot, boolean refused) {
        Numbers numbers = byBot.get(bot);
        if (numbers != null) {
            numbers.calls++;
            numbers.refused += refused ? 1 : 0;
            numbers.recent.addLast(millis.getAsLong());
            changed.add(bot);
        }
    }

    /** The platform's own count moved. */
    synchronized void metered(String bot, Meter meter) {
        Numbers numbers = byBot.get(bot);
        if (numbers != null && !meter.equals(numbers.platform)) {
            numbers.platform = meter;
            changed.add(bot);
        }
    }

    /** The bots whose numbers changed since the last call. */
    synchronized Set<String> takeChanged() {
        // A count within a moving window goes down by itself.
        byBot.forEach((bot, numbers) -> {
            if (numbers.platform == null && forgetOld(numbers)) {
                changed.add(bot);
            }
        });
        Set<String> taken = Set.copyOf(changed);
        changed.clear();
        return taken;
    }

    synchronized ObjectNode json(String bot) {
        Numbers numbers = byBot.getOrDefault(bot, new Numbers());
        forgetOld(numbers);
        Meter meter = numbers.platform == null
                ? new Meter(numbers.recent.size(), WEB_CALLS, "per second", numbers.calls, numbers.refused)
                : numbers.platform;
        ObjectNode json = JsonCalls.object()
                .put("bot", bot)
                .put("used", meter.used())
                .put("allowed", meter.allowed())
                .put("window", meter.window())
                .put("calls", meter.calls())
                .put("refused", meter.refused());
        return numbers.lag < 0 ? json : json.put("lag", Math.round(numbers.lag));
    }

    private boolean forgetOld(Numbers numbers) {
        long oldest = millis.getAsLong() - WINDOW_MILLIS;
        boolean forgot = false;
        while (!numbers.recent.isEmpty() && numbers.recent.getFirst() <= oldest) {
            numbers.recent.removeFirst();
            forgot = true;
        }
        return forgot;
    }
}
