package io.erniegateway.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbox;
import io.erniegateway.connectors.MessageRef;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The web chat's page in a real browser, with a bot that does what the test says. */
@ExtendWith(BrowserExtension.class)
class ChatPageTest {
    private static final String BOX = "textarea.composer-text";
    private static final String LAST = ".bot.last .prose";

    private final ScriptedBot bot = new ScriptedBot();
    private final Browser browser;

    ChatPageTest(Browser browser) {
        this.browser = browser;
    }

    @AfterEach
    void close() {
        bot.close();
    }

    private void say(String text) {
        browser.click(BOX);
        browser.type(text, Keys.ENTER);
    }

    private void open() {
        browser.open(bot.page());
        browser.see(".empty h2");
    }

    @Test
    void a_message_is_sent_dots_show_at_once_and_the_answer_grows() {
        open();
        say("你好");
        browser.see(".person .bubble", "你好");
        browser.see(".dots");
        bot.heard(1);
        MessageRef answer = bot.says("你好！");
        browser.see(LAST, "你好！");
        browser.seeNo(".dots");
        bot.changes(answer, "你好！我是**小文**。");
        browser.see(LAST, "你好！我是小文。");
        browser.see(".bot strong", "小文");
        browser.seeNo(".stop");
        browser.see(".retry");
    }

    @Test
    void what_was_said_is_there_after_a_reload() {
        open();
        say("remember");
        bot.heard(1).says("- one\n- two");
        browser.see(LAST, "one\ntwo");
        browser.reload();
        browser.see(".person .bubble", "remember");
        browser.see(LAST, "one\ntwo");
    }

    @Test
    void stop_is_offered_while_the_bot_is_busy_and_only_then() {
        open();
        assertThat(browser.visible(".stop")).isEmpty();
        say("count to a million");
        bot.heard(1);
        browser.click(".stop");
        browser.eventually(() -> bot.arrived().getLast() instanceof Inbound.Stopped);
        browser.seeNo(".stop");
        browser.seeNo(".dots");
    }

    @Test
    void clear_asks_once_more_and_then_empties_the_page_before_the_bot_says_anything() {
        open();
        say("hello");
        bot.heard(1).says("hi");
        browser.see(LAST, "hi");
        browser.click(".clear");
        browser.see(".clear.sure");
        assertThat(bot.texts()).containsExactly("hello");
        browser.click(".clear");
        browser.seeNo(".line");
        browser.see(".empty h2");
        assertThat(bot.texts()).containsExactly("hello", "/new");
    }

    @Test
    void retry_asks_the_gateway_again_without_a_line_of_its_own() {
        open();
        say("hello");
        bot.heard(1).says("hi");
        browser.click(".retry");
        bot.heard(2);
        assertThat(bot.texts()).containsExactly("hello", "/retry");
        browser.see(".dots");
        assertThat(browser.texts(".person .bubble")).containsExactly("hello");
    }

    @Test
    void enter_while_composing_chinese_chooses_a_word_and_sends_nothing() {
        open();
        browser.click(BOX);
        browser.cdp("Input.imeSetComposition", Map.of("text", "nihao", "selectionStart", 5, "selectionEnd", 5));
        browser.js("document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
                + " {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))");
        browser.js("document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
                + " {key: 'Enter', keyCode: 229, bubbles: true, cancelable: true}))");
        assertThat(browser.visible(".person")).isEmpty();
        browser.cdp("Input.insertText", Map.of("text", "你好"));
        browser.type(Keys.ENTER);
        browser.see(".person .bubble", "你好");
        assertThat(bot.heard(1).texts()).containsExactly("你好");
    }

    @Test
    void shift_and_enter_starts_a_new_line_and_the_box_grows() {
        open();
        long before = height();
        browser.click(BOX);
        browser.type("one", Keys.chord(Keys.SHIFT, Keys.ENTER), "two", Keys.chord(Keys.SHIFT, Keys.ENTER), "three");
        assertThat(height()).isGreaterThan(before + 40);
        browser.type(Keys.ENTER);
        bot.heard(1);
        assertThat(bot.texts()).containsExactly("one\ntwo\nthree");
        assertThat(height()).isEqualTo(before);
    }

    private long height() {
        return browser.see(BOX).getSize().getHeight();
    }

    @Test
    void a_text_that_is_too_long_comes_back_with_a_kind_word() {
        open();
        browser.js("const t = document.querySelector('textarea'); t.value = '长'.repeat(16001);"
                + " t.dispatchEvent(new Event('input')); t.focus()");
        browser.see(".composer-count.over", "16001 / 16000");
        browser.type(Keys.ENTER);
        browser.see(".composer-error");
        assertThat(browser.texts(".composer-error").getFirst()).contains("too long");
        assertThat(browser.see(BOX).getAttribute("value")).hasSize(16_001);
        assertThat(browser.visible(".person")).isEmpty();
        assertThat(bot.texts()).isEmpty();
    }

    @Test
    void what_could_not_be_kept_comes_back_and_can_be_sent_again() {
        open();
        bot.inbox(inbound -> {
            throw new IllegalStateException("the disk is full");
        });
        say("important");
        browser.see(".composer-error");
        browser.seeNo(".dots");
        assertThat(browser.see(BOX).getAttribute("value")).isEqualTo("important");
        bot.inbox(inbound -> Inbox.Receipt.FULL);
        browser.type(Keys.ENTER);
        browser.eventually(
                () -> browser.texts(".composer-error").stream().anyMatch(t -> t.contains("A lot is waiting")));
        bot.inbox(inbound -> Inbox.Receipt.STORED);
        browser.type(Keys.ENTER);
        browser.see(".person .bubble", "important");
        browser.seeNo(".composer-error");
        assertThat(bot.heard(1).texts()).containsExactly("important");
    }

