package io.erniegateway.ernie;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why there is no answer, or no whole one. Named by what the caller does next. */
public sealed interface ErnieFailure {

    Details details();

    /**
     * What the server said.
     *
     * @param status HTTP status, 0 if there was none
     * @param code Baidu's code as text ({@code 336501}, {@code tokens_too_long}), or a short name of the transport's
     *     trouble ({@code cut}, {@code timeout}, {@code unreachable})
     * @param message for the operator, at most 500 characters, without secrets
     * @param requestId Baidu's {@code as-…} or empty
     * @param quota what the refusal's headers said about the minute's allowance
     */
    record Details(int status, String code, String message, String requestId, Quota quota) {
        public Details(int status, String code, String message, String requestId) {
            this(status, code, message, requestId, Quota.UNTOLD);
        }
    }

    /** Overload, rate limit, network: the same request may work later. */
    record RetryLater(Details details, @Nullable Duration retryAfter) implements ErnieFailure {}

    /** The conversation is too long for the model: drop the oldest turns. */
    record Shorten(Details details) implements ErnieFailure {}

    /** Key, secret, token, app or permission is wrong, or the account has no money left: an operator must act. */
    record FixAccess(Details details) implements ErnieFailure {}

    /** Model or endpoint does not exist (any more), or the base URL is wrong: choose another. */
    record ChooseAnotherModel(Details details) implements ErnieFailure {}

    /** The content check refused the conversation: forget the history, never send the same again. */
    record ClearHistory(Details details) implements ErnieFailure {}

    /** Anything else that would fail again. */
    record GiveUp(Details details) implements ErnieFailure {}
}
