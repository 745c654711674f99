package io.erniegateway.connectors.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.web.Transcript.Line;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryTranscriptTest {
    private final MemoryTranscript transcript = new MemoryTranscript();

    @Test
    void the_oldest_lines_go_first() {
        IntStream.range(0, 500).forEach(i -> transcript.put("chat", line("l" + i, "x")));
        assertThat(transcript.lines("chat")).hasSize(200);
        assertThat(transcript.lines("chat").getLast().id()).isEqualTo("l499");
        assertThat(transcript.line("chat", "l0")).isEmpty();
    }

    @Test
    void a_chat_has_a_weight_but_the_newest_line_always_stays() {
        transcript.put("chat", line("small", "x"));
        transcript.put("chat", line("huge", "x".repeat(500_000)));
        assertThat(transcript.lines("chat")).extracting(Line::id).containsExactly("huge");
    }

    @Test
    void the_chat_that_was_silent_longest_is_forgotten() {
        IntStream.range(0, 1_001).forEach(i -> transcript.put("chat" + i, line("l", "x")));
        assertThat(transcript.lines("chat0")).isEmpty();
        assertThat(transcript.lines("chat1000")).hasSize(1);
    }

    @Test
    void an_update_of_what_is_not_there_changes_nothing() {
        assertThat(transcript.update("chat", line("l", "x"))).isFalse();
        assertThat(transcript.lines("chat")).isEmpty();
    }

    private static Line line(String id, String text) {
        return new Line(id, true, text, "", 0, 0);
    }
}
