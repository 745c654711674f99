package io.erniegateway.ernie.failures;

/** What to do about a refusal. Like {@link io.erniegateway.ernie.ErnieFailure}'s kinds, but with the token's own case. */
public enum Action {
    /** The same request may work later. */
    RETRY,
    /** The access token is stale: get another one and ask once more. Without one to renew, an operator must act. */
    REFRESH,
    SHORTEN,
    FIX_ACCESS,
    CHOOSE_ANOTHER_MODEL,
    CLEAR_HISTORY,
    GIVE_UP
}
