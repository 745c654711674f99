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
        assertThat(v2("https://h/v2").apiKey(" key\n").build().access()).isEqualTo(new Access.ApiKey("key"));
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
                        .access())
                .isEqualTo(new Access.ApiKey(""));
        assertThatThrownBy(() -> v2("https://h/v2").client("i", "s").build()).hasMessageContaining("only V1");
        assertThatThrownBy(() -> v2("https://h/v2").iam("a", " ").build()).hasMessageStartingWith("secretKey: ");
        assertThatThrownBy(() -> ErnieSettings.builder(Dialect.VLLM, "http://h/v1", "m")
                        .iam("a", "s")
                        .build())
                .hasMessageContaining("only Baidu");
        assertThatThrownBy(() -> v2("https://h/v2")
                        .access(new Access.Iam("a", "s", "https://iam", Duration.ofMinutes(4)))
                        .build())
                .hasMessageContaining("5 minutes to 30 days");
        assertThatThrownBy(() -> ErnieSettings.builder(Dialect.OPENAI, "http://h/v1", " ")
                        .build())
                .hasMessageStartingWith("model: ");
    }

    @Test
    void numbers_out_of_range_are_refused() {
        assertThatThrownBy(() ->
                        v2("https://h/v2").with(Parameter.TEMPERATURE, 2.1).build())
                .hasMessageStartingWith("temperature: ");
        assertThatThrownBy(() -> v1().with(Parameter.TEMPERATURE, 0.0).build())
                .hasMessage("temperature: 0.0 is not in the range (0, 1] of QIANFAN_V1");
        assertThatThrownBy(() ->
                        v2("https://h/v2").with(Parameter.TOP_P, Double.NaN).build())
                .hasMessageStartingWith("top_p: ");
        assertThatThrownBy(() -> v1().with(Parameter.MAX_OUTPUT_TOKENS, 1).build())
                .hasMessageStartingWith("max_output_tokens: ");
        assertThatThrownBy(() -> v2("https://h/v2").attempts(0).build()).hasMessageStartingWith("attempts: ");
        assertThatThrownBy(() -> v2("https://h/v2").gapTimeout(Duration.ZERO).build())
                .hasMessageStartingWith("gapTimeout: ");
        assertThat(v2("https://h/v2")
                        .firstByteTimeout(Duration.ofSeconds(30))
                        .build()
                        .gapTimeout())
                .isEqualTo(Duration.ofSeconds(30));
        assertThatThrownBy(() -> v2("https://h/v2")
                        .firstByteTimeout(Duration.ofSeconds(30))
                        .gapTimeout(Duration.ofSeconds(31))
                        .build())
                .hasMessage("gapTimeout: must not be longer than firstByteTimeout");
        assertThatThrownBy(() -> v2("https://h/v2").maxLineBytes(10).build()).hasMessageStartingWith("maxLineBytes: ");
    }

    @Test
    void the_text_masks_the_secrets() {
        assertThat(v2("https://h/v2").apiKey("hunter2").build().toString())
                .doesNotContain("hunter")
                .contains("https://h/v2");
        assertThat(v1().client("hunter3", "hunter4").build().toString()).doesNotContain("hunter");
        assertThat(v2("https://h/v2").iam("hunter5", "hunter6").build().toString())
                .doesNotContain("hunter");
    }

    @Test
    void v1_finds_its_token_endpoint_beside_the_services() {
        assertThat(tokensAt(v1())).isEqualTo("https://h/prefix");
        assertThat(tokensAt(
                        ErnieSettings.builder(Dialect.QIANFAN_V1, "https://h/rpc/2.0/ai_custom/v1/wenxinworkshop", "m")
                                .client("i", "s")))
                .isEqualTo("https://h");
        assertThat(tokensAt(v1().access(new Access.OAuth("i", "s", "https://other/"))))
                .isEqualTo("https://other");
    }

    private static String tokensAt(ErnieSettings.Builder settings) {
        return ((Access.OAuth) settings.build().access()).url();
    }

    private static ErnieSettings.Builder v2(String url) {
        return ErnieSettings.builder(Dialect.QIANFAN_V2, url, "m").apiKey("key");
    }

    private static ErnieSettings.Builder v1() {
        return ErnieSettings.builder(Dialect.QIANFAN_V1, "https://h/prefix/", "m")
                .client("id", "secret");
    }
}
