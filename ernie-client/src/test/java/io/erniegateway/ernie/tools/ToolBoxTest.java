package io.erniegateway.ernie.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieEvent.Finished;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.Reasoning;
import io.erniegateway.ernie.ErnieEvent.Text;
import io.erniegateway.ernie.ErnieEvent.ToolAnswered;
import io.erniegateway.ernie.ErnieEvent.ToolWanted;
import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.ErnieEvent.Verdict;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.ToolCall;
import io.erniegateway.ernie.ToolChoice;
import io.erniegateway.ernie.ToolSpec;
import io.erniegateway.ernie.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The rounds, against a model whose words are written down. */
@Timeout(30)
class ToolBoxTest {
    record City(String city) {}

    private static final Tool WEATHER = Tool.of("weather", "of a city", City.class, asked -> asked.city() + ": sunny");
    private static final ToolCall BEIJING = call("id1", "weather", "{\"city\":\"北京\"}");
    private static final ToolCall ROME = call("id2", "weather", "{\"city\":\"Rome\"}");
    private static final List<ErnieEvent> GOODBYE = List.of(new Text("bye"), new Finished(Reason.STOP));

    @Test
    void the_answer_streams_on_over_the_rounds() {
        ScriptedClient client = ScriptedClient.answering(
                List.of(
                        new Reasoning("hm"),
                        new Text("Let me "),
                        new Text("look."),
                        new ToolWanted(BEIJING),
                        new ToolWanted(ROME),
                        new Usage(10, 5, 15),
                        new Finished(Reason.TOOL_CALLS)),
                List.of(new Text("Sunny."), new Usage(40, 2, 42), new Finished(Reason.STOP)));

        Collected answer = ask(ToolBox.of(WEATHER), client);

        assertThat(answer.events())
                .containsExactly(
                        new Reasoning("hm"),
                        new Text("Let me "),
                        new Text("look."),
                        new ToolWanted(BEIJING),
                        new ToolWanted(ROME),
                        new ToolAnswered(BEIJING, "北京: sunny", false),
                        new ToolAnswered(ROME, "Rome: sunny", false),
                        new Text("Sunny."),
                        new Usage(50, 7, 57),
                        new Finished(Reason.STOP));
        assertThat(client.asked.getFirst().tools()).containsExactly(WEATHER.spec());
        assertThat(client.asked.getLast().turns())
                .containsExactly(
                        Turn.user("?"),
                        new Turn.Assistant("Let me look.", List.of(BEIJING, ROME)),
                        new Turn.ToolResult(BEIJING, "北京: sunny"),
                        new Turn.ToolResult(ROME, "Rome: sunny"));
        assertThat(client.opened).allMatch(stream -> stream.closed.getCount() == 0);
    }

    @Test
    void the_request_id_is_that_of_the_round_being_read() {
        ScriptedClient client = ScriptedClient.answering(wanting(BEIJING), GOODBYE);
        List<String> ids = new ArrayList<>();
        try (ErnieStream stream = ToolBox.of(WEATHER).open(client, Collected.request("?"))) {
            stream.forEach(event -> ids.add(stream.requestId()));
        }
        assertThat(ids)
                .startsWith(client.opened.getFirst().requestId())
                .endsWith(client.opened.getLast().requestId());
    }

    @Test
    void calls_of_a_turn_run_at_the_same_time_and_are_told_in_their_order() {
        CyclicBarrier both = new CyclicBarrier(2);
        CountDownLatch secondIsDone = new CountDownLatch(1);
        Tool meeting = Tool.of("meeting", "", City.class, asked -> {
            both.await(10, TimeUnit.SECONDS);
            if (asked.city().equals("Rome")) {
                secondIsDone.countDown();
            } else {
                assertThat(secondIsDone.await(10, TimeUnit.SECONDS)).isTrue();
            }
            return asked.city();
        });
        ToolCall first = call("1", "meeting", "{\"city\":\"Oslo\"}");
        ToolCall second = call("2", "meeting", "{\"city\":\"Rome\"}");
        Collected answer = ask(ToolBox.of(meeting), ScriptedClient.answering(wanting(first, second), GOODBYE));
        assertThat(answer.answered())
                .containsExactly(new ToolAnswered(first, "Oslo", false), new ToolAnswered(second, "Rome", false));
    }

