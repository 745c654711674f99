package io.erniegateway.connectors.simulated.telegram;

import io.erniegateway.connectors.simulated.SimulatedChats.Change;
import io.erniegateway.connectors.simulated.SimulatedChats.Meter;
import io.erniegateway.connectors.simulated.SimulatedTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** How much of one chat's minute the bot has used, in the chat where it used the largest part. */
final class UsageMeter {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private FloodRules rules;
    private final SimulatedTime time;
    private final Watchers watchers;
    private final Map<String, Usage> usages = new HashMap<>();
    private long calls;
    private long refused;

    private record Usage(boolean group, Deque<Long> times) {
        void forget(long start) {
            while (!times.isEmpty() && times.getFirst() <= start) {
                times.removeFirst();
            }
        }
    }

    UsageMeter(FloodRules rules, SimulatedTime time, Watchers watchers) {
        this.rules = rules;
        this.time = time;
        this.watchers = watchers;
    }

    synchronized void enforce(FloodRules other) {
        rules = other;
    }

    synchronized void counted(String chat, boolean group) {
        calls++;
        Usage usage = usages.computeIfAbsent(chat, c -> new Usage(group, new ArrayDeque<>()));
        usage.forget(time.nanos() - MINUTE);
        usage.times().add(time.nanos());
        watchers.tell(() -> new Change.Metered(meter()));
    }

    synchronized void refused() {
        refused++;
        watchers.tell(() -> new Change.Metered(meter()));
    }

    synchronized Meter meter() {
        long start = time.nanos() - MINUTE;
        int used = 0;
        int allowed = allowed(false);
        for (Usage usage : usages.values()) {
            usage.forget(start);
            int here = usage.times().size();
            if ((long) here * allowed > (long) used * allowed(usage.group())) {
                used = here;
                allowed = allowed(usage.group());
            }
        }
        return new Meter(used, allowed, "per minute, busiest chat", calls, refused);
    }

    private int allowed(boolean group) {
        return group
                ? Math.toIntExact(
                        rules.groupCalls() * MINUTE / rules.groupWindow().toNanos())
                : Math.toIntExact(MINUTE / rules.privateRefill().toNanos());
    }
}
