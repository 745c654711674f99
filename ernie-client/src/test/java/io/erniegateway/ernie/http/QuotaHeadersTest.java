package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Quota;
import java.util.List;
import okhttp3.Headers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QuotaHeadersTest {

    static List<Arguments> headers() {
        return List.of(
                Arguments.of(Headers.of(), Quota.UNTOLD),
                Arguments.of(
                        Headers.of(
                                "X-Ratelimit-Limit-Requests", "300",
                                "X-Ratelimit-Limit-Tokens", "300000",
                                "X-Ratelimit-Remaining-Requests", "299",
                                "X-Ratelimit-Remaining-Tokens", "299000"),
                        new Quota(300, 299, 300_000, 299_000, null, null)),
                Arguments.of(
                        Headers.of(
                                "x-ratelimit-limit-requests", "60",
                                "x-ratelimit-limit-input-tokens", "1000",
                                "x-ratelimit-limit-output-tokens", "500",
                                "x-ratelimit-remaining-requests", "0",
                                "x-ratelimit-remaining-input-tokens", "7",
                                "x-ratelimit-remaining-output-tokens", " 8 "),
                        new Quota(60, 0, 1000, 7, 500, 8)),
                Arguments.of(
                        Headers.of(
                                "X-Ratelimit-Limit-Requests", "many",
                                "X-Ratelimit-Remaining-Requests", "",
                                "X-Ratelimit-Limit-Tokens", "99999999999999"),
                        Quota.UNTOLD));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void every_header_is_optional_and_what_is_no_number_is_not_said(Headers headers, Quota quota) {
        assertThat(QuotaHeaders.read(headers)).isEqualTo(quota);
    }
}
