package io.erniegateway.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.Limits.Budget;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.Limits.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final ChatId ANN = ChatId.direct("bot", "ann");
    private static final ChatId BOB = ChatId.direct("bot", "bob");
    private static final ChatId GROUP = new ChatId("bot", "group", "", true);

    private final Buckets buckets = new Buckets(new Limits(
            4096,
            4096,
            List.of(
                    new Budget(
                            "private", Scope.PRIVATE_ROOM, Set.of(Call.POST, Call.EDIT), 1, Duration.ofSeconds(1), 3),
                    new Budget("group", Scope.GROUP_ROOM, Set.of(Call.POST, Call.EDIT), 20, Duration.ofMinutes(1), 1),
                    new Budget("bot", Scope.BOT, Set.of(Call.values()), 10, Duration.ofSeconds(1), 5)),
            Duration.ofSeconds(5)));

    @Test
    void a_full_bucket_gives_its_burst_but_one_and_then_its_rate() {
        assertThat(spentAt(ANN, 0)).isZero();
        assertThat(spentAt(ANN, 0)).isZero();
        assertThat(spentAt(ANN, 0)).isEqualTo(SECOND);
        assertThat(spentAt(ANN, SECOND)).isEqualTo(2 * SECOND);
    }

    @Test
    void chats_have_buckets_of_their_own_and_share_the_bots() {
        spentAt(ANN, 0);
        spentAt(ANN, 0);
        assertThat(spentAt(BOB, 0)).isZero();
        assertThat(spentAt(BOB, 0)).isZero();
        assertThat(buckets.availableAt(Call.TYPING, ChatId.direct("bot", "cid"), 0))
                .isEqualTo(SECOND / 10);
    }

    @Test
    void typing_does_not_cost_the_chat() {
        buckets.spend(Call.TYPING, ANN, 0);
        assertThat(spentAt(ANN, 0)).isZero();
        assertThat(spentAt(ANN, 0)).isZero();
    }

    @Test
    void without_a_burst_the_refill_counts_from_the_answer() {
        spentAt(GROUP, 0);
        assertThat(buckets.availableAt(Call.EDIT, GROUP, 0)).isEqualTo(3 * SECOND);
        buckets.settle(Call.EDIT, GROUP, SECOND / 2);
        assertThat(buckets.availableAt(Call.EDIT, GROUP, SECOND)).isEqualTo(3 * SECOND + SECOND / 2);
    }

    @Test
    void a_refusal_closes_the_chat_and_no_other() {
        buckets.close(Call.EDIT, ANN, 0, Duration.ofSeconds(30));
        assertThat(buckets.availableAt(Call.EDIT, ANN, 0)).isEqualTo(30 * SECOND);
        assertThat(buckets.availableAt(Call.POST, ANN, 0)).isEqualTo(30 * SECOND);
        assertThat(buckets.availableAt(Call.EDIT, BOB, 0)).isZero();
        assertThat(buckets.availableAt(Call.EDIT, ANN, 31 * SECOND)).isEqualTo(31 * SECOND);
    }

    @Test
    void a_call_that_was_not_made_is_given_back() {
        spentAt(ANN, 0);
        spentAt(ANN, 0);
        buckets.refund(Call.EDIT, ANN);
        assertThat(spentAt(ANN, 0)).isZero();
    }

    @Test
    void a_million_chats_leave_no_million_buckets() {
        for (int i = 0; i < 1_000_000; i++) {
            buckets.spend(Call.EDIT, ChatId.direct("bot", "chat" + i), i * SECOND);
        }
        assertThat(buckets.kept()).isLessThan(10_000);
    }

    private long spentAt(ChatId chat, long now) {
        long at = buckets.availableAt(Call.EDIT, chat, now);
        buckets.spend(Call.EDIT, chat, at);
        return at;
    }
}
