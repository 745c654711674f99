package io.erniegateway.ernie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErnieSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "https://qianfan.baidubce.com/v2, https://qianfan.baidubce.com/v2",
        "https://proxy.example/team/ernie/v2///, https://proxy.example/team/ernie/v2",
        "http://127.0.0.1:8000/, http://127.0.0.1:8000"
    })
    void any_prefix_and_trailing_slashes_are_taken(String given, String kept) {
        assertThat(v2(given).build().baseUrl()).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://h/v2/chat/completions|use https://h/v2
            https://h/v2/chat/completions/|use https://h/v2
            https://h/v2/v2|use https://h/v2
            ftp://h/v2|must begin with https://
            qianfan.baidubce.com/v2|must begin with https://
            https:///v2|no host
            https://user:hunter2@h/v2|own settings
            https://h/v2?access_token=hunter2|must not hold '?'
            https://h/v2 hunter2|no URL
            ''|is empty
            """)
    void a_wrong_base_url_is_refused_with_its_remedy(String url, String remedy) {
        assertThatThrownBy(() -> v2(url).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("baseUrl: ")
                .hasMessageContaining(remedy)
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void a_key_loses_its_newline_and_is_refused_if_no_header_may_carry_it() {
        assertThat(v2("https://h/v2").apiKey(" key\n").build().apiKey()).isEqualTo("key");
        assertThatThrownBy(() -> v2("https://h/v2").apiKey("se\ncret").build())
                .hasMessageStartingWith("apiKey: the character at position 2")
                .message()
                .doesNotContain("cret");
        assertThatThrownBy(() -> v2("https://h/v2").apiKey("钥匙").build()).hasMessageStartingWith("apiKey: ");
    }

    @Test
    void each_dialect_needs_its_own_keys() {
        assertThatThrownBy(() -> v2("https://h/v2").apiKey("").build()).hasMessageStartingWith("apiKey: ");
        assertThatThrownBy(() -> ErnieSettings.builder(Dialect.QIANFAN_V1, "https://h", "m")
                        .build())
                .hasMessageStartingWith("clientId, clientSecret: ");
        assertThat(ErnieSettings.builder(Dialect.OPENAI, "http://h/v1", "m")
                        .build()
                        .apiKey())
                .isEmpty();
        assertThatThrownBy(() -> ErnieSettings.builder(Dialect.OPENAI, "http://h/v1", " ")
                        .build())
                .hasMessageStartingWith("model: ");
    }

    @Test
    void numbers_out_of_range_are_refused() {
        assertThatThrownBy(() -> v2("https://h/v2").temperature(2.1).build()).hasMessageStartingWith("temperature: ");
        assertThatThrownBy(() -> v1().temperature(0.0).build()).hasMessageContaining("more than 0");
        assertThatThrownBy(() -> v2("https://h/v2").topP(Double.NaN).build()).hasMessageStartingWith("topP: ");
        assertThatThrownBy(() -> v1().maxOutputTokens(1).build()).hasMessageStartingWith("maxOutputTokens: ");
        assertThatThrownBy(() -> v2("https://h/v2").attempts(0).build()).hasMessageStartingWith("attempts: ");
        assertThatThrownBy(() -> v2("https://h/v2").gapTimeout(Duration.ZERO).build())
                .hasMessageStartingWith("gapTimeout: ");
        assertThatThrownBy(() -> v2("https://h/v2").maxLineBytes(10).build()).hasMessageStartingWith("maxLineBytes: ");
    }

    @Test
    void the_text_masks_the_secrets() {
        assertThat(v2("https://h/v2")
                        .apiKey("hunter2")
                        .client("hunter3", "hunter4")
                        .build()
                        .toString())
                .doesNotContain("hunter")
                .contains("https://h/v2");
    }

    @Test
    void v1_finds_its_token_endpoint_beside_the_services() {
        assertThat(v1().build().oauthUrl()).isEqualTo("https://h/prefix");
        assertThat(ErnieSettings.builder(Dialect.QIANFAN_V1, "https://h/rpc/2.0/ai_custom/v1/wenxinworkshop", "m")
                        .client("i", "s")
                        .build()
                        .oauthUrl())
                .isEqualTo("https://h");
        assertThat(v1().oauthUrl("https://other/").build().oauthUrl()).isEqualTo("https://other");
    }

    private static ErnieSettings.Builder v2(String url) {
        return ErnieSettings.builder(Dialect.QIANFAN_V2, url, "m").apiKey("key");
    }

    private static ErnieSettings.Builder v1() {
        return ErnieSettings.builder(Dialect.QIANFAN_V1, "https://h/prefix/", "m")
                .client("id", "secret");
    }
}
