package io.erniegateway.ernie.simulated;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What has happened so far; read by tests. Thread-safe. */
final class Traffic {
    /** The last few requests are what a test looks at. */
    private static final int BODIES_KEPT = 100;

    /** One body may have 16 MiB of pictures; a simulator that runs for days must not hold a hundred of those. */
    static final int BYTES_KEPT = 8 * 1024 * 1024;

    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger tokenRequests = new AtomicInteger();
    final AtomicInteger bearerRequests = new AtomicInteger();
    final AtomicInteger openStreams = new AtomicInteger();
    final AtomicInteger finishedStreams = new AtomicInteger();
    final AtomicInteger cancelledStreams = new AtomicInteger();

    private final Deque<byte[]> bodies = new ArrayDeque<>();
    private final Deque<String> requestIds = new ArrayDeque<>();
    private long bytes;

    /** The newest is kept however long it is. */
    synchronized void arrived(byte[] body, String requestId) {
        requests.incrementAndGet();
        bodies.add(body);
        requestIds.add(requestId);
        bytes += body.length;
        while (bodies.size() > BODIES_KEPT || (bytes > BYTES_KEPT && bodies.size() > 1)) {
            bytes -= bodies.remove().length;
            requestIds.remove();
        }
    }

    synchronized List<String> bodies() {
        return bodies.stream()
                .map(body -> new String(body, StandardCharsets.UTF_8))
                .toList();
    }

    synchronized List<String> requestIds() {
        return List.copyOf(requestIds);
    }
}
