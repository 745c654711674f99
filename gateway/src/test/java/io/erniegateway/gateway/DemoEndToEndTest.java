package io.erniegateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.simulated.SimulatedChats;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.slack.SlackSimulator;
import io.erniegateway.connectors.simulated.telegram.TelegramSimulator;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import io.erniegateway.gateway.browser.Browser;
import io.erniegateway.gateway.browser.BrowserExtension;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The demo as a newcomer sees it: a real browser before real connectors, simulators and the real client. */
@ExtendWith(BrowserExtension.class)
class DemoEndToEndTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String WEB = ".chat ";
    private static final String TELEGRAM = ".sim-telegram ";
    private static final String SLACK = ".sim-slack ";

    /** Says the same with and without markup, so that the text on the screen can be compared to the character. */
    private static final String MARKDOWN =
            "流式回答让读者**立刻**看到内容，而不是等到最后。The answer *grows* while it is written，每一次编辑都在限额之内。"
                    + "这里有 `code` 和 ~~删除线~~，还有表情 😀👨‍👩‍👧。最后一句：**注意：**完整的文本必须一字不差。";

    private static final String TEXT =
            MARKDOWN.replace("*", "").replace("`", "").replace("~", "");

    @TempDir
    private Path folder;

    private final Browser browser;
    private Demo demo;
    private URI page;

    DemoEndToEndTest(Browser browser) {
        this.browser = browser;
    }

    private void start(SimulatorOptions model) {
        demo = new Demo(0, folder.resolve("demo.db"), model);
        page = URI.create("http://127.0.0.1:" + demo.start() + "/");
        await().atMost(SOON).until(() -> demo.health().allRun());
        browser.open(page);
        browser.see(".chat .empty h2");
    }

    @BeforeEach
    void startWithOneAnswer() {
        Reply reply = Reply.of(MARKDOWN).at(Profile.V1_CLASSIC);
        start(SimulatorOptions.defaults().withScript(question -> reply));
    }

    @AfterEach
    void stop() {
        demo.close();
    }

    /** Notes every different text that the last message of the bot shows, from now on. */
    private void watchTexts(String css) {
        Object unused = browser.js("""
                const css = arguments[0];
                window.seenTexts = [];
                const look = () => {
                  const all = document.querySelectorAll(css);
                  const text = all.length ? all[all.length - 1].textContent : '';
                  if (text && window.seenTexts.at(-1) !== text) window.seenTexts.push(text.trim());
                };
                new MutationObserver(look).observe(document.body,
                    {subtree: true, childList: true, characterData: true});
                """, css);
    }

    private List<?> seenTexts() {
        return (List<?>) browser.js("return window.seenTexts");
    }

    private void ask(String window, String text) {
        browser.click(window + "textarea");
        browser.type(text, Keys.ENTER);
    }

    private void seesItGrow(String answer) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(seenTexts()).isNotEmpty().last().asString().isEqualTo(TEXT));
        List<?> texts = seenTexts();
        assertThat(texts).as("states of %s", answer).hasSizeGreaterThanOrEqualTo(4);
        assertThat(texts).allSatisfy(state -> assertThat(state.toString()).doesNotContain("**", "`"));
    }

    private static Seen last(SimulatedChats platform, String room) {
        return platform.messages(room).getLast();
    }

    @Test
    void in_the_web_chat_the_answer_grows_to_the_models_exact_text() {
        watchTexts(WEB + ".bot .prose");
        ask(WEB, "你好");
        seesItGrow(WEB);
        browser.reload();
        browser.see(WEB + ".bot .prose", TEXT);
    }

    @Test
    void in_telegram_the_answer_grows_by_edits_to_the_models_exact_text() {
        watchTexts(TELEGRAM + ".bot .prose");
        ask(TELEGRAM, "你好");
        browser.see(TELEGRAM + ".sim-sign", "Ernie is writing …");
        seesItGrow(TELEGRAM);
        Seen message = last(demo.platforms().telegram(), TelegramSimulator.WEI);
        assertThat(message.text()).isEqualTo(TEXT);
        assertThat(message.revision()).isGreaterThanOrEqualTo(3);
        assertThat(demo.platforms().telegram().meter().refused()).isZero();
    }

    @Test
    void in_slack_the_answer_grows_in_a_stream_to_the_models_exact_text() {
        watchTexts(SLACK + ".bot .prose");
        ask(SLACK, "hello");
        seesItGrow(SLACK);
        Seen message = last(demo.platforms().slack(), SlackSimulator.DIRECT);
        assertThat(message.text()).isEqualTo(TEXT);
        assertThat(message.source()).isEqualTo(MARKDOWN);
        assertThat(message.revision()).isGreaterThanOrEqualTo(3);
        assertThat(demo.platforms().slack().meter().refused()).isZero();
    }

    @Test
    void one_click_asks_all_three_and_the_page_is_fit_to_be_shown() {
        demo.close();
        start(SimulatorOptions.defaults());
        List<String> chips = browser.texts(".demo-chip");
        assertThat(chips).hasSizeGreaterThanOrEqualTo(3);
        browser.click(".demo-chip:nth-of-type(2)");
        for (String window : List.of(WEB, TELEGRAM, SLACK)) {
            await().atMost(SOON)
                    .until(() -> !browser.texts(window + ".bot .prose").isEmpty());
        }
        Path growing = browser.screenshot("end-to-end-growing-1440");
        await().atMost(SOON)
                .until(() -> demo.platforms().ernie().openStreams() == 0
                        && demo.platforms().ernie().finishedStreams() >= 3);
        assertThat(growing).exists();
        for (int width : List.of(1440, 390)) {
            for (boolean dark : List.of(false, true)) {
                browser.screen(width, width == 390 ? 844 : 900).media(dark, true);
                assertThat(browser.screenshot("end-to-end-" + width + (dark ? "-dark" : "-light")))
                        .exists();
                assertThat((Boolean) browser.js(
                                "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                        .as("nothing sticks out at %s pixels", width)
                        .isTrue();
            }
        }
        assertThat(demo.platforms().telegram().meter().refused()).isZero();
        assertThat(demo.platforms().slack().meter().refused()).isZero();
    }
}
