package io.erniegateway.connectors.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.telegram.Faults.Fault;
import io.erniegateway.connectors.simulated.telegram.FloodRules;
import io.erniegateway.connectors.simulated.telegram.FloodTally;
import io.erniegateway.connectors.simulated.telegram.HandTurnedTime;
import io.erniegateway.connectors.simulated.telegram.TelegramSimulator;
import io.erniegateway.connectors.simulated.telegram.TelegramWorld;
import io.erniegateway.connectors.simulated.telegram.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real connector and the real simulator, on one thread, in a time of the test's own. */
class TelegramInProcessTest {
    private static final String ROOM = "4001";
    private static final ChatId CHAT = ChatId.direct("bot", ROOM);
    private static final Duration THERE = Duration.ofMillis(40);
    private static final Duration BACK = Duration.ofMillis(30);

    private final HandTurnedTime time = new HandTurnedTime();
    private final List<String> seen = new ArrayList<>();
    private TelegramSimulator telegram;
    private TelegramConnector connector;

    @BeforeEach
    void open() {
        open(FloodRules.OFFICIAL);
    }

    private void open(FloodRules rules) {
        seen.clear();
        telegram =
                TelegramSimulator.inProcess(TelegramWorld.DEFAULT.withTime(time).withFlood(rules));
        telegram.addStarted(Long.parseLong(ROOM));
        telegram.witness(new Witness() {
            @Override
            public void sees(String room, String id, String text, long nanos) {
                seen.add(HandTurnedTime.millis(nanos) + " " + room + "/" + id + " " + text);
            }

            @Override
            public void loses(String room, String id, long nanos) {
                seen.add(HandTurnedTime.millis(nanos) + " " + room + "/" + id + " gone");
            }
        });
        connector = new TelegramConnector(
                TelegramBot.polling("bot", telegram.apiBase(), telegram.token()).withDrafts(),
                telegram.wire(THERE, BACK));
    }

    @AfterEach
    void close() {
        connector.close();
        telegram.close();
    }

    @Test
    void a_call_arrives_after_one_way_and_returns_after_the_other() {
        MessageRef message = posted("一");
        assertThat(time.millis()).isEqualTo(70);
        assertThat(edit(message, "一二")).isInstanceOf(EditOutcome.Applied.class);
        assertThat(connector.draft(CHAT, 9, render("三"))).isEmpty();
        assertThat(connector.typing(CHAT)).isEmpty();
        assertThat(time.millis()).isEqualTo(280);
        time.sleep(Duration.ofSeconds(60));
        posted("四");
        assertThat(seen)
                .containsExactly(
                        "40 4001/1 一",
                        "110 4001/1 一二",
                        "180 4001/draft:9 三",
                        "30180 4001/draft:9 gone",
                        "60320 4001/2 四");
        assertThat(telegram.tally())
                .isEqualTo(new FloodTally(
                        new FloodTally.Count(2, 0, 0),
                        new FloodTally.Count(1, 0, 0),
                        new FloodTally.Count(1, 0, 0),
                        new FloodTally.Count(1, 0, 0)));
    }

    @Test
    void everything_happens_on_the_thread_that_calls() {
        Thread here = Thread.currentThread();
        List<Thread> witnesses = new ArrayList<>();
        telegram.witness(new Witness() {
            @Override
            public void sees(String room, String id, String text, long nanos) {
                witnesses.add(Thread.currentThread());
            }

            @Override
            public void loses(String room, String id, long nanos) {
                witnesses.add(Thread.currentThread());
            }
        });
        connector.draft(CHAT, 1, render("a"));
        posted("b");
        assertThat(witnesses).containsExactly(here, here, here);
    }

