package io.erniegateway.connectors.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.simulated.slack.SlackFault;
import io.erniegateway.connectors.simulated.slack.SlackSimulator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** OkHttp lets five asynchronous calls through to one host. One app has more people to serve than that. */
class SlackManyCallsTest {
    /** As many as the workspace's tier lets through at once, a few left over. */
    private static final int MANY = 25;

    private static final Duration SLOW = Duration.ofSeconds(2);

    /** By fives they would take longer than this; together they take what one does. */
    private static final Duration TOGETHER = SLOW.multipliedBy(4);

    @Test
    void calls_of_one_app_are_on_their_way_at_the_same_time() {
        try (SlackStage stage = SlackStage.socket()) {
            ChatId chat = ChatId.direct("ernie", SlackSimulator.DIRECT);
            PostOutcome posted = stage.connector.post(chat, stage.connector.render("begun"));
            MessageRef message = ((PostOutcome.Posted) posted).message();
            for (int i = 0; i < MANY; i++) {
                stage.slack.failNext("chat.update", new SlackFault.Late(SLOW));
            }
            List<EditOutcome> outcomes = new CopyOnWriteArrayList<>();

            for (int i = 0; i < MANY; i++) {
                String text = "text " + i;
                Thread unused = Thread.ofVirtual()
                        .start(() -> outcomes.add(stage.connector.edit(message, stage.connector.render(text))));
            }

            await().atMost(TOGETHER).until(() -> outcomes.size() == MANY);
            assertThat(outcomes).containsOnly(new EditOutcome.Applied());
        }
    }
}
