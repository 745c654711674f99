package io.erniegateway.ernie;

import io.erniegateway.ernie.http.Breakers;
import io.erniegateway.ernie.http.HttpErnieClient;
import io.erniegateway.ernie.http.Ticker;
import io.erniegateway.ernie.simulated.ErnieSimulator;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.Script;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** A simulator without waits, and clients whose waits between attempts are written down instead of slept. */
public final class Lab implements AutoCloseable {
    public final ErnieSimulator simulator;
    public final List<Duration> waits = new CopyOnWriteArrayList<>();

    private final AdjustableClock clock = new AdjustableClock();
    private final Breakers breakers = new Breakers(Ticker.of(clock));
    private volatile boolean waitingTakesTime;
    private final List<ErnieClient> clients = new ArrayList<>();

    public Lab(SimulatorOptions options) {
        simulator = ErnieSimulator.start(options, clock);
    }

    public static Lab saying(Reply... replies) {
        return running(Script.inTurn(replies));
    }

    public static Lab running(Script script) {
        return new Lab(SimulatorOptions.defaults().withTimeScale(0).withScript(script));
    }

    public ErnieClient client(Dialect dialect) {
        return client(simulator.settings(dialect));
    }

    public ErnieClient client(ErnieSettings.Builder settings) {
        ErnieClient client = new HttpErnieClient(
                settings.build(), clock, Ticker.of(clock), (wait, cancelled) -> waitFor(wait), new Random(1), breakers);
        clients.add(client);
        return client;
    }

    /** The clock of the simulator and of all clients. */
    public InstantSource clock() {
        return clock;
    }

    /** From now on a wait moves the clock. */
    public Lab whereWaitingTakesTime() {
        waitingTakesTime = true;
        return this;
    }

    private void waitFor(Duration wait) {
        waits.add(wait);
        if (waitingTakesTime) {
            later(wait);
        }
    }

    /** Moves the clock of the simulator and of all clients. */
    public void later(Duration time) {
        clock.now = clock.now.plus(time);
    }

    @Override
    public void close() {
        clients.forEach(ErnieClient::close);
        simulator.close();
    }

    private static final class AdjustableClock implements InstantSource {
        private volatile Instant now = Instant.parse("2026-11-24T10:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }
    }
}
