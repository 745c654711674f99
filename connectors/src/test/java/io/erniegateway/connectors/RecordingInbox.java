package io.erniegateway.connectors;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An inbox that keeps what arrives, drops what it knows, and can be told to fail. */
public final class RecordingInbox implements Inbox {
    private final List<Inbound> arrived = new CopyOnWriteArrayList<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger deliveries = new AtomicInteger();

    /** The next {@code n} updates cannot be stored. */
    public void failNext(int n) {
        failures.set(n);
    }

    @Override
    public Receipt accept(Inbound inbound) {
        deliveries.incrementAndGet();
        if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new IllegalStateException("the disk is full");
        }
        boolean update = known.add("u" + inbound.keys().update());
        boolean message = known.add("m" + inbound.keys().message());
        if (!update || !message) {
            return Receipt.DUPLICATE;
        }
        arrived.add(inbound);
        return Receipt.STORED;
    }

    /** Everything stored, in order, without what was known already. */
    public List<Inbound> arrived() {
        return List.copyOf(arrived);
    }

    /** The stored texts, in order. */
    public List<String> texts() {
        return arrived.stream()
                .filter(Inbound.Written.class::isInstance)
                .map(i -> ((Inbound.Written) i).text())
                .toList();
    }

    /** How often the connector called, duplicates and failures included. */
    public int deliveries() {
        return deliveries.get();
    }
}
