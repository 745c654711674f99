package io.erniegateway.gateway.demo;

/** What the gateway tells the demo about its bots. Thread-safe, quick, and never throws. */
public interface LagMeter {

    /**
     * A text of a bot became visible.
     *
     * @param bot the bot's name
     * @param lagMillis how long the oldest of its new characters had waited since the model said it
     */
    void shown(String bot, long lagMillis);

    /** A bot made a call that its platform counts. */
    void call(String bot, boolean refused);
}
