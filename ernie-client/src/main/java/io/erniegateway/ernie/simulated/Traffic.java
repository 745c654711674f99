package io.erniegateway.ernie.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What has happened so far; read by tests. Thread-safe. */
final class Traffic {
    /** The last few requests are what a test looks at. */
    private static final int BODIES_KEPT = 100;

    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger tokenRequests = new AtomicInteger();
    final AtomicInteger bearerRequests = new AtomicInteger();
    final AtomicInteger openStreams = new AtomicInteger();
    final AtomicInteger finishedStreams = new AtomicInteger();
    final AtomicInteger cancelledStreams = new AtomicInteger();

    private final List<String> bodies = new ArrayList<>();
    private final List<String> requestIds = new ArrayList<>();

    synchronized void arrived(String body, String requestId) {
        requests.incrementAndGet();
        keep(bodies, body);
        keep(requestIds, requestId);
    }

    synchronized List<String> bodies() {
        return List.copyOf(bodies);
    }

    synchronized List<String> requestIds() {
        return List.copyOf(requestIds);
    }

    private static void keep(List<String> list, String element) {
        list.add(element);
        if (list.size() > BODIES_KEPT) {
            list.removeFirst();
        }
    }
}