    @Test
    void a_lost_connection_is_said_mends_itself_and_misses_nothing() {
        open();
        say("hello");
        bot.heard(1).says("one");
        browser.see(LAST, "one");
        bot.pause();
        browser.see(".connection");
        bot.resume();
        bot.says("two");
        browser.see(LAST, "two");
        browser.seeNo(".connection");
    }

    @Test
    void everything_can_be_done_by_keyboard() {
        open();
        browser.type("hello", Keys.ENTER);
        bot.heard(1).says("```java\nint a;\n```");
        browser.see(".retry");
        browser.js("document.querySelector('.retry').focus()");
        browser.tab(1);
        browser.type(Keys.chord(Keys.SHIFT, Keys.TAB));
        assertThat(browser.js("return getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        browser.type(Keys.ENTER);
        bot.heard(2);
        assertThat(browser.js("return document.activeElement.tagName")).isEqualTo("TEXTAREA");
        List<?> reachable = (List<?>)
                browser.js(
                        "return [...document.querySelectorAll('button, textarea, .scroll, pre')]"
                                + ".filter(e => e.offsetParent && e.tabIndex >= 0).map(e => e.getAttribute('aria-label') ?? e.textContent)");
        assertThat(reachable)
                .asString()
                .contains("Clear chat", "Copy", "Try again", "Stop the answer", "Write a message");
    }

    @Test
    void a_reader_who_scrolled_up_is_left_alone_and_can_jump_back() {
        open();
        say("long");
        MessageRef answer = bot.heard(1).says("line\n\n".repeat(60));
        browser.eventually(() -> atEnd());
        browser.js("document.querySelector('.scroll').scrollTop = 0");
        browser.see(".jump");
        bot.changes(answer, "line\n\n".repeat(90));
        browser.eventually(() ->
                browser.js("return document.querySelectorAll('.bot p').length").equals(90L));
        assertThat(browser.js("return document.querySelector('.scroll').scrollTop"))
                .isEqualTo(0L);
        browser.click(".jump");
        browser.eventually(() -> atEnd());
        browser.seeNo(".jump");
    }

    private boolean atEnd() {
        return browser.js(
                        "const s = document.querySelector('.scroll');"
                                + " return s.scrollHeight > s.clientHeight && s.scrollHeight - s.scrollTop - s.clientHeight < 2")
                .equals(true);
    }

    @Test
    void code_is_copied_without_its_frame() {
        open();
        say("code");
        bot.heard(1).says("```java\nint a = 1 < 2;\n```");
        browser.see(".retry");
        browser.js("window.copied = ''; navigator.clipboard.writeText = async (t) => { window.copied = t }");
        browser.click("[data-copy]");
        browser.see("[data-copy]", "Copied");
        assertThat(browser.js("return window.copied")).isEqualTo("int a = 1 < 2;");
    }

    @Test
    void a_finished_answer_is_told_once_to_those_who_listen() {
        open();
        say("hello");
        MessageRef answer = bot.heard(1).says("part");
        bot.changes(answer, "part and rest");
        browser.eventually(() -> browser.js("return document.querySelector('[role=status].unseen').textContent")
                .equals("小文 Ernie has answered: part and rest"));
    }

    @Test
    void a_reader_who_wants_no_motion_gets_none() {
        browser.media(false, true);
        open();
        say("hello");
        bot.heard(1).says("word ".repeat(2_000));
        browser.see(LAST);
        assertThat(browser.see(LAST).getText()).hasSize(9_999);
    }

    @ParameterizedTest
    @CsvSource({"1440,900,false,zh-CN", "1440,900,true,en-US", "390,844,false,zh-CN", "390,844,true,zh-CN"})
    void the_page_fits_every_screen(int width, int height, boolean dark, String language) {
        browser.screen(width, height).media(dark, true).language(language);
        open();
        String look = width + (dark ? "-dark" : "-light");
        browser.screenshot("chat-empty-" + look);
        say("用表格比较一下 Java 的 Map 实现，再给一个例子。");
        bot.heard(1).says(SAMPLE);
        browser.see(".retry");
        say("谢谢！And one more thing: how do I sort it?");
        bot.heard(2);
        browser.see(".dots");
        browser.screenshot("chat-busy-" + look);
        assertThat(browser.js("return innerWidth")).isEqualTo((long) width);
        assertThat(browser.js("return document.documentElement.scrollWidth")).isEqualTo((long) width);
        assertThat(browser.js("return document.documentElement.lang")).isEqualTo(language.substring(0, 2));
        browser.js("document.querySelector('.scroll').scrollTop = 0");
        browser.eventually(() -> browser.visible(".jump").isEmpty() == (height > 860));
        browser.screenshot("chat-answer-" + look);
    }

    private static final String SAMPLE = """
            ## 三种常用的 Map

            **注意：**下面的复杂度都是平均情况。

            | 实现 | 顺序 | 查找 | 适合 |
            |---|---|---:|---|
            | `HashMap` | 无 | O(1) | 一般用途，最常见的选择 |
            | `LinkedHashMap` | 插入顺序 | O(1) | 缓存、需要稳定的遍历顺序 |
            | `TreeMap` | 键的顺序 | O(log n) | 范围查询 |

            一个例子：

            ```java
            Map<String, Integer> stock = new TreeMap<>();
            stock.merge("苹果", 3, Integer::sum);
            stock.forEach((name, count) -> System.out.println(name + ": " + count));
            ```

            1. 先想清楚**是否需要顺序**；
            2. 再看[官方文档](https://docs.example/map)。

            > 没有“最好”的实现，只有最合适的。
            """;
}
