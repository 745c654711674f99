package io.erniegateway.ernie.tools;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * The virtual threads of one answer: started by its reader, interrupted all together by whoever closes it. Thread-safe.
 * (Java's structured task scopes would say this in fewer words, but are still a preview.)
 */
final class Threads {
    private final Map<Thread, Future<?>> running = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Starts work; if closed, it is cancelled before it begins. */
    <T> Future<T> start(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(() -> {
            try {
                return work.call();
            } finally {
                running.remove(Thread.currentThread());
            }
        });
        Thread thread = Thread.ofVirtual().name("ernie-tools-" + name).unstarted(task);
        running.put(thread, task);
        if (closed) {
            task.cancel(true);
        }
        thread.start();
        return task;
    }

    /** Interrupts all of it and does not wait. Whoever waits for a result gets a CancellationException. */
    void close() {
        closed = true;
        running.values().forEach(task -> task.cancel(true));
    }
}