    @Test
    void a_model_that_gets_it_wrong_is_told_so_and_the_caller_sees_no_exception() {
        ToolCall unknown = call("1", "stocks", "{}");
        ToolCall noJson = call("2", "weather", "Rome");
        ToolCall misspelt = call("3", "weather", "{\"town\":\"Rome\"}");
        ToolCall tooLong = call("4", "weather", "{\"city\":\"" + "x".repeat(100) + "\"}");
        ToolBox box = new ToolBox(List.of(WEATHER), ToolLimits.DEFAULT.withArgumentCharacters(50));
        Collected answer =
                ask(box, ScriptedClient.answering(wanting(unknown, noJson, misspelt, tooLong), wanting(ROME), GOODBYE));

        List<ToolAnswered> answered = answer.answered();
        assertThat(answered).hasSize(5);
        assertThat(answered.subList(0, 4)).allMatch(ToolAnswered::failed);
        assertThat(answered.get(0).result())
                .isEqualTo("{\"error\":\"there is no function of that name; there are: weather\"}");
        assertThat(answered.get(1).result()).contains("no JSON");
        assertThat(answered.get(2).result()).contains("required property 'city' not found");
        assertThat(answered.get(3).result()).contains("longer than 50 characters");
        assertThat(answered.get(4)).isEqualTo(new ToolAnswered(ROME, "Rome: sunny", false));
        assertThat(answer.finished()).isEqualTo(Reason.STOP);
    }

