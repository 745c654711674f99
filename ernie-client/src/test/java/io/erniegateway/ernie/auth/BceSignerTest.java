package io.erniegateway.ernie.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of the HTTP library, signed; the signatures are those of {@link BceSignatureTest}. */
class BceSignerTest {
    private static final String CHAT = "/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/completions_pro";
    private static final BceSigner SIGNER = new BceSigner(new AccessKeys("a".repeat(32), "b".repeat(32)));

    /** Not on a second: header and signature must cut it alike. */
    private static final Instant NOW = Instant.parse("2015-04-27T08:23:49.999Z");

    @ParameterizedTest
    @CsvSource({
        "https://iam.bj.baidubce.com/v1/BCE-BEARER/token?expireInSeconds=86400,"
                + "9456d28f8c79bbe7e676c7719b07b11b6678581895c544e2e38ade31d01bffd1",
        "https://iam.bj.baidubce.com:443/v1/BCE-BEARER/token?authorization=x&expireInSeconds=86400,"
                + "9456d28f8c79bbe7e676c7719b07b11b6678581895c544e2e38ade31d01bffd1"
    })
    void a_request_gets_its_three_headers(String url, String signature) {
        Request signed = SIGNER.sign(new Request.Builder().url(url).build(), NOW);
        assertThat(signed.header("Host")).isEqualTo("iam.bj.baidubce.com");
        assertThat(signed.header("x-bce-date")).isEqualTo("2015-04-27T08:23:49Z");
        assertThat(signed.header("Authorization"))
                .isEqualTo("bce-auth-v1/" + "a".repeat(32) + "/2015-04-27T08:23:49Z/1800/host;x-bce-date/" + signature);
    }

    @ParameterizedTest
    @CsvSource({
        "https://aip.baidubce.com,aip.baidubce.com,382cfc67a9e323aa46b712de3fbbe6e37c751d62601541ce6691fdf2f25dd937",
        "http://127.0.0.1:8080,127.0.0.1:8080,be470ae5239d808395d0bfca76bbd6af661c5a0e31f0440ae8f5404c0f168b6e"
    })
    void a_chat_call_is_signed_with_its_host_and_port(String origin, String host, String signature) {
        Request signed = SIGNER.sign(
                new Request.Builder()
                        .url(origin + CHAT)
                        .post(RequestBody.create(new byte[] {1}))
                        .build(),
                NOW);
        assertThat(signed.header("Host")).isEqualTo(host);
        assertThat(signed.header("Authorization")).endsWith("/" + signature);
    }

    @Test
    void a_new_signature_takes_the_place_of_an_old_one() {
        Request once = SIGNER.sign(new Request.Builder().url("http://[::1]/").build(), NOW);
        Request twice = SIGNER.sign(once, NOW.plusSeconds(1));
        assertThat(twice.headers("Authorization")).singleElement().asString().contains("08:23:50Z");
        assertThat(twice.headers("x-bce-date")).containsExactly("2015-04-27T08:23:50Z");
        assertThat(twice.headers("Host")).containsExactly("[::1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "hunter/2", "hunter 2", "hunter\n2", "“hunter2”"})
    void what_cannot_be_a_key_is_told_at_once_and_not_repeated(String key) {
        assertThatThrownBy(() -> new AccessKeys(key, "secret-key"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("accessKey: ")
                .message()
                .doesNotContain("hunter");
        assertThatThrownBy(() -> new AccessKeys("access-key", key)).hasMessageStartingWith("secretKey: ");
    }

    @Test
    void keys_lose_their_newline_and_do_not_print_themselves() {
        AccessKeys keys = new AccessKeys("access-key\n", " secret-key ");
        assertThat(keys.accessKey() + keys.secretKey()).isEqualTo("access-keysecret-key");
        assertThat(keys).asString().doesNotContain("access-key", "secret-key");
    }
}
