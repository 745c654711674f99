package io.erniegateway.ernie.failures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @Test
    void known_secrets_are_struck_out_wherever_they_stand() {
        Secrets secrets = new Secrets(List.of("hunter22", ""));
        secrets.learn("later-token");
        assertThat(secrets.strike("a hunter22 b later-token, hunter22"))
                .doesNotContain("hunter22", "later-token")
                .startsWith("a *** b ***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h/x?access_token=SECRET&y=1",
                "client_secret=SECRET",
                "{\"client_secret\": \"SECRET\"}",
                "Authorization: Bearer SECRET",
                "the key bce-v3/ALTAK-SECRET/0123 is wrong",
                "Authorization: bce-auth-v1/SECRET/2026-11-24T10:00:00Z/1800/host/0123",
                "access_key=SECRET",
                "{\"secretKey\":\"SECRET\"}",
                "token 24.SECRET0123456789.2592000.1700000000.282335-1 expired"
            })
    void what_looks_like_a_secret_is_struck_out_too(String text) {
        assertThat(new Secrets(List.of()).strike(text)).doesNotContain("SECRET").contains("***");
    }

    @Test
    void ordinary_text_is_left_alone() {
        String text = "max 24.5 tokens, error 110: 令牌 invalid, see bearer of bad news$1\\";
        assertThat(new Secrets(List.of("a")).strike("max 24.5 tokens, error 110: 令牌 invalid $1\\"))
                .isEqualTo("max 24.5 tokens, error 110: 令牌 invalid $1\\");
        assertThat(new Secrets(List.of()).strike(text)).startsWith("max 24.5 tokens, error 110: 令牌 invalid");
    }
}
