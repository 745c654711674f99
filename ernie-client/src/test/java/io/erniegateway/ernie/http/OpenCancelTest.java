package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.erniegateway.ernie.Access;
import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.Load;
import io.erniegateway.ernie.Window;
import io.erniegateway.ernie.chain.FallbackChain;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Taking a question back while its answer has not yet begun, wherever the opening stands. The servers here never answer:
 * an opening that ends at all ends by the close.
 */
@Timeout(30)
class OpenCancelTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Reply GOOD = Reply.of("甲乙丙").at(Profile.atOnce(1));
    private static final Reply NEVER_BEGINS = GOOD.with(new Fault.Stall(0));

    /** What ends the opening. */
    enum By {
        CLOSE("closed"),
        INTERRUPT("interrupted");

        final String code;

        By(String code) {
            this.code = code;
        }
    }

    /** An opening on a thread of its own. */
    private static final class Opening {
        final CompletableFuture<ErnieStream> begun = new CompletableFuture<>();
        final CompletableFuture<String> failedWith = new CompletableFuture<>();
        final Thread thread;

        Opening(ErnieClient client) {
            thread = Thread.ofVirtual().start(() -> {
                ErnieException failed = catchThrowableOfType(
                        ErnieException.class, () -> client.open(Collected.request("hello"), begun::complete));
                failedWith.complete(
                        failed == null ? "" : failed.failure().details().code());
            });
        }

        void endsBy(By by) {
            switch (by) {
                case CLOSE -> begun.join().close();
                case INTERRUPT -> thread.interrupt();
            }
            await().atMost(SOON).until(failedWith::isDone);
            assertThat(failedWith).isCompletedWithValue(by.code);
        }
    }

    private static ErnieSettings.Builder single(ErnieSettings.Builder settings) {
        return settings.load(new Load(1, 0, 0));
    }

    /** With its only place taken for good, a client could not ask once more. */
    private static void hasItsPlaceStill(ErnieClient client, String expected) {
        assertThat(Collected.ask(client, "hello").details().code()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void while_the_server_is_silent_before_its_first_byte(By by) {
        try (Lab lab = Lab.saying(NEVER_BEGINS, GOOD)) {
            ErnieClient client = lab.client(single(lab.simulator.settings(Dialect.QIANFAN_V2)));
            Opening opening = new Opening(client);
            await().atMost(SOON).until(() -> lab.simulator.openStreams() == 1);

            opening.endsBy(by);

            await().atMost(SOON).until(() -> lab.simulator.cancelledStreams() == 1);
            assertThat(Collected.ask(client, "again").text()).isEqualTo("甲乙丙");
        }
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void while_a_connection_is_being_made(By by) throws IOException {
        try (Unreachable server = new Unreachable();
                Lab lab = Lab.saying(GOOD)) {
            ErnieClient client = lab.client(single(ErnieSettings.builder(Dialect.OPENAI, server.url() + "/v1", "m")
                            .apiKey("k"))
                    .connectTimeout(Duration.ofSeconds(60))
                    .attempts(1));
            Opening opening = new Opening(client);
            opening.begun.join();
            // Parked, it waits for the connection; there is nothing before that it could wait for.
            await().atMost(SOON).until(() -> opening.thread.getState() == Thread.State.TIMED_WAITING);

            opening.endsBy(by);

            server.close();
            hasItsPlaceStill(client, "unreachable");
        }
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void while_it_waits_for_a_token(By by) throws IOException {
        try (ServerSocket tokens = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Lab lab = Lab.saying(GOOD)) {
            String url = "http://127.0.0.1:" + tokens.getLocalPort();
            ErnieClient client = lab.client(single(ErnieSettings.builder(
                            Dialect.QIANFAN_V1, lab.simulator.baseUrl(Dialect.QIANFAN_V1), "scripted-demo"))
                    .access(new Access.OAuth("id", "secret", url))
                    .attempts(1));
            Opening opening = new Opening(client);
            try (Socket asked = tokens.accept()) {
                assertThat(asked.isConnected()).isTrue();

                opening.endsBy(by);
            }

            assertThat(lab.simulator.requests()).isZero();
            tokens.close();
            hasItsPlaceStill(client, "unreachable");
        }
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void while_it_waits_for_its_minute(By by) {
        try (Lab lab = Lab.saying(GOOD);
                ErnieClient client = ErnieClient.connect(lab.simulator
                        .settings(Dialect.QIANFAN_V2)
                        .load(new Load(1, 1, 0))
                        .longestRetryWait(Duration.ofMinutes(5))
                        .build())) {
            assertThat(Collected.ask(client, "hello").text()).isEqualTo("甲乙丙");
            Opening opening = new Opening(client);
            opening.begun.join();
            await().atMost(SOON).until(() -> opening.thread.getState() == Thread.State.TIMED_WAITING);

            opening.endsBy(by);

            assertThat(lab.simulator.requests()).isEqualTo(1);
        }
    }

    @Test
    void while_it_waits_between_two_attempts() {
        Fault comeBackLater = new Fault.Status(429, "rpm_rate_limit_exceeded", "x", Map.of("Retry-After", "60"));
        try (Lab lab = Lab.saying(GOOD.with(comeBackLater), GOOD);
                ErnieClient client = ErnieClient.connect(single(lab.simulator.settings(Dialect.QIANFAN_V2))
                        .longestRetryWait(Duration.ofMinutes(5))
                        .build())) {
            Opening opening = new Opening(client);
            await().atMost(SOON).until(() -> lab.simulator.requests() == 1);
            await().atMost(SOON).until(() -> opening.thread.getState() == Thread.State.TIMED_WAITING);

            opening.endsBy(By.CLOSE);

            assertThat(lab.simulator.requests()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void while_any_link_of_a_chain_is_silent_before_its_first_byte(By by) {
        Reply busy = GOOD.with(new Fault.Status(500, "internal_error", "x"));
        try (Lab one = Lab.saying(busy);
                Lab two = Lab.saying(NEVER_BEGINS);
                Lab three = Lab.saying(GOOD);
                FallbackChain chain = new FallbackChain(List.of(link(one), link(two), link(three)))) {
            Opening opening = new Opening(chain);
            await().atMost(SOON).until(() -> two.simulator.openStreams() == 1);

            opening.endsBy(by);

            await().atMost(SOON).until(() -> two.simulator.cancelledStreams() == 1);
            assertThat(three.simulator.requests()).isZero();
        }
    }

    private static FallbackChain.Link link(Lab lab) {
        return new FallbackChain.Link(
                "m", lab.client(lab.simulator.settings(Dialect.QIANFAN_V2).attempts(1)), Window.UNKNOWN);
    }

    @Test
    void a_stream_that_is_closed_before_anything_was_sent_sends_nothing() {
        try (Lab lab = Lab.saying(GOOD)) {
            ErnieClient client = lab.client(single(lab.simulator.settings(Dialect.QIANFAN_V2)));
            ErnieException failed = catchThrowableOfType(
                    ErnieException.class, () -> client.open(Collected.request("hello"), ErnieStream::close));

            assertThat(failed.failure().details().code()).isEqualTo("closed");
            assertThat(lab.simulator.requests()).isZero();
            assertThat(Collected.ask(client, "again").text()).isEqualTo("甲乙丙");
        }
    }
}
