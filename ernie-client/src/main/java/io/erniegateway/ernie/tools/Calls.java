package io.erniegateway.ernie.tools;

import io.erniegateway.ernie.ErnieEvent.ToolAnswered;
import io.erniegateway.ernie.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the calls of a turn, all at once. */
final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private final Map<String, Tool> tools;
    private final ToolLimits limits;
    private final Threads threads;

    Calls(Map<String, Tool> tools, ToolLimits limits, Threads threads) {
        this.tools = tools;
        this.limits = limits;
        this.threads = threads;
    }

    /** A call that will have a result. */
    sealed interface Pending {
        /** Not made, for a reason that the model is told. */
        record Refused(ToolCall call, String why) implements Pending {}

        /**
         * Being made.
         *
         * @param deadline of {@link System#nanoTime}
         */
        record Running(ToolCall call, Future<String> result, long deadline) implements Pending {}
    }

    /** Starts all calls of a turn. */
    List<Pending> start(List<ToolCall> calls) {
        List<Pending> pending = new ArrayList<>();
        for (ToolCall call : calls) {
            pending.add(
                    pending.size() < limits.callsPerTurn()
                            ? start(call)
                            : refused(call, "not called: at most " + limits.callsPerTurn() + " calls in one turn"));
        }
        return pending;
    }

    /**
     * Waits for a result.
     *
     * @throws java.util.concurrent.CancellationException if the answer was closed meanwhile
     */
    ToolAnswered result(Pending pending) throws InterruptedException {
        return switch (pending) {
            case Pending.Refused(ToolCall call, String why) -> failed(call, why);
            case Pending.Running running -> result(running);
        };
    }

    private Pending start(ToolCall call) {
        Tool tool = tools.get(call.name());
        if (tool == null) {
            return refused(call, "there is no function of that name; there are: " + String.join(", ", tools.keySet()));
        }
        if (call.arguments().length() > limits.argumentCharacters()) {
            return refused(call, "the arguments are longer than " + limits.argumentCharacters() + " characters");
        }
        Callable<@Nullable Object> bound;
        try {
            bound = tool.bind(call.arguments());
        } catch (ToolException e) {
            return refused(call, e.told());
        }
        long deadline = System.nanoTime() + limits.timeout().toNanos();
        // Writing the result as JSON is part of the function's time.
        Future<String> result = threads.start(call.name(), () -> Told.result(bound.call(), limits.resultCharacters()));
        return new Pending.Running(call, result, deadline);
    }

    private ToolAnswered result(Pending.Running running) throws InterruptedException {
        ToolCall call = running.call();
        try {
            long left = Math.max(0, running.deadline() - System.nanoTime());
            return new ToolAnswered(call, running.result().get(left, TimeUnit.NANOSECONDS), false);
        } catch (TimeoutException e) {
            running.result().cancel(true);
            LOG.warn(
                    "tool {} was interrupted after {} ms",
                    call.name(),
                    limits.timeout().toMillis());
            return failed(call, "timed out after " + limits.timeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            return failed(call, words(call, e.getCause()));
        }
    }

    /** An exception's text may hold anything: only one made for the model goes there, and none into the log. */
    private static String words(ToolCall call, @Nullable Throwable thrown) {
        return switch (thrown) {
            case ToolException told -> told.told();
            case Error error -> throw error;
            case null, default -> {
                LOG.warn("tool {} failed: {}", call.name(), place(thrown));
                yield "the function failed";
            }
        };
    }

    /** Its type and where it was thrown. */
    private static String place(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "for no reason";
        }
        StackTraceElement[] frames = thrown.getStackTrace();
        return thrown.getClass().getName() + (frames.length == 0 ? "" : " at " + frames[0]);
    }

    private static Pending refused(ToolCall call, String why) {
        return new Pending.Refused(call, why);
    }

    private ToolAnswered failed(ToolCall call, String why) {
        return new ToolAnswered(call, Told.error(why, limits.resultCharacters()), true);
    }
}
