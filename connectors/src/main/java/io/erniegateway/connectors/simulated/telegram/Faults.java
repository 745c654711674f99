package io.erniegateway.connectors.simulated.telegram;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What goes wrong next, one fault a call, in the order they were asked for. */
public final class Faults {

    /** Stands for sendMessage and editMessageText, whichever comes first. */
    private static final String MESSAGES = "";

    private final Map<String, Deque<Fault>> waiting = new HashMap<>();

    /** One thing that goes wrong. {@code acted}: whether the call is carried out all the same. */
    public sealed interface Fault {
        /** 429, with the figure rounded up to whole seconds. */
        record TooManyRequests(Duration retryAfter) implements Fault {}

        /** A 5xx: 500 is Telegram's own "restart", others are a proxy's page that is no JSON. */
        record ServerError(int status, boolean acted) implements Fault {}

        /** The connection breaks without an answer. */
        record Reset(boolean acted) implements Fault {}

        /** Carried out, but late. In real time, whatever the simulated time is. */
        record Delay(Duration time) implements Fault {}

        /** Carried out, and answered with this text instead of the true answer. */
        record Garbage(String body) implements Fault {}
    }

    /** The next sendMessage or editMessageText. */
    public void next(Fault fault) {
        next(MESSAGES, fault);
    }

    /** The next call of this method. */
    public synchronized void next(String method, Fault fault) {
        waiting.computeIfAbsent(method.toLowerCase(Locale.ROOT), m -> new ArrayDeque<>())
                .add(fault);
    }

    synchronized Optional<Fault> take(String method) {
        Fault own = poll(method);
        boolean message = method.equals("sendmessage") || method.equals("editmessagetext");
        return Optional.ofNullable(own != null || !message ? own : poll(MESSAGES));
    }

    private @Nullable Fault poll(String method) {
        Deque<Fault> faults = waiting.get(method);
        return faults == null ? null : faults.poll();
    }
}
