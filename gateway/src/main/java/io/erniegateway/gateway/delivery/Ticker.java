package io.erniegateway.gateway.delivery;

/** A clock for intervals. Tests bring their own. */
@FunctionalInterface
public interface Ticker {
    Ticker SYSTEM = System::nanoTime;

    /** Nanoseconds since some fixed instant. */
    long nanos();
}
