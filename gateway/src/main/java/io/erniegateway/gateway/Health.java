package io.erniegateway.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Whether the gateway can answer, and if not, why. Thread-safe. */
final class Health {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RUNNING = "running";

    private final Map<String, String> bots = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    void botStarts(String bot) {
        set(bot, "starting");
    }

    void botRuns(String bot) {
        set(bot, RUNNING);
    }

    void botFailed(String bot, String why) {
        set(bot, "not running: " + why);
    }

    private synchronized void set(String bot, String state) {
        bots.put(bot, state);
        notifyAll();
    }

    /** Waits until every bot runs, or the time is over. */
    synchronized void awaitAll(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        for (long left = longest.toMillis(); !allRun() && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    void stops() {
        stopping = true;
    }

    /** Ready when every bot has been tried and at least one runs: a wrong token of one bot must not silence the others. */
    boolean isReady() {
        return !stopping && bots.containsValue(RUNNING) && !bots.containsValue("starting");
    }

    boolean allRun() {
        return !stopping && bots.values().stream().allMatch(RUNNING::equals);
    }

    String asJson() {
        try {
            return JSON.writeValueAsString(new Report(isReady(), new TreeMap<>(bots)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always writable", e);
        }
    }

    /** What a probe reads, its fields always in this order. */
    private record Report(boolean ready, Map<String, String> bots) {}
}
