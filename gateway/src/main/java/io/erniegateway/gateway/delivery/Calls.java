package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.Doubts;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.gateway.events.GatewayEvent;
import io.erniegateway.gateway.events.GatewayEvent.Called.Result;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes calls and tells how each went and how long it took. */
final class Calls {
    private final String bot;
    private final Consumer<GatewayEvent> events;
    private final Ticker ticker;

    Calls(String bot, Consumer<GatewayEvent> events, Ticker ticker) {
        this.bot = bot;
        this.events = events;
        this.ticker = ticker;
    }

    PostOutcome post(Call kind, Supplier<PostOutcome> call) {
        return told(kind, call, Calls::result);
    }

    EditOutcome edit(Call kind, Supplier<EditOutcome> call) {
        return told(kind, call, Calls::result);
    }

    Optional<Refusal> sign(Call kind, Supplier<Optional<Refusal>> call) {
        return told(kind, call, refusal -> refusal.map(Calls::result).orElse(Result.DONE));
    }

    Doubts.Look look(Supplier<Doubts.Look> call) {
        return told(
                Call.LOOK,
                call,
                look -> look instanceof Doubts.Look.Refused(Refusal refusal) ? result(refusal) : Result.DONE);
    }

    private <T> T told(Call kind, Supplier<T> call, Function<T, Result> result) {
        long from = ticker.nanos();
        T outcome = call.get();
        Duration took = Duration.ofNanos(ticker.nanos() - from);
        events.accept(new GatewayEvent.Called(bot, kind, result.apply(outcome), took));
        return outcome;
    }

    private static Result result(PostOutcome outcome) {
        return switch (outcome) {
            case PostOutcome.Posted posted -> Result.DONE;
            case Refusal refusal -> result(refusal);
        };
    }

    private static Result result(EditOutcome outcome) {
        return switch (outcome) {
            case EditOutcome.Applied applied -> Result.DONE;
            case EditOutcome.Unchanged unchanged -> Result.UNCHANGED;
            case EditOutcome.StreamOver over -> Result.UNCHANGED;
            case EditOutcome.StreamOpen open -> Result.UNCHANGED;
            case Refusal refusal -> result(refusal);
        };
    }

    private static Result result(Refusal refusal) {
        return switch (refusal) {
            case Refusal.SlowDown slow -> Result.SLOW_DOWN;
            case Refusal.Gone gone -> Result.GONE;
            case Refusal.Rejected rejected -> Result.REJECTED;
            case Refusal.Unreachable unreachable -> Result.UNREACHABLE;
        };
    }
}
