package io.erniegateway.ernie.failures;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieFailure.ChooseAnotherModel;
import io.erniegateway.ernie.ErnieFailure.ClearHistory;
import io.erniegateway.ernie.ErnieFailure.Details;
import io.erniegateway.ernie.ErnieFailure.FixAccess;
import io.erniegateway.ernie.ErnieFailure.GiveUp;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.ErnieFailure.Shorten;
import io.erniegateway.ernie.Quota;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RateLimitedTest {
    private static final Details DETAILS = new Details(400, "code", "text", "as-1");

    @ParameterizedTest
    @CsvSource({
        "200, 18, true",
        "200, 336501, true",
        "200, 336502, true",
        "200, 4, false",
        "200, 336100, false",
        "200, 1, false",
        "429, rpm_rate_limit_exceeded, true",
        "429, Output_TPM_rate_limit_exceeded, true",
        "429, http_429, true",
        "200, tpm_rate_limit_exceeded, true",
        "429, cluster_rate_limit_exceeded, false",
        "429, cluster_tpm_rate_limit_exceeded, false",
        "429, coding_plan_cluster_rate_limited, false",
        "429, coding_plan_rate_limit_exceeded, true",
        "503, http_503, false",
        "0, cut, false"
    })
    void the_accounts_own_limit_is_told_from_an_overloaded_server(int status, String code, boolean limited) {
        assertThat(Failures.rateLimited(new RetryLater(new Details(status, code, "x", ""), null)))
                .isEqualTo(limited);
    }

    @Test
    void a_refusal_that_does_not_pass_by_itself_is_no_rate_limit() {
        assertThat(Failures.rateLimited(new FixAccess(new Details(429, "coding_plan_subscription_expired", "x", ""))))
                .isFalse();
    }

    static List<ErnieFailure> kinds() {
        return List.of(
                new RetryLater(DETAILS, Duration.ofSeconds(3)),
                new Shorten(DETAILS),
                new FixAccess(DETAILS),
                new ChooseAnotherModel(DETAILS),
                new ClearHistory(DETAILS),
                new GiveUp(DETAILS));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_quota_changes_nothing_else_of_a_failure(ErnieFailure failure) {
        Quota quota = new Quota(1, 0, null, null, null, null);
        ErnieFailure told = Failures.with(failure, quota);
        assertThat(told.details().quota()).isEqualTo(quota);
        assertThat(Failures.with(told, Quota.UNTOLD)).isEqualTo(failure);
    }
}
