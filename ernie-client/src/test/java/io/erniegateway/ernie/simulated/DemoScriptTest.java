package io.erniegateway.ernie.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoScriptTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello",
                "show me a table",
                "write something long",
                "think about it",
                "what did I say before?",
                "How far is the moon?"
            })
    void every_english_answer_says_what_it_is(String question) {
        assertThat(answer(question).text()).contains("scripted demo").doesNotContain("脚本演示", "{question}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"你好", "给我看看表格", "写一篇长文", "请思考一下", "我刚才说了什么？", "月亮有多远？"})
    void every_chinese_answer_says_what_it_is(String question) {
        assertThat(answer(question).text()).contains("脚本演示").doesNotContain("scripted demo", "{question}");
    }

    @ParameterizedTest
    @CsvSource({"给我看看表格,表格", "show me a table,A table"})
    void the_showcase_has_everything_that_a_platform_has_to_render(String question, String heading) {
        assertThat(answer(question).text())
                .contains("## " + heading, "   - ", "\n1. ", "|:-", "```java", "> ", "**")
                .hasSizeGreaterThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"something long please", "写一篇长文"})
    void the_long_answer_is_longer_than_any_message(String question) {
        assertThat(answer(question).text()).hasSizeBetween(6_001, 20_000);
    }

    @Test
    void thinking_comes_as_reasoning() {
        assertThat(answer("please think").reasoning()).isNotEmpty();
        assertThat(answer("请思考").reasoning()).isNotEmpty();
        assertThat(answer("hello").reasoning()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"what did I say before?, My cat is Mimi.", "我刚才说了什么, 我的猫叫咪咪。"})
    void the_memory_is_the_requests_history(String question, String said) {
        ChatRequest request =
                new ChatRequest("", List.of(Turn.user(said), Turn.assistant("x"), Turn.user(question)), "");
        try (Lab lab = new Lab(SimulatorOptions.defaults().withTimeScale(0))) {
            for (Dialect dialect : Dialect.values()) {
                assertThat(Collected.ask(lab.client(dialect), request).text()).contains("> " + said);
                assertThat(Collected.ask(lab.client(dialect), question).text()).doesNotContain("> ");
            }
        }
    }

    private static Reply answer(String question) {
        return new DemoScript().answer(new Question(Dialect.QIANFAN_V2, "m", "", List.of(Turn.user(question)), ""));
    }
}
