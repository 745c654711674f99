package io.erniegateway.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.gateway.model.Model.ModelStream;
import io.erniegateway.gateway.model.Model.Question;
import io.erniegateway.gateway.model.Model.Turn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EchoModelTest {
    private static final Question HELLO = new Question("", List.of(new Turn(true, "你好👨‍👩‍👧")), "");
    private static final ModelEvent END = new ModelEvent.Complete(ModelEvent.Complete.How.WHOLE);

    @Test
    void echo_answers_at_once() {
        assertThat(EchoModel.whole("echo").ask(HELLO)).containsExactly(new ModelEvent.Delta("你输入: 你好👨‍👩‍👧"), END);
    }

    @Test
    void echo_stream_answers_one_character_after_the_other_and_tears_no_emoji() {
        assertThat(EchoModel.streaming("echo-stream", Duration.ofMillis(1)).ask(HELLO))
                .extracting(event -> event instanceof ModelEvent.Delta(String text) ? text : "end")
                .containsExactly("你", "输", "入", ":", " ", "你", "好", "👨‍👩‍👧", "end");
        assertThat(EchoModel.ONE_CHARACTER).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void a_closed_stream_ends_quietly() {
        try (ModelStream stream =
                EchoModel.streaming("echo-stream", Duration.ofHours(1)).ask(HELLO)) {
            stream.close();
            assertThat(stream).isEmpty();
        }
    }
}
