package io.erniegateway.connectors.slack;

import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Refusal.Gone;
import io.erniegateway.connectors.Refusal.Rejected;
import io.erniegateway.connectors.Refusal.SlowDown;
import io.erniegateway.connectors.Refusal.Unreachable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Slack's refusals as the gateway's. Pure. The codes are those of the method reference, docs.slack.dev. */
final class SlackErrors {

    /** For a rate limit without a usable {@code Retry-After}: Slack's windows are a minute, half of one is a fair guess. */
    static final Duration DEFAULT_WAIT = Duration.ofSeconds(30);

    private static final int TOO_MANY_REQUESTS = 429;
    /** No wait that Slack asks for is longer; a longer figure is a broken header. */
    private static final long LONGEST_WAIT_SECONDS = 86_400;

    private SlackErrors() {}

    /**
     * An answer with HTTP 200 and {@code ok:false}.
     *
     * @param code Slack's {@code error}
     * @param retryAfter the header of that name, if there was one
     */
    static Refusal ofCode(String code, @Nullable String retryAfter) {
        return switch (code) {
            // Method pages list one spelling, the rate limit page the other.
            case "ratelimited", "rate_limited", "message_limit_exceeded", "external_channel_migrating" ->
                new SlowDown(wait(retryAfter), code);

            // The message, the thread or the chat is closed to us.
            case "message_not_found",
                    "cant_update_message",
                    "edit_window_closed",
                    "is_inactive",
                    "cannot_reply_to_message",
                    "message_not_owned_by_app",
                    "channel_not_found",
                    "channel_type_not_supported",
                    "not_in_channel",
                    "is_archived",
                    "user_not_found",
                    "messages_tab_disabled",
                    "restricted_action",
                    "restricted_action_read_only_channel",
                    "restricted_action_thread_only_channel",
                    "restricted_action_thread_locked",
                    "restricted_action_non_threadable_channel" -> new Gone(code);

            // The whole bot is closed: no content would help, only the operator.
            case "ekm_access_denied", "accesslimited" -> closed(code);

            // Slack's own trouble; the first two "may have partly succeeded" by the reference.
            case "internal_error",
                    "fatal_error",
                    "service_unavailable",
                    "request_timeout",
                    "team_added_to_org",
                    "update_failed",
                    "messaging_processing_failed" -> new Unreachable(code, true);

            // msg_too_long, invalid_blocks, no_text, streaming_state_conflict, and whatever Slack invents next.
            default -> isFatal(code) ? closed(code) : new Rejected(code);
        };
    }

    private static Gone closed(String code) {
        return new Gone(code + " (the Slack app has to be installed again)");
    }

    /** An answer with another HTTP status than 200. */
    static Refusal ofStatus(int status, @Nullable String code, @Nullable String retryAfter) {
        if (status == TOO_MANY_REQUESTS) {
            return new SlowDown(wait(retryAfter), "ratelimited");
        }
        if (status >= 500) {
            return new Unreachable("HTTP " + status, true);
        }
        return code == null || code.isBlank() ? new Rejected("HTTP " + status) : ofCode(code, retryAfter);
    }

    /** Whether no call with this token will ever work again. */
    static boolean isFatal(String code) {
        return switch (code) {
            case "invalid_auth",
                    "not_authed",
                    "not_allowed_token_type",
                    "account_inactive",
                    "token_revoked",
                    "token_expired",
                    "no_permission",
                    "missing_scope",
                    "org_login_required",
                    "team_access_not_granted" -> true;
            default -> false;
        };
    }

    /** Where a refused {@code chat.startStream} shows that there are no streams, for good. */
    enum Streamless {
        NOWHERE,
        CHAT,
        ROOM,
        APP
    }

    /**
     * What a refusal to start a stream says about the next one.
     *
     * @param refusal what {@link #ofCode} makes of the code
     */
    static Streamless streamless(String code, Refusal refusal) {
        return switch (code) {
            // The feature is not there: an old enterprise server or proxy, a plan, a permission.
            case "unknown_method",
                    "method_deprecated",
                    "deprecated_endpoint",
                    "feature_not_enabled",
                    "not_allowed",
                    "access_denied",
                    "paid_teams_only" -> Streamless.APP;

            case "channel_type_not_supported",
                    "method_not_supported_for_channel_type",
                    "restricted_action",
                    "restricted_action_non_threadable_channel" -> Streamless.ROOM;

            // The thread or the person.
            case "restricted_action_thread_locked",
                    "missing_recipient_user_id",
                    "missing_recipient_team_id",
                    "user_not_found" -> Streamless.CHAT;

            // About this one text.
            case "msg_too_long", "markdown_text_too_long", "no_text" -> Streamless.NOWHERE;

            // What has another name today may have meant any of these: asked once in each chat.
            default -> refusal instanceof Rejected && !code.isEmpty() ? Streamless.CHAT : Streamless.NOWHERE;
        };
    }

    /** {@code Retry-After} is in whole seconds. */
    private static Duration wait(@Nullable String retryAfter) {
        if (retryAfter == null || !retryAfter.strip().matches("\\d{1,9}")) {
            return DEFAULT_WAIT;
        }
        long seconds = Long.parseLong(retryAfter.strip());
        return seconds > LONGEST_WAIT_SECONDS ? DEFAULT_WAIT : Duration.ofSeconds(Math.max(1, seconds));
    }
}
