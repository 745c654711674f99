package io.erniegateway.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbox;
import io.erniegateway.connectors.simulated.SimulatedChats.Meter;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.web.MemoryTranscript;
import io.erniegateway.connectors.web.WebChat;
import io.erniegateway.connectors.web.WebConnector;
import io.erniegateway.gateway.browser.Browser;
import io.erniegateway.gateway.browser.BrowserExtension;
import io.undertow.Undertow;
import io.undertow.server.RoutingHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The demo page in a real browser. */
@ExtendWith(BrowserExtension.class)
class DemoPageTest {
    private static final String TELEGRAM = ".sim-telegram ";
    private static final String SLACK = ".sim-slack ";

    private final WebChat settings = new WebChat("web", "小文 Ernie");
    private final WebConnector web = new WebConnector(settings, new MemoryTranscript());
    private final List<ChatId> webChats = new CopyOnWriteArrayList<>();
    private final ScriptedChats telegram = new ScriptedChats();
    private final ScriptedChats slack = new ScriptedChats();
    private final DemoRoutes demo = new DemoRoutes(
            List.of(
                    new DemoWindow(
                            "telegram",
                            "Telegram",
                            DemoWindow.Look.TELEGRAM,
                            "tg",
                            telegram,
                            ScriptedChats.ROOM,
                            "Lin",
                            false),
                    new DemoWindow(
                            "slack", "Slack", DemoWindow.Look.SLACK, "sl", slack, ScriptedChats.ROOM, "Lin", true)),
            settings,
            List.of(new DemoRoutes.Link("Health", "/health"), new DemoRoutes.Link("Metrics", "/metrics")));
    private final Undertow server;
    private final Browser browser;

    DemoPageTest(Browser browser) {
        this.browser = browser;
        RoutingHandler routes = new RoutingHandler();
        web.addRoutes(routes);
        demo.addTo(routes);
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(1)
                .setWorkerThreads(4)
                .setHandler(routes)
                .build();
    }

    @BeforeEach
    void start() {
        server.start();
        web.start(inbound -> {
            if (inbound instanceof Inbound.Written written) {
                webChats.add(written.chat());
            }
            return Inbox.Receipt.STORED;
        });
    }

    @AfterEach
    void close() {
        demo.close();
        web.close();
        server.stop();
    }

