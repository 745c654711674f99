package io.erniegateway.ernie.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Dialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectedTest {

    /** D:Om9b4yj3w; what is unsafe is told by the code, whatever the status. */
    @ParameterizedTest
    @CsvSource({
        "403, system_unsafe, unsafe_request",
        "403, functions_unsafe, unsafe_request",
        "400, image_url_unsafe, unsafe_request",
        "200, user_setting_unsafe, unsafe_request",
        "400, invalid_image_url, invalid_request_error",
        "401, invalid_appid, invalid_request_error",
        "403, account_overdue, access_denied",
        "429, tpm_rate_limit_exceeded, rate_limit_exceeded",
        "500, internal_error, Internal_error"
    })
    void a_scripted_refusal_has_the_documents_type(int status, String code, String type) {
        Rejected refusal = Rejected.scripted(Dialect.QIANFAN_V2, status, code, "as told");
        assertThat(refusal.body(Dialect.QIANFAN_V2, "as-1"))
                .isEqualTo("{\"error\":{\"code\":\"" + code + "\",\"message\":\"as told\",\"type\":\"" + type
                        + "\"},\"id\":\"as-1\"}");
    }
}
