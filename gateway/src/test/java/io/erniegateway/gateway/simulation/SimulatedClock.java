package io.erniegateway.gateway.simulation;

import io.erniegateway.connectors.simulated.SimulatedTime;
import io.erniegateway.gateway.delivery.BotDelivery;
import io.erniegateway.gateway.delivery.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when there is nothing left to do in it. Code that blocks runs in it unchanged: each task has a
 * thread of its own, but only one thread runs at a time, and one that {@linkplain #sleep sleeps} hands on to the next
 * that is due. So a run has one order, whatever the machine does.
 */
final class SimulatedClock implements Ticker, SimulatedTime, Executor {
    private record Due(long at, long order, Runnable task) {}

    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private final Semaphore handedBack = new Semaphore(0);
    private long now;
    private long order;
    private volatile @Nullable Throwable failure;

    @Override
    public long nanos() {
        return now;
    }

    long micros() {
        return now / 1_000;
    }

    /** Something quick that happens at this time; it may not sleep. */
    void at(long nanos, Runnable task) {
        agenda.add(new Due(Math.max(now, nanos), order++, task));
    }

    /** A task on a thread of its own, begun at the present time. */
    @Override
    public void execute(Runnable task) {
        at(now, () -> {
            Thread unused = Thread.ofVirtual().start(() -> {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    failure = e;
                } finally {
                    handedBack.release();
                }
            });
            handedBack.acquireUninterruptibly();
        });
    }

    /** Only on a thread of {@link #execute}. */
    @Override
    public void sleep(Duration time) {
        if (!time.isPositive()) {
            return;
        }
        Semaphore turn = new Semaphore(0);
        at(now + time.toNanos(), () -> {
            turn.release();
            handedBack.acquireUninterruptibly();
        });
        handedBack.release();
        turn.acquireUninterruptibly();
    }

    /** Lets everything happen until this time, with the delivery looking whenever it wants to. */
    void run(BotDelivery delivery, long until) {
        while (now < until) {
            long wait = delivery.step();
            if (wait > 0) {
                Due next = agenda.peek();
                long look = wait == Long.MAX_VALUE ? until : now + wait;
                now = Math.max(now, Math.min(until, Math.min(look, next == null ? until : next.at())));
            }
            while (!agenda.isEmpty() && agenda.peek().at() <= now) {
                agenda.remove().task().run();
            }
            if (failure != null) {
                throw new AssertionError("a task failed", failure);
            }
        }
    }
}