    @Test
    void an_exception_becomes_words_without_its_text_unless_it_was_made_for_the_model() {
        Tool secretive = Tool.of("secretive", "", City.class, asked -> {
            throw new IllegalStateException("jdbc:password=hunter2", new RuntimeException("more"));
        });
        Tool talkative = Tool.of("talkative", "", City.class, asked -> {
            throw new ToolException("there is no city named \"" + asked.city() + "\"", new RuntimeException("hunter2"));
        });
        Tool unwritable = Tool.of("unwritable", "", City.class, asked -> new Object());
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Calls.class);
        logger.addAppender(log);
        Collected answer = ask(
                ToolBox.of(secretive, talkative, unwritable),
                ScriptedClient.answering(
                        wanting(
                                call("1", "secretive", "{\"city\":\"a\"}"),
                                call("2", "talkative", "{\"city\":\"Xyzzy\"}"),
                                call("3", "unwritable", "{\"city\":\"a\"}")),
                        GOODBYE));
        assertThat(answer.answered()).allMatch(ToolAnswered::failed);
        assertThat(answer.answered())
                .extracting(ToolAnswered::result)
                .containsExactly(
                        "{\"error\":\"the function failed\"}",
                        "{\"error\":\"there is no city named \\\"Xyzzy\\\"\"}",
                        "{\"error\":\"the function failed\"}");
        logger.detachAppender(log);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.startsWith("tool secretive failed: java.lang.IllegalStateException at "))
                .noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void a_bug_that_java_calls_an_error_is_not_hidden() {
        Tool broken = Tool.of("broken", "", City.class, asked -> {
            throw new StackOverflowError("deep");
        });
        ScriptedClient client = ScriptedClient.answering(wanting(call("1", "broken", "{\"city\":\"a\"}")), GOODBYE);
        assertThatThrownBy(() -> ask(ToolBox.of(broken), client)).isInstanceOf(StackOverflowError.class);
        assertThat(client.asked).hasSize(1);
    }

    @Test
    void results_are_written_as_json_and_cut_at_their_limit_with_a_mark() {
        Tool echo = Tool.of("echo", "", City.class, asked -> asked);
        Tool nothing = Tool.of("nothing", "", City.class, asked -> null);
        Tool endless = Tool.of("endless", "", City.class, asked -> "a" + "\uD83D\uDE00".repeat(5000));
        ToolBox box = new ToolBox(List.of(echo, nothing, endless), ToolLimits.DEFAULT.withResultCharacters(200));
        Collected answer = ask(
                box,
                ScriptedClient.answering(
                        wanting(
                                call("1", "echo", "{\"city\":\"Rome\"}"),
                                call("2", "nothing", "{\"city\":\"a\"}"),
                                call("3", "endless", "{\"city\":\"a\"}")),
                        GOODBYE));
        List<String> results =
                answer.answered().stream().map(ToolAnswered::result).toList();
        assertThat(results).startsWith("{\"city\":\"Rome\"}", "null");
        assertThat(results.getLast())
                .hasSizeBetween(198, 200)
                .startsWith("a\uD83D\uDE00")
                .endsWith("\uD83D\uDE00 … [cut: of 10001 characters only the first were kept]");
    }

    @Test
    void a_function_that_takes_too_long_is_interrupted_and_the_others_are_not_held_up() {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        CountDownLatch never = new CountDownLatch(1);
        Tool slow = Tool.of("slow", "", City.class, asked -> {
            threads.add(Thread.currentThread());
            never.await();
            return "";
        });
        ToolBox box = new ToolBox(List.of(slow, WEATHER), ToolLimits.DEFAULT.withTimeout(Duration.ofMillis(50)));
        ToolCall first = call("1", "slow", "{\"city\":\"a\"}");
        ToolCall second = call("2", "slow", "{\"city\":\"b\"}");
        List<Boolean> ended = new ArrayList<>();
        ScriptedClient client =
                new ScriptedClient(List.of(() -> new ScriptedClient.Answer(wanting(first, second, ROME), false), () -> {
                    threads.forEach(thread -> ended.add(endsSoon(thread)));
                    return new ScriptedClient.Answer(GOODBYE, false);
                }));
        Collected answer = ask(box, client);
        assertThat(answer.answered())
                .containsExactly(
                        new ToolAnswered(first, "{\"error\":\"timed out after 50 ms\"}", true),
                        new ToolAnswered(second, "{\"error\":\"timed out after 50 ms\"}", true),
                        new ToolAnswered(ROME, "Rome: sunny", false));
        assertThat(ended).containsExactly(true, true);
    }

    @Test
    void in_the_last_round_the_model_has_to_answer() {
        ToolBox box = new ToolBox(List.of(WEATHER), ToolLimits.DEFAULT.withRounds(3));
        ScriptedClient client = ScriptedClient.answering(wanting(BEIJING), wanting(BEIJING), GOODBYE);
        assertThat(ask(box, client).text()).isEqualTo("bye");
        assertThat(client.asked)
                .extracting(ChatRequest::toolChoice)
                .containsExactly(new ToolChoice.Auto(), new ToolChoice.Auto(), new ToolChoice.None());
        assertThat(client.asked.getLast().turns()).hasSize(5);
    }

    @Test
    void a_model_that_calls_although_forbidden_ends_the_answer_without_a_call() {
        ToolBox box = new ToolBox(List.of(WEATHER), ToolLimits.DEFAULT.withRounds(2));
        Collected answer = ask(box, ScriptedClient.answering(wanting(BEIJING), wanting(ROME), GOODBYE));
        assertThat(answer.finished()).isEqualTo(Reason.TOOL_CALLS);
        assertThat(answer.answered()).hasSize(1);
    }

    @Test
    void a_call_is_required_in_the_first_round_only() {
        ScriptedClient client = ScriptedClient.answering(wanting(BEIJING), GOODBYE);
        ChatRequest request = Collected.request("?").with(List.of(WEATHER.spec()), new ToolChoice.Required());
        Collected.of(() -> ToolBox.of(WEATHER).open(client, request));
        assertThat(client.asked)
                .extracting(ChatRequest::toolChoice)
                .containsExactly(new ToolChoice.Required(), new ToolChoice.Auto());
    }

    @Test
    void calls_beyond_the_limit_of_a_turn_are_answered_but_not_made() {
        List<String> made = new CopyOnWriteArrayList<>();
        Tool noting = Tool.of("noting", "", City.class, asked -> made.add(asked.city()));
        ToolBox box = new ToolBox(List.of(noting), ToolLimits.DEFAULT.withCallsPerTurn(1));
        ToolCall first = call("1", "noting", "{\"city\":\"a\"}");
        ToolCall second = call("2", "noting", "{\"city\":\"b\"}");
        Collected answer = ask(box, ScriptedClient.answering(wanting(first, second), GOODBYE));
        assertThat(answer.answered())
                .containsExactly(
                        new ToolAnswered(first, "true", false),
                        new ToolAnswered(second, "{\"error\":\"not called: at most 1 calls in one turn\"}", true));
        assertThat(made).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"LENGTH", "CONTENT_FILTER"})
    void an_answer_that_was_cut_or_filtered_calls_nothing(Reason reason) {
        ScriptedClient client = ScriptedClient.answering(
                List.of(new ToolWanted(BEIJING), new Usage(1, 2, 3), new Finished(reason)), GOODBYE);
        Collected answer = ask(ToolBox.of(WEATHER), client);
        assertThat(answer.events()).containsExactly(new ToolWanted(BEIJING), new Usage(1, 2, 3), new Finished(reason));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void a_conversation_that_baidu_wants_to_end_calls_nothing(int flag) {
        ScriptedClient client = ScriptedClient.answering(
                List.of(new Verdict(flag, -1), new ToolWanted(BEIJING), new Finished(Reason.TOOL_CALLS)), GOODBYE);
        assertThat(ask(ToolBox.of(WEATHER), client).answered()).hasSize(flag == 1 ? 1 : 0);
    }

    @Test
    void a_server_that_ends_a_turn_of_calls_with_stop_is_understood() {
        ScriptedClient client =
                ScriptedClient.answering(List.of(new ToolWanted(BEIJING), new Finished(Reason.STOP)), GOODBYE);
        assertThat(ask(ToolBox.of(WEATHER), client).answered()).hasSize(1);
    }

    @Test
    void calls_without_ids_of_their_own_get_some_but_v1s_single_one_keeps_its_empty_id() {
        ToolCall first = call("", "weather", "{\"city\":\"a\"}");
        ToolCall second = call("", "weather", "{\"city\":\"b\"}");
        ScriptedClient client = ScriptedClient.answering(wanting(first, second), GOODBYE);
        Collected answer = ask(ToolBox.of(WEATHER), client);
        ToolCall named = call("call_1", "weather", "{\"city\":\"b\"}");
        assertThat(answer.events()).contains(new ToolWanted(first), new ToolWanted(named));
        assertThat(answer.answered())
                .containsExactly(
                        new ToolAnswered(first, "a: sunny", false), new ToolAnswered(named, "b: sunny", false));
    }

    @Test
    void cumulative_token_counts_are_not_added_up_within_a_round() {
        ScriptedClient client = ScriptedClient.answering(
                List.of(
                        new Usage(1, 1, 2),
                        new ToolWanted(BEIJING),
                        new Usage(1, 9, 10),
                        new Finished(Reason.TOOL_CALLS)),
                List.of(new Text("bye"), new Usage(5, 5, 10), new Finished(Reason.STOP)));
        assertThat(ask(ToolBox.of(WEATHER), client).usage()).isEqualTo(new Usage(6, 14, 20));
    }

    @Test
    void a_failure_of_a_later_round_comes_after_what_was_shown_and_calls_nothing_again() {
        List<String> made = new CopyOnWriteArrayList<>();
        Tool noting = Tool.of("noting", "", City.class, asked -> made.add(asked.city()));
        ErnieFailure failure = new ErnieFailure.RetryLater(new ErnieFailure.Details(503, "busy", "", ""), null);
        ScriptedClient client = new ScriptedClient(List.of(
                () -> new ScriptedClient.Answer(wanting(call("1", "noting", "{\"city\":\"a\"}")), false), () -> {
                    throw new ErnieException(failure);
                }));
        Collected answer = ask(ToolBox.of(noting), client);
        assertThat(answer.failure()).isEqualTo(failure);
        assertThat(answer.answered()).hasSize(1);
        assertThat(made).hasSize(1);
        assertThat(client.asked).hasSize(2);
    }

    @Test
    void a_request_may_offer_some_of_the_box_and_nothing_else() {
        Tool other = Tool.of("other", "", City.class, asked -> "");
        ToolBox box = ToolBox.of(WEATHER, other);
        ChatRequest some = Collected.request("?").with(List.of(other.spec()), new ToolChoice.Auto());
        ScriptedClient client = ScriptedClient.answering(wanting(BEIJING), GOODBYE);
        Collected answer = Collected.of(() -> box.open(client, some));
        assertThat(client.asked.getFirst().tools()).containsExactly(other.spec());
        assertThat(answer.answered()).allMatch(ToolAnswered::failed);

        ChatRequest stranger = Collected.request("?").with(List.of(new ToolSpec("x", "", "{}")), new ToolChoice.Auto());
        assertThatThrownBy(() -> box.open(client, stranger))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none named x");
    }

    @Test
    void a_box_holds_each_name_once_and_at_least_one() {
        assertThatThrownBy(() -> ToolBox.of(WEATHER, WEATHER)).hasMessage("tools: two are named weather");
        assertThatThrownBy(() -> ToolBox.of()).hasMessageContaining("1 to 128");
        assertThat(ToolBox.of(WEATHER).specs()).containsExactly(WEATHER.spec());
    }

    @Test
    void limits_have_ranges() {
        assertThatThrownBy(() -> ToolLimits.DEFAULT.withRounds(1)).hasMessage("rounds: must be from 2 to 50, not 1");
        assertThatThrownBy(() -> ToolLimits.DEFAULT.withCallsPerTurn(0)).hasMessageContaining("callsPerTurn");
        assertThatThrownBy(() -> ToolLimits.DEFAULT.withTimeout(Duration.ZERO)).hasMessageContaining("timeout");
        assertThatThrownBy(() -> ToolLimits.DEFAULT.withResultCharacters(199)).hasMessageContaining("resultCharacters");
        assertThatThrownBy(() -> ToolLimits.DEFAULT.withArgumentCharacters(1))
                .hasMessageContaining("argumentCharacters");
    }

    private static boolean endsSoon(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts this", e);
        }
    }

    static ToolCall call(String id, String name, String arguments) {
        return new ToolCall(id, name, arguments, "");
    }

    static List<ErnieEvent> wanting(ToolCall... calls) {
        List<ErnieEvent> events = new ArrayList<>();
        for (ToolCall call : calls) {
            events.add(new ToolWanted(call));
        }
        events.add(new Finished(Reason.TOOL_CALLS));
        return events;
    }

    private static Collected ask(ToolBox box, ScriptedClient client) {
        return Collected.of(() -> box.open(client, Collected.request("?")));
    }
}
