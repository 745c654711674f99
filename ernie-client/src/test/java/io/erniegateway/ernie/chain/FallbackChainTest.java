package io.erniegateway.ernie.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.erniegateway.ernie.Breaker;
import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieEvent.Switched;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieFailure.FixAccess;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.Image;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.Turn;
import io.erniegateway.ernie.Window;
import io.erniegateway.ernie.chain.FallbackChain.Link;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Quirk;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.Script;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class FallbackChainTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Reply FIRST = Reply.of("甲乙丙").at(Profile.atOnce(1));
    private static final Reply SECOND = Reply.of("第二").at(Profile.atOnce(2));
    private static final Fault BUSY = new Fault.Status(500, "internal_error", "x");

    private static Link link(String name, Lab lab, Dialect dialect) {
        return new Link(name, lab.client(lab.simulator.settings(dialect).attempts(1)), Window.UNKNOWN);
    }

    private static FallbackChain chain(Lab first, Lab second) {
        return new FallbackChain(List.of(link("one", first, Dialect.QIANFAN_V2), link("two", second, Dialect.OPENAI)));
    }

    @Test
    void the_second_is_not_asked_while_the_first_answers() {
        try (Lab one = Lab.saying(FIRST);
                Lab two = Lab.saying(SECOND);
                FallbackChain chain = chain(one, two)) {
            Collected answer = Collected.ask(chain, "hello");
            assertThat(answer.text()).isEqualTo("甲乙丙");
            assertThat(answer.events()).noneMatch(Switched.class::isInstance);
            assertThat(two.simulator.requests()).isZero();
        }
    }

    static List<Reply> failuresBeforeAnythingWasSeen() {
        return List.of(
                FIRST.with(BUSY),
                FIRST.with(new Fault.Status(403, "account_overdue", "x")),
                FIRST.with(new Fault.Status(403, "model_offline", "x")),
                FIRST.with(new Fault.Status(400, "invalid_argument", "x")),
                FIRST.with(new Fault.OkError("internal_error", "x")),
                FIRST.with(new Fault.ErrorLine(0, "internal_error", "x")),
                FIRST.with(new Fault.Cut(0)),
                FIRST.with(new Fault.Reset(0)),
                FIRST.with(Quirk.SEARCH_STATUS).with(new Fault.Cut(1)));
    }

    @ParameterizedTest
    @MethodSource("failuresBeforeAnythingWasSeen")
    void the_second_answers_whole_when_the_first_fails_before_anything_was_seen(Reply failing) {
        try (Lab one = Lab.saying(failing);
                Lab two = Lab.saying(SECOND.thinking("想"));
                FallbackChain chain = chain(one, two)) {
            Collected answer = Collected.ask(chain, "hello");
            assertThat(answer.thrown()).isNull();
            assertThat(answer.text()).isEqualTo("第二");
            assertThat(answer.reasoning()).isEqualTo("想");
            assertThat(answer.finished()).isEqualTo(ErnieEvent.Finished.Reason.STOP);
            List<ErnieEvent> told = answer.events().stream()
                    .filter(event -> !(event instanceof ErnieEvent.Searching))
                    .toList();
            assertThat(told.getFirst()).isInstanceOfSatisfying(Switched.class, switched -> {
                assertThat(switched.from()).isEqualTo("one");
                assertThat(switched.to()).isEqualTo("two");
                assertThat(switched.why().details().code()).isNotBlank();
            });
            assertThat(told.stream().filter(Switched.class::isInstance)).hasSize(1);
        }
    }

    static List<Reply> failuresAfterSomethingWasSeen() {
        return List.of(
                FIRST.with(new Fault.Cut(1)),
                FIRST.with(new Fault.Reset(2)),
                FIRST.with(new Fault.ErrorLine(1, "internal_error", "x")),
                FIRST.thinking("想想").with(new Fault.Cut(1)));
    }

    @ParameterizedTest
    @MethodSource("failuresAfterSomethingWasSeen")
    void nobody_else_goes_on_with_an_answer_or_a_thought_that_was_begun(Reply failing) {
        try (Lab one = Lab.saying(failing);
                Lab two = Lab.saying(SECOND);
                FallbackChain chain = chain(one, two)) {
            Collected answer = Collected.ask(chain, "hello");
            assertThat(answer.thrown()).isNotNull();
            assertThat(answer.text() + answer.reasoning()).isNotEmpty();
            assertThat(two.simulator.requests()).isZero();
        }
    }

    @Test
    void what_the_content_check_refused_is_sent_to_nobody_else() {
        try (Lab one = Lab.saying(FIRST.with(new Fault.Status(403, "system_unsafe", "x")));
                Lab two = Lab.saying(SECOND);
                FallbackChain chain = chain(one, two)) {
            assertThat(Collected.ask(chain, "hello").failure()).isInstanceOf(ErnieFailure.ClearHistory.class);
            assertThat(two.simulator.requests()).isZero();
        }
    }

    @Test
    void when_all_fail_the_last_failure_tells_of_the_earlier_ones() {
        try (Lab one = Lab.saying(FIRST.with(BUSY));
                Lab two = Lab.saying(FIRST.with(new Fault.ErrorLine(0, "rpm_rate_limit_exceeded", "x")));
                Lab three = Lab.saying(FIRST.with(new Fault.Status(403, "account_overdue", "x")));
                FallbackChain chain = new FallbackChain(List.of(
                        link("one", one, Dialect.QIANFAN_V2),
                        link("two", two, Dialect.QIANFAN_V2),
                        link("three", three, Dialect.QIANFAN_V2)))) {
            Collected answer = Collected.ask(chain, "hello");
            assertThat(answer.failure()).isInstanceOf(FixAccess.class);
            assertThat(answer.events())
                    .extracting(event -> ((Switched) event).to())
                    .containsExactly("two");
            ErnieException thrown = Objects.requireNonNull(answer.thrown());
            assertThat(thrown.getSuppressed())
                    .extracting(earlier ->
                            ((ErnieException) earlier).failure().details().code())
                    .containsExactly("internal_error", "rpm_rate_limit_exceeded");
        }
    }

    @Test
    void too_long_for_one_is_sent_to_the_next_that_is_known_to_read_more() {
        Fault tooLong = new Fault.Status(400, "tokens_too_long", "x");
        try (Lab one = Lab.saying(FIRST.with(tooLong));
                Lab two = Lab.saying(SECOND);
                Lab three = Lab.saying(SECOND);
                FallbackChain chain = new FallbackChain(List.of(
                        new Link("8k", one.client(Dialect.QIANFAN_V2), new Window(8_000, 0)),
                        new Link("unknown", two.client(Dialect.QIANFAN_V2), Window.UNKNOWN),
                        new Link("128k", three.client(Dialect.QIANFAN_V2), new Window(128_000, 0))))) {
            Collected answer = Collected.ask(chain, "hello");
            assertThat(answer.text()).isEqualTo("第二");
            assertThat(((Switched) answer.events().getFirst()).to()).isEqualTo("128k");
            assertThat(two.simulator.requests()).isZero();
        }
    }

    @Test
    void a_link_whose_dialect_cannot_say_the_request_fails_but_the_first_one_blames_the_caller() {
        ChatRequest picture = new ChatRequest(
                "", List.of(new Turn.User("what is this?", List.of(new Image("https://example.org/a.png")))), "");
        try (Lab one = Lab.saying(FIRST.with(BUSY));
                Lab two = Lab.saying(SECOND);
                FallbackChain chain = new FallbackChain(
                        List.of(link("v2", one, Dialect.QIANFAN_V2), link("v1", two, Dialect.QIANFAN_V1)))) {
            Collected answer = Collected.ask(chain, picture);
            assertThat(answer.details().code())
                    .as("the first link's word, for the caller can act upon that")
                    .isEqualTo("invalid_messages");
            Throwable[] suppressed = Objects.requireNonNull(answer.thrown()).getSuppressed();
            assertThat(suppressed).hasSize(1);
            assertThat(suppressed[0]).hasMessageContaining("unfit").hasMessageContaining("images");
        }
        try (Lab two = Lab.saying(SECOND);
                FallbackChain chain = new FallbackChain(List.of(link("v1", two, Dialect.QIANFAN_V1)))) {
            assertThatThrownBy(() -> chain.open(picture)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_link_whose_breaker_is_open_is_passed_over_without_being_asked() {
        Breaker rule = new Breaker(4, 50, Duration.ofSeconds(15));
        try (Lab one = Lab.saying(FIRST.with(BUSY));
                Lab two = Lab.saying(SECOND);
                FallbackChain chain = new FallbackChain(List.of(
                        new Link(
                                "one",
                                one.client(one.simulator
                                        .settings(Dialect.QIANFAN_V2)
                                        .attempts(1)
                                        .breaker(rule)),
                                Window.UNKNOWN),
                        link("two", two, Dialect.OPENAI)))) {
            for (int i = 0; i < 10; i++) {
                assertThat(Collected.ask(chain, "hello").text()).isEqualTo("第二");
            }
            assertThat(one.simulator.requests()).isEqualTo(2);
        }
    }

    @Test
    void closing_ends_the_reading_of_either_link() throws InterruptedException {
        try (Lab one = Lab.saying(FIRST.with(new Fault.ErrorLine(0, "internal_error", "x")));
                Lab two = Lab.saying(SECOND.at(Profile.atOnce(1)).with(new Fault.Stall(1)));
                FallbackChain chain = chain(one, two)) {
            List<ErnieEvent> events = new CopyOnWriteArrayList<>();
            ErnieStream stream = chain.open(Collected.request("hello"));
            Thread reader = Thread.ofVirtual().start(() -> stream.forEach(events::add));
            await().atMost(SOON).until(() -> events.size() == 2);
            stream.close();
            assertThat(reader.join(SOON)).isTrue();
            assertThat(events).last().isEqualTo(new ErnieEvent.Text("第"));
            await().atMost(SOON).until(() -> two.simulator.openStreams() == 0);
        }
    }

    @Test
    void closing_does_not_wait_for_a_link_that_is_being_asked() throws InterruptedException {
        try (Lab one = Lab.saying(FIRST.with(new Fault.ErrorLine(0, "internal_error", "x")));
                Lab two = Lab.saying(SECOND.with(new Fault.Stall(0)));
                FallbackChain chain = chain(one, two)) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            ErnieStream stream = chain.open(Collected.request("hello"));
            Thread reader = Thread.ofVirtual()
                    .uncaughtExceptionHandler((thread, e) -> thrown.set(e))
                    .start(() -> stream.forEach(event -> {}));
            await().atMost(SOON).until(() -> two.simulator.requests() == 1);
            stream.close();
            assertThat(reader.join(SOON)).isTrue();
            assertThat(thrown).hasNullValue();
            await().atMost(SOON).until(() -> two.simulator.openStreams() == 0);
        }
    }

    @Test
    void interrupting_the_reader_while_a_link_is_asked_asks_no_further() throws InterruptedException {
        try (Lab one = Lab.saying(FIRST.with(new Fault.ErrorLine(0, "internal_error", "x")));
                Lab two = Lab.saying(SECOND.with(new Fault.Stall(0)));
                Lab three = Lab.saying(SECOND);
                FallbackChain chain = new FallbackChain(List.of(
                        link("one", one, Dialect.QIANFAN_V2),
                        link("two", two, Dialect.OPENAI),
                        link("three", three, Dialect.OPENAI)))) {
            AtomicReference<String> outcome = new AtomicReference<>("");
            Thread reader = Thread.ofVirtual().start(() -> {
                String code = Collected.ask(chain, "hello").details().code();
                outcome.set(code + Thread.currentThread().isInterrupted());
            });
            await().atMost(SOON).until(() -> two.simulator.requests() == 1);
            reader.interrupt();
            assertThat(reader.join(SOON)).isTrue();
            assertThat(outcome).hasValue("interruptedtrue");
            assertThat(three.simulator.requests()).isZero();
            await().atMost(SOON).until(() -> two.simulator.openStreams() == 0);
        }
    }

    @Test
    void closing_the_chain_closes_its_streams_and_its_clients() throws InterruptedException {
        try (Lab one = Lab.saying(FIRST.with(new Fault.Stall(1)));
                Lab two = Lab.saying(SECOND)) {
            FallbackChain chain = chain(one, two);
            ErnieStream stream = chain.open(Collected.request("hello"));
            Thread reader = Thread.ofVirtual().start(() -> stream.forEach(event -> {}));
            chain.close();
            assertThat(reader.join(SOON)).isTrue();
            assertThatThrownBy(() -> chain.open(Collected.request("hello"))).isInstanceOf(IllegalStateException.class);
            assertThat(two.simulator.requests()).isZero();
        }
    }

    @Test
    void settings_become_a_chain_named_by_models_and_where_they_are_the_same_by_servers() {
        SimulatorOptions same = SimulatorOptions.defaults().withTimeScale(0).withModels(Set.of("m"), Set.of());
        try (Lab one = new Lab(same.withScript(Script.saying(FIRST.with(BUSY))));
                Lab two = new Lab(same.withScript(Script.saying(SECOND)));
                ErnieClient chain = ErnieClient.chain(List.of(
                        one.simulator.settings(Dialect.QIANFAN_V2).attempts(1).build(),
                        two.simulator.settings(Dialect.OPENAI).attempts(1).build()))) {
            Collected answer = Collected.ask(chain, "hello");
            assertThat(answer.text()).isEqualTo("第二");
            Switched switched = (Switched) answer.events().getFirst();
            assertThat(switched.from()).isEqualTo("m at 127.0.0.1:" + one.simulator.port());
            assertThat(switched.to()).isEqualTo("m at 127.0.0.1:" + two.simulator.port());
            assertThat(switched.why()).isInstanceOf(RetryLater.class);
        }
        assertThatThrownBy(() -> ErnieClient.chain(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
