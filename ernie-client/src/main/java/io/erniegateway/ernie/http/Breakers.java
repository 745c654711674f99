package io.erniegateway.ernie.http;

import io.erniegateway.ernie.Breaker;

/**
 * The breakers of a process: one for each base URL and model, whichever client asks. Clients with different rules for
 * the same server have one each. Thread-safe.
 */
public final class Breakers {
    /** No program talks to that many; a forgotten breaker only begins to count anew. */
    private static final int MOST = 1000;

    private static final Breakers OF_THIS_PROCESS = new Breakers(Ticker.REAL);

    private record Key(String baseUrl, String model, Breaker rule) {}

    private final Recent<Key, Circuit> circuits;

    /** Breakers of its own, on another time. */
    public Breakers(Ticker ticker) {
        this.circuits = new Recent<>(MOST, key -> new Circuit(key.rule(), ticker));
    }

    public static Breakers ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    Circuit of(String baseUrl, String model, Breaker rule) {
        return circuits.get(new Key(baseUrl, model, rule));
    }
}
