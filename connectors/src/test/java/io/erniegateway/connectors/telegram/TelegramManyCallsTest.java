package io.erniegateway.connectors.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.telegram.Faults.Fault;
import io.erniegateway.connectors.simulated.telegram.SimulatedPerson;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** OkHttp lets five asynchronous calls through to one host. One bot has more people to serve than that. */
class TelegramManyCallsTest {
    private static final int MANY = 50;

    private static final Duration SLOW = Duration.ofSeconds(2);

    /** By fives they would take twice as long as this; together they take what one does. */
    private static final Duration TOGETHER = SLOW.multipliedBy(5);

    @Test
    void fifty_calls_of_one_bot_are_on_their_way_at_the_same_time() {
        try (TelegramStage stage = TelegramStage.polling();
                TelegramConnector connector = stage.connector) {
            List<ChatId> chats = IntStream.range(5000, 5000 + MANY)
                    .mapToObj(id -> ChatId.direct("bot", String.valueOf(id)))
                    .toList();
            for (ChatId chat : chats) {
                stage.telegram.addPerson(new SimulatedPerson(Long.parseLong(chat.room()), "P", "en"));
                stage.telegram.write(chat.room(), "", chat.room(), "hello");
                stage.telegram.faults().next(new Fault.Delay(SLOW));
            }
            List<PostOutcome> outcomes = new CopyOnWriteArrayList<>();

            for (ChatId chat : chats) {
                Thread unused = Thread.ofVirtual()
                        .start(() -> outcomes.add(connector.post(chat, connector.render("to " + chat.room()))));
            }

            await().atMost(TOGETHER).until(() -> outcomes.size() == MANY);
            assertThat(outcomes).allMatch(PostOutcome.Posted.class::isInstance);
            assertThat(chats)
                    .allSatisfy(chat -> assertThat(stage.telegram.messages(chat.room()).stream()
                                    .filter(Seen::fromBot))
                            .extracting(Seen::text)
                            .containsExactly("to " + chat.room()));
        }
    }
}
