package io.erniegateway.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.Limits.Budget;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.Limits.Rule;
import io.erniegateway.connectors.Limits.Scope;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.gateway.budget.LimitMemory;
import io.erniegateway.gateway.budget.PlatformRule;
import io.erniegateway.gateway.delivery.Answer.End;
import io.erniegateway.gateway.events.GatewayEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BotDeliveryTest {
    private static final ChatId ANN = ChatId.direct("bot", "ann");
    private static final ChatId BOB = ChatId.direct("bot", "bob");

    private final VirtualTime time = new VirtualTime();
    private final ScriptedConnector platform = new ScriptedConnector(
            new Limits(
                    100,
                    4096,
                    List.of(
                            new Budget(
                                    "chat",
                                    Scope.ROOM,
                                    Set.of(Call.POST, Call.EDIT),
                                    new Rule.Bucket(2, Duration.ofSeconds(1))),
                            new Budget(
                                    "bot",
                                    Scope.BOT,
                                    Set.of(Call.values()),
                                    new Rule.Window(30, Duration.ofSeconds(1)))),
                    Duration.ofSeconds(5)),
            time,
            Duration.ZERO);
    private final List<GatewayEvent> events = new ArrayList<>();
    private final List<String> journal = new ArrayList<>();
    private final BotDelivery delivery = delivery(platform);
    private final AtomicInteger lost = new AtomicInteger();

    private BotDelivery delivery(ScriptedConnector to) {
        return delivery(
                to,
                new Pace(Duration.ofMillis(300), 20),
                (turn, part, message) -> journal.add(turn + "/" + part + " " + message.id()));
    }

    private BotDelivery delivery(ScriptedConnector to, Pace pace, Journal written) {
        return new BotDelivery(
                to,
                new BotDelivery.Setting(
                        pace, Native.AUTO, written, LimitMemory.NONE, events::add, time, Clock.systemUTC(), time));
    }

    private Answer begin(ChatId chat) {
        return delivery.begin(7, chat, List.of(), author());
    }

    private Answer.Author author() {
        return new Answer.Author() {
            @Override
            public void lost() {
                lost.incrementAndGet();
            }
        };
    }

    private void at(long millis, Runnable what) {
        time.at(Duration.ofMillis(millis), what);
    }

    private void runUntil(long millis) {
        time.run(delivery, Duration.ofMillis(millis));
    }

    @Test
    void the_reader_sees_a_typing_sign_at_once_and_again_before_it_fades() {
        begin(ANN);
        runUntil(9000);
        assertThat(platform.calls).containsExactly("0 typing ann", "4000 typing ann", "8000 typing ann");
    }

    @Test
    void the_first_text_waits_a_little_so_that_the_notification_says_something() {
        Answer answer = begin(ANN);
        at(1000, () -> answer.append("你"));
        at(1100, () -> answer.append("好"));
        runUntil(1500);
        assertThat(platform.calls).containsExactly("0 typing ann", "1300 post 你好");
    }

    @Test
    void enough_first_text_does_not_wait() {
        Answer answer = begin(ANN);
        at(1000, () -> answer.append("twenty characters at once"));
        runUntil(1200);
        assertThat(platform.calls).contains("1000 post twenty characters at once");
    }

    @Test
    void the_newest_text_wins_and_the_limit_is_kept_to_the_call() {
        Answer answer = begin(ANN);
        for (int i = 0; i < 40; i++) {
            String chunk = String.valueOf((char) ('a' + i % 10));
            at(100L * i, () -> answer.append(chunk));
        }
        at(4000, answer::finish);
        runUntil(6000);
        String whole = "abcdefghij".repeat(4);
        List<Long> times = new ArrayList<>();
        for (String call : texts()) {
            long at = Long.parseLong(call.substring(0, call.indexOf(' ')));
            times.add(at * 1_000_000);
            assertThat(call).endsWith(" " + whole.substring(0, (int) Math.min(40, at / 100 + 1)));
        }
        assertThat(PlatformRule.takesAll(new Rule.Bucket(2, Duration.ofSeconds(1)), times))
                .isTrue();
        assertThat(texts())
                .startsWith("300 post abcd")
                .as("a token is kept for the end, which comes at once")
                .endsWith("4000 edit " + whole)
                .as("a bucket of two lets six calls through until then")
                .hasSizeBetween(5, 6);
    }

    @Test
    void a_finished_answer_ends_when_its_last_text_is_seen() throws InterruptedException {
        Answer answer = begin(ANN);
        at(0, () -> {
            answer.append("all of it");
            answer.finish();
        });
        runUntil(10);
        assertThat(answer.await()).isEqualTo(new End.Delivered());
        assertThat(platform.visible()).containsExactly("all of it");
        assertThat(journal).containsExactly("7/0 ann-0");
        assertThat(events).contains(new GatewayEvent.TextShown("bot", Duration.ZERO, true));
    }

    @Test
    void finishing_without_new_text_costs_no_call() throws InterruptedException {
        Answer answer = begin(ANN);
        at(0, () -> answer.append("a sentence that is complete."));
        at(3000, answer::finish);
        runUntil(5000);
        assertThat(answer.await()).isEqualTo(new End.Delivered());
        assertThat(platform.calls).containsExactly("0 typing ann", "0 post a sentence that is complete.");
    }

    @Test
    void the_last_text_is_delivered_even_after_a_flood() throws InterruptedException {
        Answer answer = begin(ANN);
        at(0, () -> answer.append("a first text long enough"));
        at(1000, () -> {
            platform.refuse(new Refusal.SlowDown(Duration.ofSeconds(149), "Too Many Requests: retry after 149"));
            answer.append(" second");
        });
        at(1500, () -> {
            answer.append(" last");
            answer.finish();
        });
        runUntil(200_000);
        assertThat(answer.await()).isEqualTo(new End.Delivered());
        assertThat(platform.visible()).containsExactly("a first text long enough second last");
        assertThat(texts())
                .containsExactly(
                        "0 post a first text long enough",
                        "1000 edit a first text long enough second",
                        "150000 edit a first text long enough second last");
        assertThat(platform.calls)
                .filteredOn(call -> call.contains("typing"))
                .as("a sign of life at once, and more and more rarely")
                .contains("1000 typing ann", "5000 typing ann")
                .hasSizeBetween(10, 30);
    }

    @Test
    void a_refusal_in_one_chat_does_not_hold_up_another() {
        platform.refuse(new Refusal.SlowDown(Duration.ofSeconds(60), "flood"));
        Answer ann = begin(ANN);
        Answer bob = begin(BOB);
        at(0, () -> ann.append("text for ann, refused"));
        at(10, () -> bob.append("text for bob, who waits not"));
        runUntil(1000);
        assertThat(platform.visible()).containsExactly("text for bob, who waits not");
    }

    @Test
    void an_edit_that_got_no_answer_is_sent_again_with_growing_patience() throws InterruptedException {
        Answer answer = begin(ANN);
        at(0, () -> answer.append("a first text long enough"));
        at(2000, () -> {
            Refusal down = new Refusal.Unreachable("502", true);
            platform.refuse(down, down, down);
            answer.append("!");
            answer.finish();
        });
        runUntil(20_000);
        assertThat(answer.await()).isEqualTo(new End.Delivered());
        assertThat(platform.calls)
                .filteredOn(call -> call.contains("edit"))
                .extracting(call -> call.substring(0, call.indexOf(' ')))
                .containsExactly("2000", "3000", "5000", "9000");
    }

    @Test
    void a_platform_that_stays_silent_for_a_quarter_of_an_hour_loses_the_answer_and_says_so()
            throws InterruptedException {
        Answer answer = begin(ANN);
        for (int i = 0; i < 100; i++) {
            platform.refuse(new Refusal.Unreachable("no route", false));
        }
        at(0, () -> {
            answer.append("never seen by anybody");
            answer.finish();
        });
        runUntil(30 * 60_000);
        assertThat(answer.await()).isEqualTo(new End.Lost("no route"));
        assertThat(lost).hasValue(1);
        assertThat(events).contains(new GatewayEvent.AnswerLost("bot", "no route"));
    }

    @Test
    void markup_that_the_platform_rejects_goes_as_plain_characters() throws InterruptedException {
        platform.refuse(new Refusal.Rejected("can't parse entities"));
        Answer answer = begin(ANN);
        at(0, () -> {
            answer.append("**bold** text");
            answer.finish();
        });
        runUntil(5000);
        assertThat(answer.await()).isEqualTo(new End.Delivered());
        assertThat(platform.calls)
                .contains("0 post **bold** text")
                .anyMatch(call -> call.contains("post plain **bold**"));
    }

    @Test
    void what_is_rejected_even_plain_is_lost() throws InterruptedException {
        platform.refuse(new Refusal.Rejected("no"), new Refusal.Rejected("not even plain"));
        Answer answer = begin(ANN);
        at(0, () -> answer.append("some text that nobody takes"));
        runUntil(5000);
        assertThat(answer.await()).isEqualTo(new End.Lost("not even plain"));
    }

    @Test
    void a_chat_that_is_gone_ends_the_answer_at_once() throws InterruptedException {
        platform.refuse(new Refusal.Gone("bot was blocked by the user"));
        Answer answer = begin(ANN);
        at(0, () -> answer.append("some text for nobody at all"));
        runUntil(1000);
        assertThat(answer.await()).isEqualTo(new End.Lost("bot was blocked by the user"));
        assertThat(lost).hasValue(1);
        at(1000, () -> answer.append("more"));
        runUntil(9000);
        assertThat(platform.calls).filteredOn(call -> !call.contains("typing")).hasSize(1);
    }

    @Test
    void a_post_whose_answer_was_lost_is_counted_as_doubtful() {
        platform.refuse(new Refusal.Unreachable("connection reset", true));
        Answer answer = begin(ANN);
        at(0, () -> answer.append("perhaps seen, perhaps not"));
        runUntil(3000);
        assertThat(events).contains(new GatewayEvent.PostInDoubt("bot"));
        assertThat(platform.visible()).containsExactly("perhaps seen, perhaps not");
    }

    @Test
    void text_that_comes_during_a_call_is_unseen_from_then_on_and_not_from_the_start() {
        Answer answer = begin(ANN);
        at(0, () -> answer.append("a first text long enough"));
        at(3000, () -> {
            answer.append(" second");
            platform.during = () -> {
                platform.during = () -> {};
                answer.append(" third");
            };
        });
        runUntil(10_000);
        assertThat(texts()).hasSize(3);
        String last = texts().getLast();
        long shown = Long.parseLong(last.substring(0, last.indexOf(' ')));
        assertThat(last).endsWith("second third");
        assertThat(shown).isBetween(3001L, 9000L);
        assertThat(events)
                .filteredOn(GatewayEvent.TextShown.class::isInstance)
                .extracting(event -> ((GatewayEvent.TextShown) event).lag().toMillis())
                .containsExactly(0L, 0L, shown - 3000);
    }

    @Test
    void a_journal_that_fails_does_not_make_us_post_again() throws InterruptedException {
        BotDelivery careless = delivery(platform, Pace.DEFAULT, (turn, part, message) -> {
            throw new IllegalStateException("the disk is full");
        });
        Answer answer = careless.begin(7, ANN, List.of(), author());
        at(0, () -> {
            answer.append("said once");
            answer.finish();
        });
        time.run(careless, Duration.ofSeconds(60));
        assertThat(answer.await()).isEqualTo(new End.Delivered());
        assertThat(platform.visible()).containsExactly("said once");
    }

    @Test
    void an_answer_longer_than_a_message_goes_on_in_the_next_one_in_order() throws InterruptedException {
        Answer answer = begin(ANN);
        String text = "0123456789 ".repeat(25).strip();
        at(0, () -> {
            answer.append(text);
            answer.finish();
        });
        runUntil(10_000);
        assertThat(answer.await()).isEqualTo(new End.Delivered());
        assertThat(platform.visible()).hasSize(3);
        assertThat(String.join(" ", platform.visible())).isEqualTo(text);
        assertThat(journal).containsExactly("7/0 ann-0", "7/1 ann-1", "7/2 ann-2");
        assertThat(platform.calls).noneMatch(call -> call.contains("edit"));
    }

    @Test
    void a_retraction_leaves_no_old_text_in_any_message() throws InterruptedException {
        Answer answer = begin(ANN);
        at(0, () -> answer.append("0123456789 ".repeat(25)));
        at(10_000, () -> {
            answer.replace("taken back");
            answer.finish();
        });
        runUntil(20_000);
        assertThat(answer.await()).isEqualTo(new End.Delivered());
        assertThat(platform.visible()).containsExactly("taken back", Answer.WITHDRAWN, Answer.WITHDRAWN);
    }

    @Test
    void after_a_restart_the_half_written_message_is_finished_in_place() throws InterruptedException {
        Answer before = begin(ANN);
        at(0, () -> before.append("half of a sentence that"));
        runUntil(1000);
        Answer after = delivery.begin(7, ANN, List.of(new MessageRef(ANN, "ann-0")), author());
        at(1000, () -> {
            after.append("the whole sentence.");
            after.finish();
        });
        runUntil(5000);
        assertThat(after.await()).isEqualTo(new End.Delivered());
        assertThat(platform.visible()).containsExactly("the whole sentence.");
    }

    @Test
    void last_texts_go_before_first_ones_and_those_before_later_ones() {
        Limits tight = new Limits(
                100,
                4096,
                List.of(new Budget(
                        "bot", Scope.BOT, Set.of(Call.POST, Call.EDIT), new Rule.Bucket(1, Duration.ofSeconds(1)))),
                Duration.ofSeconds(5));
        ScriptedConnector slow = new ScriptedConnector(tight, time, Duration.ZERO);
        BotDelivery one = delivery(slow, new Pace(Duration.ZERO, 1), (turn, part, message) -> {});
        Answer running = one.begin(1, ChatId.direct("bot", "running"), List.of(), author());
        Answer ending = one.begin(2, ChatId.direct("bot", "ending"), List.of(), author());
        Answer fresh = one.begin(3, ChatId.direct("bot", "fresh"), List.of(), author());
        at(0, () -> running.append("r1"));
        at(500, () -> ending.append("e1"));
        at(1100, () -> running.append("r2"));
        at(1200, () -> fresh.append("f1"));
        at(1300, () -> {
            ending.append("e2");
            ending.finish();
        });
        time.run(one, Duration.ofSeconds(8));
        List<String> calls =
                slow.calls.stream().filter(call -> !call.contains("typing")).toList();
        assertThat(calls)
                .startsWith("0 post r1", "1000 post e1", "2000 edit e1e2", "3000 post f1")
                .hasSize(5);
        assertThat(calls.getLast()).endsWith("edit r1r2");
    }

    @Test
    void a_long_silence_of_the_model_shows_that_the_bot_is_at_work_until_text_comes_again() {
        Answer answer = begin(ANN);
        at(0, () -> answer.append("a first text long enough"));
        at(20_000, () -> answer.stalled(true));
        at(30_000, () -> answer.stalled(false));
        runUntil(60_000);
        assertThat(platform.calls)
                .filteredOn(call -> call.contains("typing"))
                .containsExactly("0 typing ann", "20000 typing ann", "24000 typing ann", "28000 typing ann");
    }

    @Test
    void in_a_penalty_nothing_goes_to_the_room_and_the_newest_text_right_after_it() {
        Answer answer = begin(ANN);
        at(0, () -> answer.append("a first text long enough"));
        at(2000, () -> {
            platform.refuse(new Refusal.SlowDown(Duration.ofSeconds(8), "flood"));
            answer.append(" 2");
        });
        for (int i = 3; i < 10; i++) {
            int second = i;
            at(i * 1000L, () -> answer.append(" " + second));
        }
        runUntil(10_100);
        assertThat(texts())
                .containsExactly(
                        "0 post a first text long enough",
                        "2000 edit a first text long enough 2",
                        "10000 edit a first text long enough 2 3 4 5 6 7 8 9");
    }

    private static Limits apart() {
        return new Limits(
                100,
                4096,
                List.of(
                        new Budget("edits", Scope.ROOM, Set.of(Call.EDIT), new Rule.Bucket(2, Duration.ofSeconds(1))),
                        new Budget("posts", Scope.ROOM, Set.of(Call.POST), new Rule.Bucket(2, Duration.ofSeconds(1)))),
                Duration.ofSeconds(5));
    }

    private ScriptedConnector closeEditsFor(Duration penalty) {
        ScriptedConnector other = new ScriptedConnector(apart(), time, Duration.ZERO);
        BotDelivery one = delivery(other);
        Answer answer = one.begin(7, ANN, List.of(), author());
        at(0, () -> answer.append("a first text long enough"));
        at(2000, () -> {
            other.refuse(new Refusal.SlowDown(penalty, "flood"));
            answer.append(", and its end");
            answer.finish();
        });
        time.run(one, Duration.ofSeconds(100));
        assertThat(answer.isOver()).isTrue();
        return other;
    }

    @Test
    void a_finished_answer_whose_edits_are_closed_for_long_is_posted_anew_and_the_old_message_withdrawn_later() {
        ScriptedConnector other = closeEditsFor(Duration.ofSeconds(60));
        assertThat(other.calls)
                .filteredOn(call -> !call.contains("typing"))
                .containsExactly(
                        "0 post a first text long enough",
                        "2000 edit a first text long enough, and its end",
                        "2000 post a first text long enough, and its end",
                        "62000 edit " + Answer.WITHDRAWN);
        assertThat(other.visible()).containsExactly(Answer.WITHDRAWN, "a first text long enough, and its end");
        assertThat(journal).containsExactly("7/0 ann-0", "7/0 ann-1");
    }

    @Test
    void a_short_penalty_is_waited_for() {
        ScriptedConnector other = closeEditsFor(Duration.ofSeconds(20));
        assertThat(other.visible()).containsExactly("a first text long enough, and its end");
        assertThat(other.calls).contains("22000 edit a first text long enough, and its end");
    }

    /** The calls that show text. */
    private List<String> texts() {
        return platform.calls.stream().filter(call -> !call.contains("typing")).toList();
    }
}
