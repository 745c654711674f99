package io.erniegateway.gateway.conversation;

import static io.erniegateway.gateway.conversation.Stage.CHAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.simulated.ErnieSimulator;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.Script;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import io.erniegateway.gateway.model.ErnieModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several questions at once: in one chat one after the other, in many chats all together. */
@Timeout(60)
class ManyQuestionsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int MANY = 50;

    @TempDir
    private Path folder;

    private static ErnieSimulator server(Script script) {
        return ErnieSimulator.start(SimulatorOptions.defaults().withTimeScale(0).withScript(script));
    }

    private static ErnieModel model(ErnieSimulator server) {
        return new ErnieModel(
                "m", ErnieClient.connect(server.settings(Dialect.QIANFAN_V2).build()));
    }

    private static String answerTo(String question) {
        return "关于“" + question + "”的回答：" + "一二三四五六七八九十。".repeat(20);
    }

    @Test
    void three_quick_questions_in_one_chat_get_three_answers_in_order_each_complete() {
        Script script = question -> Reply.of(answerTo(question.lastUserText())).at(Profile.atOnce(7));
        try (ErnieSimulator server = server(script);
                Stage stage = new Stage(folder, model(server))) {
            List<String> questions = List.of("first", "second", "third");
            questions.forEach(question -> stage.write(CHAT, question));

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(stage.texts())
                            .containsExactlyElementsOf(questions.stream()
                                    .map(ManyQuestionsTest::answerTo)
                                    .toList()));
            await().atMost(SOON).until(() -> stage.endings().equals(List.of("whole", "whole", "whole")));
            assertThat(server.requests()).isEqualTo(3);
            assertThat(server.requestBodies().getLast()).contains(answerTo("first"), answerTo("second"), "\"third\"");
        }
    }

    /** OkHttp lets five asynchronous calls through to one host; ours are none, or a bot would answer five people. */
    @Test
    void fifty_people_are_answered_at_the_same_time_by_the_model_and_on_the_screen() {
        Reply begun = Reply.of("甲乙").at(Profile.atOnce(1)).with(new Fault.Stall(1));
        try (ErnieSimulator server = server(Script.saying(begun));
                Stage stage = new Stage(folder, model(server))) {
            CountDownLatch all = new CountDownLatch(MANY);
            stage.screen.beforePosting = () -> {
                all.countDown();
                Stage.await(all);
            };
            List<ChatId> chats = IntStream.range(0, MANY)
                    .mapToObj(i -> ChatId.direct(Screen.BOT, "person-" + i))
                    .toList();
            chats.forEach(chat -> stage.write(chat, "hello"));

            await().atMost(SOON).until(() -> server.openStreams() == MANY);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(chats)
                            .allSatisfy(
                                    chat -> assertThat(stage.screen.texts(chat)).containsExactly("甲")));

            chats.forEach(stage::pressStop);
            await().atMost(SOON).until(() -> server.openStreams() == 0 && server.cancelledStreams() == MANY);
            await().atMost(SOON).until(() -> stage.endings().size() == MANY);
            assertThat(stage.endings()).containsOnly("stopped");
        }
    }
}
