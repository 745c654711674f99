package io.erniegateway.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.simulated.SimulatedChats.Meter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeterBoardTest {
    private final AtomicLong clock = new AtomicLong(10_000);
    private final MeterBoard board = new MeterBoard(List.of("web", "telegram"), clock::get);

    @Test
    void a_platform_that_counts_is_believed() {
        board.metered("telegram", new Meter(3, 20, "per minute", 44, 2));
        board.call("telegram", true);
        assertThat(board.json("telegram").toString())
                .isEqualTo(
                        "{\"bot\":\"telegram\",\"used\":3,\"allowed\":20,\"window\":\"per minute\",\"calls\":44,\"refused\":2}");
    }

    @Test
    void calls_of_the_web_chat_are_counted_by_the_second_and_forgotten_by_themselves() {
        board.call("web", false);
        board.call("web", true);
        assertThat(board.takeChanged()).containsExactly("web");
        assertThat(board.json("web").get("used").asInt()).isEqualTo(2);
        assertThat(board.takeChanged()).isEmpty();
        clock.addAndGet(1_000);
        assertThat(board.takeChanged()).containsExactly("web");
        assertThat(board.json("web").get("used").asInt()).isZero();
        assertThat(board.json("web").get("calls").asInt()).isEqualTo(2);
        assertThat(board.json("web").get("refused").asInt()).isEqualTo(1);
    }

    @Test
    void the_lag_is_smoothed_and_absent_before_the_first_answer() {
        assertThat(board.json("web").has("lag")).isFalse();
        board.shown("web", 100);
        board.shown("web", 200);
        assertThat(board.json("web").get("lag").asLong()).isEqualTo(130);
    }

    @Test
    void a_bot_that_is_not_on_the_page_is_ignored() {
        board.shown("other", 1);
        board.call("other", true);
        assertThat(board.takeChanged()).isEmpty();
    }
}
