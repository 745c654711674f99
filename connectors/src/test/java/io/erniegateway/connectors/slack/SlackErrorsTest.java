package io.erniegateway.connectors.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Refusal.Gone;
import io.erniegateway.connectors.Refusal.Rejected;
import io.erniegateway.connectors.Refusal.SlowDown;
import io.erniegateway.connectors.Refusal.Unreachable;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackErrorsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "message_not_found",
                "cant_update_message",
                "edit_window_closed",
                "is_inactive",
                "is_archived",
                "channel_not_found",
                "not_in_channel",
                "cannot_reply_to_message",
                "messages_tab_disabled",
                "restricted_action",
                "restricted_action_read_only_channel",
                "restricted_action_thread_locked",
                "restricted_action_thread_only_channel",
                "restricted_action_non_threadable_channel",
                "account_inactive",
                "token_revoked",
                "token_expired",
                "invalid_auth",
                "not_authed",
                "missing_scope",
                "no_permission",
                "org_login_required",
                "team_access_not_granted",
                "ekm_access_denied",
                "accesslimited"
            })
    void what_is_closed_to_us_is_gone(String code) {
        assertThat(SlackErrors.ofCode(code, null))
                .isInstanceOfSatisfying(
                        Gone.class, gone -> assertThat(gone.why()).contains(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "msg_too_long",
                "msg_blocks_too_long",
                "invalid_blocks",
                "invalid_blocks_format",
                "block_mismatch",
                "markdown_text_conflict",
                "no_text",
                "streaming_state_conflict",
                "metadata_too_large",
                "as_user_not_supported",
                "invented_in_2027"
            })
    void what_would_fail_again_is_rejected_with_its_code(String code) {
        assertThat(SlackErrors.ofCode(code, null)).isEqualTo(new Rejected(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "internal_error",
                "fatal_error",
                "service_unavailable",
                "request_timeout",
                "team_added_to_org",
                "update_failed"
            })
    void trouble_of_slack_itself_may_have_acted(String code) {
        assertThat(SlackErrors.ofCode(code, null)).isEqualTo(new Unreachable(code, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ratelimited", "rate_limited", "message_limit_exceeded", "external_channel_migrating"})
    void a_limit_says_slow_down_by_code_alone(String code) {
        assertThat(SlackErrors.ofCode(code, "7")).isEqualTo(new SlowDown(Duration.ofSeconds(7), code));
        assertThat(SlackErrors.ofCode(code, null)).isEqualTo(new SlowDown(SlackErrors.DEFAULT_WAIT, code));
    }

    @ParameterizedTest
    @CsvSource({"30, 30", "' 3 ', 3", "0, 1", "86400, 86400", "86401, 30", "-1, 30", "soon, 30", "99999999999999, 30"})
    void retry_after_is_whole_seconds_and_nonsense_is_half_a_minute(String header, long seconds) {
        assertThat(SlackErrors.ofStatus(429, null, header))
                .isEqualTo(new SlowDown(Duration.ofSeconds(seconds), "ratelimited"));
    }

    @Test
    void other_statuses_are_judged_by_their_class_and_their_code() {
        assertThat(SlackErrors.ofStatus(500, null, null)).isEqualTo(new Unreachable("HTTP 500", true));
        assertThat(SlackErrors.ofStatus(503, "whatever", "3")).isEqualTo(new Unreachable("HTTP 503", true));
        assertThat(SlackErrors.ofStatus(404, "", null)).isEqualTo(new Rejected("HTTP 404"));
        assertThat(SlackErrors.ofStatus(302, null, null)).isEqualTo(new Rejected("HTTP 302"));
        Refusal refusal = SlackErrors.ofStatus(403, "not_in_channel", null);
        assertThat(refusal).isInstanceOf(Gone.class);
    }

    @ParameterizedTest
    @CsvSource({
        "unknown_method, APP",
        "feature_not_enabled, APP",
        "channel_type_not_supported, ROOM",
        "restricted_action_non_threadable_channel, ROOM",
        "missing_recipient_user_id, CHAT",
        "user_not_found, CHAT",
        "restricted_action_thread_locked, CHAT",
        "invented_in_2027, CHAT",
        "msg_too_long, NOWHERE",
        "no_text, NOWHERE",
        "rate_limited, NOWHERE",
        "internal_error, NOWHERE",
        "is_archived, NOWHERE",
        "invalid_auth, NOWHERE",
        "'', NOWHERE"
    })
    void a_refused_stream_tells_where_there_are_none(String code, SlackErrors.Streamless where) {
        assertThat(SlackErrors.streamless(code, SlackErrors.ofCode(code, null))).isEqualTo(where);
    }
}
