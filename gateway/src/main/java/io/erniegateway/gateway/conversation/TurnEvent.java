package io.erniegateway.gateway.conversation;

import io.erniegateway.gateway.model.ModelEvent;
import io.erniegateway.gateway.model.ModelException.Trouble;

/** What can happen to a running turn. */
public sealed interface TurnEvent {

    /** The model said something. */
    record Heard(ModelEvent event) implements TurnEvent {}

    /** The model failed, or its stream ended before its end. */
    record Failed(Trouble trouble) implements TurnEvent {}

    /** A person cut the answer. */
    record Stopped() implements TurnEvent {}

    /** The answer can no longer reach anybody. */
    record Unwanted() implements TurnEvent {}
}
