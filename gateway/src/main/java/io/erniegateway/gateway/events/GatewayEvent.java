package io.erniegateway.gateway.events;

import io.erniegateway.connectors.Inbox;
import io.erniegateway.connectors.Limits;
import java.time.Duration;

/** Something that happened in the gateway. Carries no message text and no secret. */
public sealed interface GatewayEvent {

    /** An update came in and was given this receipt. */
    record Arrived(String bot, Inbox.Receipt receipt) implements GatewayEvent {}

    /** A platform was called. */
    record Called(String bot, Limits.Call call, Result result, Duration took) implements GatewayEvent {
        public enum Result {
            DONE,
            UNCHANGED,
            SLOW_DOWN,
            GONE,
            REJECTED,
            UNREACHABLE
        }
    }

    /**
     * The reader now sees more.
     *
     * @param lag how long the oldest of the new characters had waited since the model sent it
     * @param last whether the answer is now complete on the reader's screen
     */
    record TextShown(String bot, Duration lag, boolean last) implements GatewayEvent {}

    /** A post got no answer and will be sent again: if it stands all the same, the reader sees it twice. */
    record PostInDoubt(String bot) implements GatewayEvent {}

    /** What is believed of a platform's limit has changed: so much of what is published, above 0, at most 1. */
    record LimitLearned(String bot, String budget, double share) implements GatewayEvent {}

    /** An answer could not be brought to the reader. */
    record AnswerLost(String bot, String why) implements GatewayEvent {}

    /** The model's first visible character arrived. */
    record ModelStarted(String model, Duration after) implements GatewayEvent {}

    /** A turn ended. */
    record TurnEnded(String bot, String ending, Duration took) implements GatewayEvent {}

    /** The model failed; {@code code} is the server's. */
    record ModelFailed(String model, String kind, String code) implements GatewayEvent {}
}
