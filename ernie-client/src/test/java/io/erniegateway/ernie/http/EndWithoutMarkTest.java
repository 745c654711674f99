package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Quirk;
import io.erniegateway.ernie.simulated.Reply;
import org.junit.jupiter.api.Test;

class EndWithoutMarkTest {
    private static final Reply TWO_CHUNKS = Reply.of("甲乙").at(Profile.atOnce(1)).with(Quirk.NO_DONE);

    @Test
    void an_answer_whose_reason_has_come_is_whole_even_if_the_connection_then_breaks() {
        // Two chunks of text and the one with the reason.
        try (Lab lab = Lab.saying(TWO_CHUNKS.with(new Fault.Reset(3)))) {
            Collected answer = Collected.ask(lab.client(Dialect.QIANFAN_V2), "hello");
            assertThat(answer.thrown()).isNull();
            assertThat(answer.text()).isEqualTo("甲乙");
            assertThat(answer.finished()).isEqualTo(Reason.STOP);
            assertThat(answer.usage().total()).isPositive();
        }
    }

    @Test
    void one_whose_reason_has_not_come_was_cut() {
        try (Lab lab = Lab.saying(TWO_CHUNKS.with(new Fault.Reset(2)))) {
            Collected answer = Collected.ask(lab.client(Dialect.QIANFAN_V2), "hello");
            assertThat(answer.failure()).isInstanceOf(RetryLater.class);
        }
    }
}
