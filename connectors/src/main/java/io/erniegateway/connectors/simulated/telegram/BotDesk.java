package io.erniegateway.connectors.simulated.telegram;

import io.erniegateway.connectors.simulated.SimulatedTime;
import io.erniegateway.connectors.simulated.telegram.Faults.Fault;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What lies between any wire and the methods: paths, the token, faults. */
final class BotDesk {
    private static final String PROXY_PAGE = "<html><body>a proxy's own page</body></html>";

    private final String token;
    private final SimulatedTime time;
    private final BotMethods methods;
    private final Faults faults;
    private final UsageMeter meter;

    BotDesk(TelegramWorld world, BotMethods methods, Faults faults, UsageMeter meter) {
        this.token = world.token();
        this.time = world.time();
        this.methods = methods;
        this.faults = faults;
        this.meter = meter;
    }

    /** Who called, as far as it matters to the one who answers. */
    interface Caller {

        /** How long it waits for an answer. */
        Duration patience();

        /** Whether it is no longer there. */
        boolean hasHungUp();
    }

    /** Answers {@code /bot<token>/METHOD}. Empty: the connection breaks without an answer. */
    Optional<ApiReply> answer(String path, Supplier<Parameters> call, Caller caller) {
        Optional<ApiReply> reply = checked(path, call, caller);
        if (reply.isPresent() && reply.get().status() >= 400) {
            meter.refused();
        }
        return reply;
    }

    private Optional<ApiReply> checked(String path, Supplier<Parameters> call, Caller caller) {
        int slash = path.lastIndexOf('/');
        if (!path.startsWith("/bot") || slash < "/bot".length()) {
            return Optional.of(ApiReply.refused(404, "Not Found"));
        }
        String given = path.substring("/bot".length(), slash);
        if (!given.equals(token)) {
            boolean malformed = !given.matches("[1-9][0-9]*:.{1,70}");
            return Optional.of(ApiReply.refused(401, "Unauthorized" + (malformed ? ": invalid token specified" : "")));
        }
        String method = path.substring(slash + 1).toLowerCase(Locale.ROOT);
        try {
            return withFaults(method, call.get(), caller);
        } catch (ApiRefusal refusal) {
            return Optional.of(refusal.reply());
        }
    }

    private Optional<ApiReply> withFaults(String method, Parameters parameters, Caller caller) {
        Optional<Fault> fault =
                faults.take(new Faults.Call(method, parameters.text("chat_id"), parameters.text("text")));
        if (fault.isEmpty()) {
            return Optional.of(methods.call(method, parameters, caller));
        }
        return switch (fault.get()) {
            case Fault.TooManyRequests slow -> Optional.of(ApiReply.tooMany(seconds(slow.retryAfter())));
            case Fault.Penalty penalty ->
                Optional.of(methods.punish(method, parameters, Duration.ofSeconds(seconds(penalty.retryAfter()))));
            case Fault.ServerError error -> {
                act(error.acted(), method, parameters, caller);
                yield Optional.of(
                        error.status() == 500
                                ? ApiReply.refused(500, "Internal Server Error: restart")
                                : new ApiReply(error.status(), PROXY_PAGE, 0));
            }
            case Fault.Reset reset -> {
                act(reset.acted(), method, parameters, caller);
                yield Optional.empty();
            }
            case Fault.Delay delay -> {
                pause(delay.time(), caller);
                yield Optional.of(methods.call(method, parameters, caller));
            }
            case Fault.LateAnswer late -> {
                ApiReply reply = acted(method, parameters, caller);
                pause(late.time(), caller);
                yield Optional.of(reply);
            }
            case Fault.Garbage garbage -> {
                act(true, method, parameters, caller);
                yield Optional.of(new ApiReply(200, garbage.body(), 0));
            }
        };
    }

    /** Longer than the caller waits makes no difference to it. */
    private void pause(Duration wanted, Caller caller) {
        time.sleep(wanted.compareTo(caller.patience()) > 0 ? caller.patience() : wanted);
    }

    private void act(boolean acted, String method, Parameters parameters, Caller caller) {
        if (acted) {
            acted(method, parameters, caller);
        }
    }

    private ApiReply acted(String method, Parameters parameters, Caller caller) {
        try {
            return methods.call(method, parameters, caller);
        } catch (ApiRefusal refusal) {
            return refusal.reply();
        }
    }

    private static long seconds(Duration time) {
        return Math.max(1, Math.ceilDiv(time.toMillis(), 1000L));
    }
}
