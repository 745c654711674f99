package io.erniegateway.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.Limits.Budget;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.Limits.Rule;
import io.erniegateway.connectors.Limits.Scope;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.gateway.budget.LimitMemory;
import io.erniegateway.gateway.delivery.Answer.End;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StreamDeliveryTest {
    private static final ChatId ANN = ChatId.direct("bot", "ann");

    private final VirtualTime time = new VirtualTime();
    private final StreamingConnector platform = new StreamingConnector(
            new Limits(
                    100,
                    4096,
                    List.of(
                            budget("posts", Call.POST),
                            budget("edits", Call.EDIT),
                            budget("starts", Call.START_STREAM),
                            budget("appends", Call.APPEND),
                            budget("stops", Call.STOP_STREAM)),
                    Duration.ofSeconds(5)),
            time);
    private final List<String> journal = new ArrayList<>();
    private final BotDelivery delivery = new BotDelivery(
            platform,
            new BotDelivery.Setting(
                    new Pace(Duration.ofMillis(300), 20),
                    Native.NATIVE,
                    (turn, part, message) -> journal.add(turn + "/" + part + " " + message.id()),
                    LimitMemory.NONE,
                    event -> {},
                    time,
                    Clock.systemUTC(),
                    time));
    private final AtomicInteger stopped = new AtomicInteger();

    private static Budget budget(String name, Call call) {
        return new Budget(name, Scope.ROOM, Set.of(call), new Rule.Bucket(2, Duration.ofSeconds(1)));
    }

    private Answer begin(List<MessageRef> posted) {
        return delivery.begin(7, ANN, posted, new Answer.Author() {
            @Override
            public void stopped() {
                stopped.incrementAndGet();
            }
        });
    }

    private Answer begin() {
        return begin(List.of());
    }

    private void at(long millis, Runnable what) {
        time.at(Duration.ofMillis(millis), what);
    }

    private void runUntil(long millis) {
        time.run(delivery, Duration.ofMillis(millis));
    }

    private List<String> texts() {
        return platform.calls.stream().filter(call -> !call.contains("typing")).toList();
    }

    private List<String> kinds() {
        return texts().stream().map(call -> call.split(" ", -1)[1]).distinct().toList();
    }

    /** Text that flows: this many words, one every so many milliseconds, then the end. */
    private static String words(int from, int to) {
        StringBuilder words = new StringBuilder();
        for (int i = from; i < to; i++) {
            words.append("word").append(i).append(' ');
        }
        return words.toString();
    }

    private void flow(Answer answer, int words, long every) {
        for (int i = 0; i < words; i++) {
            int word = i;
            at(i * every, () -> answer.append(words(word, word + 1)));
        }
        at(words * every, answer::finish);
    }

    private void assertDelivered(Answer answer) throws InterruptedException {
        assertThat(answer.isOver()).isTrue();
        assertThat(answer.await()).isEqualTo(new End.Delivered());
        assertThat(platform.hasOpen()).as("no stream is left open").isFalse();
    }

    @Test
    void a_text_that_flows_is_started_taken_on_piece_by_piece_and_stopped() throws InterruptedException {
        Answer answer = begin();
        flow(answer, 20, 200);
        runUntil(20_000);
        assertDelivered(answer);
        assertThat(platform.visible()).containsExactly(words(0, 20));
        assertThat(kinds()).containsExactly("start", "append", "stop");
        assertThat(texts()).filteredOn(call -> call.contains(" append ")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(texts().stream().map(call -> call.split(" ", 3)[2]).collect(Collectors.joining()))
                .as("only what is new is sent")
                .isEqualTo(words(0, 20));
        assertThat(journal).containsExactly("7/0 ann-0");
    }

    @Test
    void a_text_longer_than_a_stream_may_be_goes_on_in_the_next_one() throws InterruptedException {
        Answer answer = begin();
        flow(answer, 100, 100);
        runUntil(60_000);
        assertDelivered(answer);
        assertThat(platform.visible()).hasSizeGreaterThan(3);
        assertThat(String.join("", platform.visible())).isEqualTo(words(0, 100));
        assertThat(kinds()).doesNotContain("edit");
        assertThat(journal).hasSize(platform.visible().size());
    }

    @Test
    void a_stream_ends_before_the_platform_ends_it_and_the_text_goes_on_in_another() throws InterruptedException {
        Answer answer = begin();
        flow(answer, 70, 2000);
        runUntil(200_000);
        assertDelivered(answer);
        assertThat(platform.visible()).hasSizeGreaterThan(2);
        assertThat(String.join("", platform.visible())).isEqualTo(words(0, 70));
    }

    @Test
    void a_stream_of_a_silent_model_ends_in_time_too_and_nothing_empty_is_posted() throws InterruptedException {
        Answer answer = begin();
        at(0, () -> answer.append("Look at this:\n```java\nint x;\n"));
        runUntil(100_000);
        assertThat(platform.hasOpen()).isFalse();
        assertThat(platform.visible()).containsExactly("Look at this:\n```java\nint x;\n```");
        at(100_000, () -> answer.append("int y;\n```\nDone."));
        at(100_000, answer::finish);
        runUntil(120_000);
        assertDelivered(answer);
        assertThat(platform.visible())
                .containsExactly("Look at this:\n```java\nint x;\n```", "```java\nint y;\n```\nDone.");
    }

    @Test
    void code_that_is_cut_by_the_size_is_closed_and_opened_again() throws InterruptedException {
        Answer answer = begin();
        at(0, () -> answer.append("```java\n"));
        for (int i = 0; i < 40; i++) {
            String line = "line" + i + "();\n";
            at(100 + i * 150L, () -> answer.append(line));
        }
        at(6500, () -> answer.append("```"));
        at(6500, answer::finish);
        runUntil(60_000);
        assertDelivered(answer);
        assertThat(platform.visible())
                .hasSizeGreaterThan(1)
                .allSatisfy(text -> assertThat(text).startsWith("```java\n").endsWith("\n```"));
        StringBuilder code = new StringBuilder();
        for (String text : platform.visible()) {
            code.append(text, "```java\n".length(), text.length() - "```".length());
        }
        StringBuilder wanted = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            wanted.append("line").append(i).append("();\n");
        }
        assertThat(code).hasToString(wanted.toString());
    }

    @Test
    void a_stream_that_the_platform_has_closed_is_edited_from_then_on() throws InterruptedException {
        Answer answer = begin();
        platform.onAppend.add(new EditOutcome.StreamOver(false));
        flow(answer, 20, 200);
        runUntil(30_000);
        assertDelivered(answer);
        assertThat(stopped).hasValue(0);
        assertThat(platform.visible()).containsExactly(words(0, 20));
        assertThat(kinds()).containsExactly("start", "append", "edit");
    }

    @Test
    void a_stream_that_the_reader_has_stopped_tells_the_author() {
        Answer answer = begin();
        platform.onAppend.add(new EditOutcome.StreamOver(true));
        at(0, () -> answer.append("a first text long enough"));
        at(2000, () -> answer.append(" more"));
        runUntil(2500);
        assertThat(stopped).hasValue(1);
    }

    @Test
    void a_stop_that_comes_too_late_is_mended_by_an_edit() throws InterruptedException {
        Answer answer = begin();
        platform.onStop.add(new EditOutcome.StreamOver(false));
        at(0, () -> answer.append("a first text long enough"));
        at(2000, () -> {
            answer.append(" and its end");
            answer.finish();
        });
        runUntil(9000);
        assertDelivered(answer);
        assertThat(platform.visible()).containsExactly("a first text long enough and its end");
    }

    @Test
    void a_piece_that_may_or_may_not_be_there_ends_the_stream_and_an_edit_shows_the_whole()
            throws InterruptedException {
        for (boolean arrived : new boolean[] {true, false}) {
            Answer answer = begin();
            long from = time.millis();
            at(from, () -> answer.append("a first text long enough"));
            at(from + 2000, () -> {
                platform.onAppend.add(new Refusal.Unreachable("reset", true));
                if (!arrived) {
                    // It may have acted, and has not: the test takes it away again.
                    platform.whenAppended = text -> text.substring(0, "a first text long enough".length());
                }
                answer.append(" in doubt");
            });
            at(from + 9000, answer::finish);
            runUntil(from + 30_000);
            assertDelivered(answer);
            assertThat(platform.visible().getLast()).isEqualTo("a first text long enough in doubt");
        }
        assertThat(kinds()).containsExactly("start", "append", "stop", "edit");
    }

    @Test
    void a_stream_left_open_by_an_earlier_process_is_stopped_and_edited() throws InterruptedException {
        platform.leftOpen("ann-0", "half of");
        platform.onEdit.add(new EditOutcome.StreamOpen());
        Answer answer = begin(List.of(new MessageRef(ANN, "ann-0")));
        at(0, () -> {
            answer.append("half of a sentence, and the other half");
            answer.finish();
        });
        runUntil(9000);
        assertDelivered(answer);
        assertThat(platform.visible()).containsExactly("half of a sentence, and the other half");
        assertThat(kinds()).containsExactly("edit", "stop");
    }

    @Test
    void where_no_stream_can_be_started_the_text_is_posted_and_edited() throws InterruptedException {
        platform.onStart.add(new Refusal.Rejected("no streams here"));
        Answer answer = begin();
        flow(answer, 15, 200);
        runUntil(20_000);
        assertDelivered(answer);
        assertThat(platform.visible()).containsExactly(words(0, 15));
        assertThat(kinds()).containsExactly("start", "post", "edit");
    }

    @Test
    void a_stream_that_would_have_to_wait_is_a_post_at_once() throws InterruptedException {
        platform.onStart.add(new Refusal.SlowDown(Duration.ofSeconds(30), "flood"));
        Answer answer = begin();
        at(0, () -> answer.append("a first text long enough"));
        runUntil(100);
        assertThat(texts()).containsExactly("0 start a first text long enough", "0 post a first text long enough");
        at(2000, answer::finish);
        runUntil(5000);
        assertDelivered(answer);
    }

    @Test
    void pieces_that_have_to_wait_do_not_keep_the_end_from_its_reader() throws InterruptedException {
        Answer answer = begin();
        at(0, () -> answer.append("a first text long enough"));
        at(2000, () -> {
            platform.onAppend.add(new Refusal.SlowDown(Duration.ofSeconds(40), "flood"));
            answer.append(" and more");
        });
        at(5000, () -> {
            answer.append(" and the end");
            answer.finish();
        });
        runUntil(6000);
        assertDelivered(answer);
        assertThat(texts())
                .containsExactly(
                        "0 start a first text long enough", "2000 append  and more", "5000 stop  and more and the end");
    }

    @Test
    void what_is_taken_back_while_it_streams_is_gone() throws InterruptedException {
        Answer answer = begin();
        at(0, () -> answer.append("something that must not stay"));
        at(2000, () -> {
            answer.replace("sorry");
            answer.finish();
        });
        runUntil(9000);
        assertDelivered(answer);
        assertThat(platform.visible()).containsExactly("sorry");
    }
}
