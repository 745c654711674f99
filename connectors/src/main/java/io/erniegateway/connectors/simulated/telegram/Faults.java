package io.erniegateway.connectors.simulated.telegram;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** What goes wrong, at most one fault a call, in the order they were asked for. Thread-safe. */
public final class Faults {

    /**
     * A call that has arrived and that nothing was done about yet.
     *
     * @param method in lower case
     * @param room the chat it names, empty if none
     * @param text the text it brings, empty if none
     */
    public record Call(String method, String room, String text) {

        /** sendMessage or editMessageText. */
        public boolean isMessage() {
            return method.equals("sendmessage") || method.equals("editmessagetext");
        }
    }

    /** One thing that goes wrong. {@code acted}: whether the call is carried out all the same. */
    public sealed interface Fault {
        /** 429, with the figure rounded up to whole seconds. Only said: the next call passes. */
        record TooManyRequests(Duration retryAfter) implements Fault {}

        /**
         * 429 as flood control says it: for so long, rounded up to whole seconds, the chat takes no message and no draft,
         * and calls that come all the same are refused and lengthen it.
         */
        record Penalty(Duration retryAfter) implements Fault {}

        /** A 5xx: 500 is Telegram's own "restart", others are a proxy's page that is no JSON. */
        record ServerError(int status, boolean acted) implements Fault {}

        /** The connection breaks without an answer. */
        record Reset(boolean acted) implements Fault {}

        /** Carried out late, and answered then. */
        record Delay(Duration time) implements Fault {}

        /** Carried out at once, and answered late. */
        record LateAnswer(Duration time) implements Fault {}

        /** Carried out, and answered with this text instead of the true answer. */
        record Garbage(String body) implements Fault {}
    }

    private record Waiting(Predicate<Call> hits, Fault fault, boolean stays) {}

    private final List<Waiting> waiting = new ArrayList<>();

    /** Hits the next sendMessage or editMessageText. */
    public void next(Fault fault) {
        when(Call::isMessage, fault);
    }

    /** Hits the next call of this method. */
    public void next(String method, Fault fault) {
        when(isOf(method), fault);
    }

    /** Hits the {@code n}-th call of this method from now, 1 being the next; a later one if that has met another fault. */
    public void nth(int n, String method, Fault fault) {
        Predicate<Call> counted = isOf(method);
        when(
                new Predicate<>() {
                    private int seen;

                    @Override
                    public boolean test(Call call) {
                        return counted.test(call) && ++seen >= n;
                    }
                },
                fault);
    }

    /** Hits the first call that this holds for. It is asked about every call until then, and may count them. */
    public synchronized void when(Predicate<Call> hits, Fault fault) {
        waiting.add(new Waiting(hits, fault, false));
    }

    /** Hits every call that this holds for, until {@link #clear()}. */
    public synchronized void whenever(Predicate<Call> hits, Fault fault) {
        waiting.add(new Waiting(hits, fault, true));
    }

    /** Nothing goes wrong any more. */
    public synchronized void clear() {
        waiting.clear();
    }

    private static Predicate<Call> isOf(String method) {
        String lower = method.toLowerCase(Locale.ROOT);
        return call -> call.method().equals(lower);
    }

    synchronized Optional<Fault> take(Call call) {
        Waiting hit = null;
        for (Waiting one : waiting) {
            if (one.hits().test(call) && hit == null) {
                hit = one;
            }
        }
        if (hit == null) {
            return Optional.empty();
        }
        if (!hit.stays()) {
            waiting.remove(hit);
        }
        return Optional.of(hit.fault());
    }
}
