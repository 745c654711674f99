package io.erniegateway.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.Limits.Budget;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.Limits.Rule;
import io.erniegateway.connectors.Limits.Scope;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.gateway.budget.LimitMemory;
import io.erniegateway.gateway.delivery.Answer.End;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DraftDeliveryTest {
    private static final ChatId ANN = ChatId.direct("bot", "ann");
    private static final String FIRST = "a first text long enough";

    private final VirtualTime time = new VirtualTime();
    private final DraftingConnector platform = new DraftingConnector(
            new Limits(
                    100,
                    4096,
                    List.of(budget("messages", Set.of(Call.POST, Call.EDIT)), budget("drafts", Set.of(Call.DRAFT))),
                    Duration.ofSeconds(5)),
            time);
    private final BotDelivery delivery = new BotDelivery(
            platform,
            new BotDelivery.Setting(
                    new Pace(Duration.ofMillis(300), 20),
                    Native.NATIVE,
                    (turn, part, message) -> {},
                    LimitMemory.NONE,
                    event -> {},
                    time,
                    Clock.systemUTC(),
                    time));
    private final Answer answer = delivery.begin(7, ANN, List.of(), new Answer.Author() {});

    private static Budget budget(String name, Set<Call> calls) {
        return new Budget(name, Scope.ROOM, calls, new Rule.Bucket(2, Duration.ofSeconds(1)));
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

    private void assertDelivered(String text) throws InterruptedException {
        assertThat(answer.isOver()).isTrue();
        assertThat(answer.await()).isEqualTo(new End.Delivered());
        assertThat(platform.visible()).containsExactly(text);
        assertThat(platform.hasPreview()).as("a preview that is left over").isFalse();
    }

    @Test
    void text_that_grows_is_a_preview_and_the_last_text_a_message() throws InterruptedException {
        at(0, () -> answer.append(FIRST));
        at(3000, () -> answer.append(", more"));
        at(6000, () -> {
            answer.append(" and the end");
            answer.finish();
        });
        runUntil(10_000);
        assertThat(texts())
                .containsExactly(
                        "0 draft " + FIRST,
                        "3000 draft " + FIRST + ", more",
                        "6000 post " + FIRST + ", more and the end");
        assertDelivered(FIRST + ", more and the end");
    }

    @Test
    void in_a_silence_the_preview_is_shown_again_before_it_fades() throws InterruptedException {
        at(0, () -> answer.append(FIRST));
        at(100_000, answer::finish);
        runUntil(110_000);
        assertThat(texts())
                .startsWith("0 draft " + FIRST, "15000 draft " + FIRST, "30000 draft " + FIRST)
                .endsWith("100000 post " + FIRST)
                .hasSizeLessThan(12);
        assertThat(platform.faded).isFalse();
        assertDelivered(FIRST);
    }

    @Test
    void a_chat_that_turns_out_to_take_no_previews_gets_messages_that_are_edited() throws InterruptedException {
        at(0, () -> {
            platform.refuse(new Refusal.Rejected("not here"));
            platform.allowed = false;
            answer.append(FIRST);
        });
        at(3000, () -> answer.append(" and more"));
        at(6000, answer::finish);
        runUntil(20_000);
        assertThat(texts()).containsExactly("0 draft " + FIRST, "0 post " + FIRST, "3000 edit " + FIRST + " and more");
        assertDelivered(FIRST + " and more");
    }

    @Test
    void a_preview_that_has_to_wait_is_shown_when_it_may_and_the_end_does_not_wait_for_it()
            throws InterruptedException {
        at(0, () -> answer.append(FIRST));
        at(3000, () -> {
            platform.refuse(new Refusal.SlowDown(Duration.ofSeconds(4), "flood"));
            answer.append(" 2");
        });
        at(5000, () -> answer.append(" 3"));
        at(20_000, answer::finish);
        runUntil(30_000);
        assertThat(texts())
                .containsExactly(
                        "0 draft " + FIRST,
                        "3000 draft " + FIRST + " 2",
                        "7000 draft " + FIRST + " 2 3",
                        "20000 post " + FIRST + " 2 3");
        assertDelivered(FIRST + " 2 3");
    }

    @Test
    void a_penalty_of_previews_does_not_keep_the_finished_message_from_its_reader() throws InterruptedException {
        at(0, () -> answer.append(FIRST));
        at(3000, () -> {
            platform.refuse(new Refusal.SlowDown(Duration.ofSeconds(60), "flood"));
            answer.append(" 2");
        });
        at(5000, answer::finish);
        runUntil(70_000);
        assertThat(texts()).contains("5000 post " + FIRST + " 2");
        assertDelivered(FIRST + " 2");
    }

    @Test
    void a_text_longer_than_a_message_posts_the_full_part_and_previews_the_rest() throws InterruptedException {
        String text = "0123456789 ".repeat(15).strip();
        at(0, () -> answer.append(text));
        runUntil(5000);
        assertThat(platform.visible()).hasSize(1);
        assertThat(platform.hasPreview()).isTrue();
        at(6000, answer::finish);
        runUntil(10_000);
        assertThat(answer.await()).isEqualTo(new End.Delivered());
        assertThat(String.join(" ", platform.visible())).isEqualTo(text);
        assertThat(texts()).noneMatch(call -> call.contains("edit"));
    }
}
