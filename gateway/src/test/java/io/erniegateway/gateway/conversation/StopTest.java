package io.erniegateway.gateway.conversation;

import static io.erniegateway.gateway.conversation.Stage.CHAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.Inbox.Receipt;
import io.erniegateway.ernie.Access;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.Load;
import io.erniegateway.ernie.Window;
import io.erniegateway.ernie.chain.FallbackChain;
import io.erniegateway.ernie.simulated.ErnieSimulator;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.Script;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import io.erniegateway.gateway.model.ErnieModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stop against a model that never goes on by itself, over real HTTP: whatever the answer was waiting for, nothing but the
 * stop can end it. How long each took is printed.
 */
@Timeout(60)
class StopTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Nothing in here ever comes by itself. */
    private static final Duration NEVER = Duration.ofMinutes(30);

    private static final Reply THREE = Reply.of("甲乙丙").at(Profile.atOnce(1));
    private static final Reply SILENT_FROM_THE_START = THREE.with(new Fault.Stall(0));
    private static final Reply SILENT_AFTER_TWO = THREE.with(new Fault.Stall(2));

    private static final String STOPPED = "⏹ Stopped.";

    @TempDir
    private Path folder;

    private static ErnieSimulator server(Reply... replies) {
        return ErnieSimulator.start(SimulatorOptions.defaults().withTimeScale(0).withScript(Script.inTurn(replies)));
    }

    private static ErnieSettings.Builder patient(ErnieSettings.Builder settings) {
        return settings.firstByteTimeout(NEVER).gapTimeout(NEVER).longestRetryWait(NEVER);
    }

    private static ErnieClient client(ErnieSimulator server) {
        return ErnieClient.connect(patient(server.settings(Dialect.QIANFAN_V2))
                .load(new Load(1, 0, 0))
                .build());
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    /** Stops the only answer; returns when its reader has the last sentence and the server has seen the client leave. */
    private static void stop(Stage stage, String where, BooleanSupplier left, String expected) {
        long from = System.nanoTime();
        assertThat(stage.pressStop(CHAT)).isEqualTo(Receipt.STORED);
        soon().until(() -> stage.texts().equals(List.of(expected)));
        long read = System.nanoTime() - from;
        soon().until(left::getAsBoolean);
        long gone = System.nanoTime() - from;
        System.out.printf(
                "stopped %s: the reader has read so after %.1f ms, the model was left within %.1f ms%n",
                where, read / 1e6, gone / 1e6);
        soon().until(() -> stage.endings().equals(List.of("stopped")));
    }

    private static BooleanSupplier left(ErnieSimulator server) {
        return () -> server.cancelledStreams() == 1 && server.openStreams() == 0;
    }

    @Test
    void before_the_first_byte() {
        try (ErnieSimulator server = server(SILENT_FROM_THE_START, THREE);
                Stage stage = new Stage(folder, new ErnieModel("m", client(server)))) {
            stage.write(CHAT, "hello");
            soon().until(() -> server.openStreams() == 1);

            stop(stage, "before the first byte", left(server), STOPPED);

            // The only place of the client is free again.
            stage.write(CHAT, "and now?");
            soon().until(() -> stage.texts().equals(List.of(STOPPED, "甲乙丙")));
        }
    }

    @Test
    void between_two_chunks() {
        try (ErnieSimulator server = server(SILENT_AFTER_TWO, THREE);
                Stage stage = new Stage(folder, new ErnieModel("m", client(server)))) {
            stage.write(CHAT, "hello");
            soon().until(() -> stage.texts().equals(List.of("甲乙")));

            stop(stage, "between two chunks", left(server), "甲乙\n\n" + STOPPED);
        }
    }

    @Test
    void by_a_command_while_another_question_waits_only_the_running_answer_is_cut() {
        try (ErnieSimulator server = server(SILENT_AFTER_TWO, THREE);
                Stage stage = new Stage(folder, new ErnieModel("m", client(server)))) {
            stage.write(CHAT, "hello");
            stage.write(CHAT, "and something else");
            soon().until(() -> stage.texts().equals(List.of("甲乙")));

            assertThat(stage.write(CHAT, "/stop")).isEqualTo(Receipt.STORED);

            soon().until(() -> stage.texts().equals(List.of("甲乙\n\n" + STOPPED, "甲乙丙")));
            soon().until(() -> stage.endings().equals(List.of("stopped", "whole")));
            assertThat(server.cancelledStreams()).isEqualTo(1);
        }
    }

    @Test
    void between_two_attempts() {
        Fault later = new Fault.Status(429, "rpm_rate_limit_exceeded", "x", Map.of("Retry-After", "600"));
        try (ErnieSimulator server = server(THREE.with(later));
                Stage stage = new Stage(folder, new ErnieModel("m", client(server)))) {
            stage.write(CHAT, "hello");
            soon().until(() -> server.requests() == 1 && server.openStreams() == 0);

            stop(stage, "between two attempts", () -> server.requests() == 1, STOPPED);
        }
    }

    @Test
    void while_it_waits_for_the_minutes_allowance() {
        try (ErnieSimulator server = server(THREE);
                Stage stage = new Stage(
                        folder,
                        new ErnieModel(
                                "m",
                                ErnieClient.connect(patient(server.settings(Dialect.QIANFAN_V2))
                                        .load(new Load(1, 1, 0))
                                        .build())))) {
            stage.write(CHAT, "uses the minute up");
            soon().until(() -> stage.endings().equals(List.of("whole")));
            stage.write(CHAT, "waits");
            assertThat(stage.write(CHAT, "/stop")).isEqualTo(Receipt.STORED);
            soon().until(() -> stage.texts().equals(List.of("甲乙丙", STOPPED)));
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void while_it_waits_for_a_token() throws IOException {
        try (ServerSocket tokens = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ErnieSimulator server = server(THREE)) {
            Access access = new Access.OAuth("id", "secret", "http://127.0.0.1:" + tokens.getLocalPort());
            ErnieClient client = ErnieClient.connect(
                    patient(server.settings(Dialect.QIANFAN_V1)).access(access).build());
            try (Stage stage = new Stage(folder, new ErnieModel("m", client))) {
                stage.write(CHAT, "hello");
                try (var asked = tokens.accept()) {
                    assertThat(asked.isConnected()).isTrue();
                    stop(stage, "waiting for a token", () -> server.requests() == 0, STOPPED);
                }
            }
        }
    }

    @Test
    void while_a_fallback_is_being_asked() {
        Reply down = THREE.with(new Fault.Status(403, "account_overdue", "x"));
        try (ErnieSimulator first = server(down);
                ErnieSimulator second = server(SILENT_FROM_THE_START);
                ErnieSimulator third = server(THREE);
                Stage stage = new Stage(
                        folder,
                        new ErnieModel(
                                "m",
                                new FallbackChain(List.of(
                                        new FallbackChain.Link("one", client(first), Window.UNKNOWN),
                                        new FallbackChain.Link("two", client(second), Window.UNKNOWN),
                                        new FallbackChain.Link("three", client(third), Window.UNKNOWN)))))) {
            stage.write(CHAT, "hello");
            soon().until(() -> second.openStreams() == 1);

            stop(stage, "at the second of three models", left(second), STOPPED);

            assertThat(third.requests()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stop", "/STOP now", "the button"})
    void right_behind_its_question_it_overtakes_the_thread_that_is_to_answer(String how) {
        try (ErnieSimulator server = server(THREE);
                Stage stage = new Stage(folder, new ErnieModel("m", client(server)))) {
            CountDownLatch go = new CountDownLatch(1);
            stage.beforeAnswering = () -> Stage.await(go);
            stage.write(CHAT, "hello");
            if (how.startsWith("/")) {
                stage.write(CHAT, how);
            } else {
                stage.pressStop(CHAT);
            }
            go.countDown();

            soon().until(() -> stage.endings().equals(List.of("stopped")));
            stage.write(CHAT, "and now?");
            soon().until(() -> stage.texts().equals(List.of(STOPPED, "甲乙丙")));
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void behind_what_asks_no_model_it_finds_nothing_to_cut_and_cuts_nothing_later() {
        try (ErnieSimulator server = server(THREE);
                Stage stage = new Stage(folder, new ErnieModel("m", client(server)))) {
            CountDownLatch go = new CountDownLatch(1);
            stage.beforeAnswering = () -> Stage.await(go);
            stage.write(CHAT, "/retry");
            stage.write(CHAT, "/stop");
            stage.pressStop(CHAT);
            stage.write(CHAT, "hello");
            go.countDown();

            soon().until(() -> stage.texts()
                    .equals(List.of(
                            "There is no question yet that I could answer again.",
                            "No answer is running right now.",
                            "甲乙丙")));
        }
    }
}