    private void open() {
        var address = (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
        browser.open(URI.create("http://127.0.0.1:" + address.getPort() + "/"));
        browser.see(".sim-telegram .sim-quiet");
        browser.see(".chat .empty h2");
    }

    @Test
    void a_message_in_a_window_reaches_its_platform_and_the_answer_grows_in_place() {
        open();
        browser.click(TELEGRAM + "textarea");
        browser.type("你好 <b>", Keys.ENTER);
        browser.see(TELEGRAM + ".person .prose", "你好 <b>");
        telegram.busy("", 6_000);
        browser.see(TELEGRAM + ".sim-sign", "Ernie is writing …");
        Seen answer = telegram.botSays("", "一", "<p>一</p>");
        browser.see(TELEGRAM + ".bot .prose", "一");
        browser.see(TELEGRAM + ".sim-sign", "");
        telegram.edit(answer, "<p>一，<b>二</b></p>");
        browser.see(TELEGRAM + ".bot .prose", "一，二");
        browser.see(TELEGRAM + ".bot .sim-edited", "edited");
        telegram.delete(answer);
        browser.seeNo(TELEGRAM + ".sim-line.bot");
    }

    @Test
    void answers_in_slack_stand_in_their_thread_and_the_next_message_goes_there_too() {
        open();
        browser.click(SLACK + "textarea");
        browser.type("first", Keys.ENTER);
        browser.see(SLACK + ".sim-where");
        String root = slack.messages(ScriptedChats.ROOM).getFirst().id();
        slack.botSays(root, "answer", "<p>answer</p>");
        browser.see(SLACK + ".sim-thread .bot .prose", "answer");
        browser.click(SLACK + "textarea");
        browser.type("second", Keys.ENTER);
        browser.see(SLACK + ".sim-thread .person .prose", "second");
        assertThat(slack.messages(ScriptedChats.ROOM).getLast().thread()).isEqualTo(root);
        browser.click(SLACK + ".sim-where button");
        browser.click(SLACK + "textarea");
        browser.type("another matter", Keys.ENTER);
        browser.eventually(() -> slack.messages(ScriptedChats.ROOM).size() == 4);
        assertThat(slack.messages(ScriptedChats.ROOM).getLast().thread()).isEmpty();
    }

    @Test
    void one_click_asks_everywhere() {
        open();
        browser.click(".demo-chip");
        browser.eventually(() -> webChats.size() == 1
                && telegram.messages(ScriptedChats.ROOM).size() == 1
                && slack.messages(ScriptedChats.ROOM).size() == 1);
        browser.see(".chat .person .bubble");
        browser.see(TELEGRAM + ".person");
        browser.see(SLACK + ".person");
    }

    @Test
    void meters_move_and_other_rooms_stay_hidden() {
        open();
        telegram.add("another room", "secret");
        telegram.metered(new Meter(19, 20, "per minute", 120, 3));
        demo.meter().shown("tg", 340);
        browser.see("#panel-telegram .calls", "19 / 20 calls a minute");
        browser.see("#panel-telegram .refused", "3 refused");
        browser.see("#panel-telegram .lag", "340 ms behind the model");
        browser.see("#panel-web .lag", "no answer yet");
        assertThat(browser.visible(TELEGRAM + ".sim-line")).isEmpty();
    }

    @Test
    void what_the_simulator_did_not_take_comes_back() {
        open();
        telegram.breakDown();
        browser.click(TELEGRAM + "textarea");
        browser.type("keep me", Keys.ENTER);
        browser.see(TELEGRAM + ".sim-error");
        assertThat(browser.see(TELEGRAM + "textarea").getAttribute("value")).isEqualTo("keep me");
    }

    @Test
    void everything_that_is_not_real_says_so() {
        open();
        assertThat(browser.texts(".demo-model").getFirst()).contains("not an AI model");
        assertThat(browser.texts(".sim-tag")).containsExactly("simulator", "simulator");
        assertThat(browser.texts(".demo-foot a")).containsExactly("Health", "Metrics");
    }

    @ParameterizedTest
    @CsvSource({"1440,900,false,en-US", "1440,900,true,zh-CN", "390,844,false,zh-CN", "390,844,true,en-US"})
    void the_page_fits_every_screen(int width, int height, boolean dark, String language) {
        browser.screen(width, height).media(dark, true).language(language);
        open();
        String look = width + (dark ? "-dark" : "-light");
        browser.screenshot("demo-empty-" + look);
        browser.click(".demo-chips button:nth-of-type(2)");
        browser.eventually(() -> webChats.size() == 1
                && telegram.messages(ScriptedChats.ROOM).size() == 1
                && slack.messages(ScriptedChats.ROOM).size() == 1);
        String html = web.render(SAMPLE).markup();
        web.post(webChats.getFirst(), web.render(SAMPLE));
        telegram.edit(telegram.botSays("", "x", "<p>x</p>"), html);
        String root = slack.messages(ScriptedChats.ROOM).getFirst().id();
        slack.edit(slack.botSays(root, "x", "<p>x</p>"), html);
        slack.busy(root, 6_000);
        telegram.metered(new Meter(12, 20, "per minute", 61, 0));
        slack.metered(new Meter(48, 50, "per minute", 48, 1));
        demo.meter().shown("web", 48);
        demo.meter().shown("tg", 930);
        demo.meter().shown("sl", 1_210);
        browser.eventually(() -> browser.texts("#panel-web .lag").stream().anyMatch(t -> t.startsWith("48 ms")));
        assertThat(browser.js("return innerWidth")).isEqualTo((long) width);
        assertThat(browser.js("return document.documentElement.scrollWidth")).isEqualTo((long) width);
        browser.screenshot("demo-answer-" + look);
        if (width == 390) {
            browser.click(".demo-tabs button:nth-child(2)");
            browser.see(".demo-tabs button:nth-child(2)[aria-pressed=true]");
            browser.screenshot("demo-telegram-" + look);
            browser.click(".demo-tabs button:nth-child(3)");
            browser.see(".demo-tabs button:nth-child(3)[aria-pressed=true]");
            browser.screenshot("demo-slack-" + look);
        }
    }

    private static final String SAMPLE = """
            **HashMap** 没有顺序，**TreeMap** 按键排序：

            | 实现 | 顺序 | 查找 |
            |---|---|---:|
            | `HashMap` | 无 | O(1) |
            | `TreeMap` | 键的顺序 | O(log n) |

            ```java
            Map<String, Integer> stock = new TreeMap<>();
            stock.merge("苹果", 3, Integer::sum);
            ```

            需要稳定的遍历顺序时，也可以看看 *LinkedHashMap*。
            """;
}
