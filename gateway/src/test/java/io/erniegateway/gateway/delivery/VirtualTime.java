package io.erniegateway.gateway.delivery;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/** Time that passes only when a test lets it: a clock, an agenda, and an executor whose tasks run "now". */
final class VirtualTime implements Ticker, Executor {
    private record Due(long at, long order, Runnable task) {}

    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private long now;
    private long order;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void execute(Runnable task) {
        at(Duration.ofNanos(now), task);
    }

    /** Something happens at this time after the start. */
    void at(Duration time, Runnable task) {
        agenda.add(new Due(time.toNanos(), order++, task));
    }

    long millis() {
        return now / 1_000_000;
    }

    /** The time passes that a call takes; other things may not happen meanwhile. */
    void pass(Duration time) {
        now += time.toNanos();
    }

    /** Lets everything happen until this time, with the loop looking whenever it wants to. */
    void run(BotDelivery delivery, Duration until) {
        while (now < until.toNanos()) {
            long wait = delivery.step();
            if (wait == 0) {
                runDue();
                continue;
            }
            long look = wait == Long.MAX_VALUE ? Long.MAX_VALUE : now + wait;
            Due next = agenda.peek();
            now = Math.max(now, Math.min(until.toNanos(), Math.min(look, next == null ? Long.MAX_VALUE : next.at())));
            runDue();
        }
    }

    private void runDue() {
        while (!agenda.isEmpty() && agenda.peek().at() <= now) {
            agenda.poll().task().run();
        }
    }
}
