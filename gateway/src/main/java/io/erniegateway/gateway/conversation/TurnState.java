package io.erniegateway.gateway.conversation;

import io.erniegateway.gateway.model.ModelEvent;

/** Where a turn stands. {@link #on} is the only way from one state to the next. */
public sealed interface TurnState {

    /** Asked, and nothing visible heard yet. */
    record Thinking(boolean lastAllowed) implements TurnState {}

    /** There is text. */
    record Answering(boolean lastAllowed) implements TurnState {}

    record Ended(Ending ending) implements TurnState {}

    static TurnState first() {
        return new Thinking(false);
    }

    /** The state after this event. An ended turn stays ended, whatever comes. */
    default TurnState on(TurnEvent event) {
        return switch (this) {
            case Thinking(boolean lastAllowed) -> closing(next(event, false, lastAllowed), lastAllowed);
            case Answering(boolean lastAllowed) -> closing(next(event, true, lastAllowed), lastAllowed);
            case Ended ended -> ended;
        };
    }

    /** However a turn ends after the content check allowed it as the last one, the conversation is forgotten. */
    private static TurnState closing(TurnState next, boolean lastAllowed) {
        return lastAllowed && next instanceof Ended(Ending ending) ? new Ended(ending.forgettingAll()) : next;
    }

    private static TurnState next(TurnEvent event, boolean anyText, boolean lastAllowed) {
        return switch (event) {
            case TurnEvent.Heard(ModelEvent heard) -> next(heard, anyText, lastAllowed);
            case TurnEvent.Failed failed -> new Ended(Ending.failed(failed.trouble(), anyText));
            case TurnEvent.Stopped() -> new Ended(Ending.stopped(anyText));
            case TurnEvent.Unwanted() -> new Ended(Ending.unwanted());
        };
    }

    private static TurnState next(ModelEvent heard, boolean anyText, boolean lastAllowed) {
        return switch (heard) {
            case ModelEvent.Delta delta -> new Answering(lastAllowed);
            case ModelEvent.Retracted() -> new Ended(Ending.retracted());
            case ModelEvent.LastAllowed() -> anyText ? new Answering(true) : new Thinking(true);
            case ModelEvent.Complete complete ->
                new Ended(
                        switch (complete.how()) {
                            case WHOLE -> anyText ? Ending.whole() : Ending.empty();
                            case TOO_LONG -> anyText ? Ending.cutAtLimit() : Ending.empty();
                            case FILTERED -> anyText ? Ending.filtered() : Ending.retracted();
                        });
        };
    }
}