    @Test
    void a_hidden_wait_is_slept_and_seen_in_the_tally() {
        MessageRef message = posted("0");
        for (int i = 1; i < 6; i++) {
            assertThat(edit(message, "text " + i)).isInstanceOf(EditOutcome.Applied.class);
        }
        // The sixth call may pass 3 s after the first has arrived.
        assertThat(seen.getLast()).startsWith("3040 ");
        assertThat(telegram.tally().edits()).isEqualTo(new FloodTally.Count(5, 3, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 30, 149, 7728})
    void a_penalty_is_told_enforced_and_lengthened(int seconds) {
        MessageRef message = posted("one");
        telegram.faults().nth(1, "editMessageText", new Fault.Penalty(Duration.ofSeconds(seconds)));
        assertThat(edit(message, "two")).isEqualTo(slowDown(seconds));
        assertThat(edit(message, "two")).isEqualTo(slowDown(seconds + 5));
        time.sleep(Duration.ofSeconds(seconds + 5));
        assertThat(edit(message, "two")).isInstanceOf(EditOutcome.Applied.class);
        assertThat(telegram.tally().edits()).isEqualTo(new FloodTally.Count(1, 0, 2));
        assertThat(telegram.meter().refused()).isEqualTo(2);
    }

    @Test
    void a_reset_comes_before_or_after_the_deed() {
        telegram.faults().next(new Fault.Reset(false));
        assertThat(connector.post(CHAT, render("lost"))).isEqualTo(broke());
        assertThat(texts()).isEmpty();
        telegram.faults().next(new Fault.Reset(true));
        assertThat(connector.post(CHAT, render("there"))).isEqualTo(broke());
        assertThat(texts()).containsExactly("there");
        telegram.faults().next(new Fault.ServerError(502, true));
        assertThat(connector.post(CHAT, render("too"))).isInstanceOf(Refusal.Unreachable.class);
        telegram.faults().next(new Fault.ServerError(500, false));
        assertThat(connector.post(CHAT, render("not"))).isInstanceOf(Refusal.Unreachable.class);
        telegram.faults().next(new Fault.Garbage("<html>hello</html>"));
        assertThat(connector.post(CHAT, render("garbled"))).isInstanceOf(Refusal.Unreachable.class);
        assertThat(texts()).containsExactly("there", "too", "garbled");
        assertThat(time.millis()).isEqualTo(5 * 70);
    }

    @Test
    void a_late_answer_may_be_to_an_early_or_a_late_deed() {
        telegram.faults().next(new Fault.LateAnswer(Duration.ofSeconds(8)));
        posted("early");
        assertThat(time.millis()).isEqualTo(8070);
        telegram.faults().next(new Fault.Delay(Duration.ofSeconds(8)));
        posted("late");
        assertThat(seen).containsExactly("40 4001/1 early", "16110 4001/2 late");
    }

    @Test
    void an_answer_later_than_the_client_waits_is_none() {
        telegram.faults().next(new Fault.LateAnswer(Duration.ofMinutes(10)));
        assertThat(connector.post(CHAT, render("there")))
                .isEqualTo(new Refusal.Unreachable("the Telegram API did not answer in time", true));
        assertThat(time.millis()).isBetween(30_000L, 30_100L);
        assertThat(texts()).containsExactly("there");
    }

    @Test
    void limits_may_change_while_the_bot_writes() {
        open(FloodRules.OFFICIAL.telling());
        MessageRef message = posted("0");
        telegram.enforce(new FloodRules(
                1,
                Duration.ofSeconds(10),
                5,
                Duration.ofMinutes(1),
                30,
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ZERO));
        assertThat(edit(message, "1")).isInstanceOf(Refusal.SlowDown.class);
        time.sleep(Duration.ofSeconds(20));
        assertThat(edit(message, "1")).isInstanceOf(EditOutcome.Applied.class);
        assertThat(edit(message, "2")).isEqualTo(slowDown(10));
        time.sleep(Duration.ofSeconds(10));
        telegram.enforce(FloodRules.OFFICIAL.telling());
        assertThat(edit(message, "2")).isInstanceOf(EditOutcome.Applied.class);
        assertThat(telegram.meter().allowed()).isEqualTo(60);
    }

    @Test
    void a_wrong_token_and_an_unknown_method_are_refused_as_over_http() {
        try (TelegramConnector stranger = new TelegramConnector(
                TelegramBot.polling("bot", telegram.apiBase(), "12:other"), telegram.wire(THERE, BACK))) {
            assertThat(stranger.post(CHAT, stranger.render("x"))).isEqualTo(new Refusal.Rejected("401 Unauthorized"));
        }
    }

    @Test
    void two_runs_are_the_same_to_the_letter() {
        List<String> first = run();
        close();
        open(FloodRules.OFFICIAL);
        assertThat(run()).isEqualTo(first).hasSize(400);
    }

    private List<String> run() {
        long begun = time.millis();
        List<MessageRef> messages = IntStream.range(0, 40)
                .mapToObj(i -> ChatId.direct("bot", telegram.addStarted(5000 + i)))
                .map(chat -> ((PostOutcome.Posted) connector.post(chat, render("start"))).message())
                .toList();
        for (int round = 1; round < 10; round++) {
            for (MessageRef message : messages) {
                assertThat(edit(message, "**round** " + round)).isInstanceOf(EditOutcome.Applied.class);
            }
        }
        List<String> run = seen.stream()
                .map(line -> line.split(" ", 2))
                .map(parts -> Long.parseLong(parts[0]) - begun + " " + parts[1])
                .toList();
        seen.clear();
        return run;
    }

    private static Refusal.SlowDown slowDown(int seconds) {
        return new Refusal.SlowDown(Duration.ofSeconds(seconds), "429 Too Many Requests: retry after " + seconds);
    }

    private static Refusal.Unreachable broke() {
        return new Refusal.Unreachable("the connection to the Telegram API broke", true);
    }

    private List<String> texts() {
        return telegram.messages(ROOM).stream().map(Seen::text).toList();
    }

    private Rendered render(String markdown) {
        return connector.render(markdown);
    }

    private MessageRef posted(String markdown) {
        return ((PostOutcome.Posted) connector.post(CHAT, render(markdown))).message();
    }

    private EditOutcome edit(MessageRef message, String markdown) {
        return connector.edit(message, render(markdown));
    }
}
