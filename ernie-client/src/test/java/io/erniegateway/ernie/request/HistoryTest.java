package io.erniegateway.ernie.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.Image;
import io.erniegateway.ernie.ToolCall;
import io.erniegateway.ernie.Turn;
import io.erniegateway.ernie.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryTest {
    private static final ToolCall CALL = new ToolCall("1", "weather", "{}", "");
    private static final ToolCall OTHER = new ToolCall("2", "time", "{}", "");
    private static final Turn RESULT = new Turn.ToolResult(CALL, "sunny");
    private static final Turn OTHER_RESULT = new Turn.ToolResult(OTHER, "noon");

    /** A user's turn is a letter, the model's a capital; a blank is blank. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a           | a
            a b         | a\\nb
            A a         | a
            a A b       | a A b
            a A B b     | a A\\nB b
            a . b       | a\\nb
            a , b       | a\\nb
            a A . B b   | a A\\nB b
            a A b c B d | a A b\\nc B d
            A B , a     | a
            """)
    void roles_alternate_and_the_user_is_first(String given, String repaired) {
        assertThat(shown(History.repaired(read(given)).turns())).isEqualTo(repaired);
    }

    @Test
    void pictures_of_merged_turns_are_kept_and_one_without_a_word_is_a_turn() {
        Image image = new Image("https://example.com/a.png");
        assertThat(History.repaired(List.of(Turn.user("look"), new Turn.User(" ", List.of(image))))
                        .turns())
                .containsExactly(new Turn.User("look", List.of(image)));
    }

    @Test
    void calls_stand_with_their_results_or_not_at_all() {
        Turn both = new Turn.Assistant("", List.of(CALL, OTHER));
        assertThat(repaired(Turn.user("a"), both, OTHER_RESULT, RESULT))
                .containsExactly(Turn.user("a"), both, RESULT, OTHER_RESULT);
        assertThat(repaired(Turn.user("a"), both, RESULT))
                .containsExactly(Turn.user("a"), new Turn.Assistant("", List.of(CALL)), RESULT);
        assertThat(repaired(Turn.user("a"), new Turn.Assistant("wait", List.of(CALL)), Turn.user("b")))
                .containsExactly(Turn.user("a"), Turn.assistant("wait"), Turn.user("b"));
        assertThat(repaired(Turn.user("a"), new Turn.Assistant("", List.of(CALL)), Turn.user("b")))
                .containsExactly(Turn.user("a\nb"));
        assertThat(repaired(Turn.user("a"), OTHER_RESULT, Turn.assistant("x"), Turn.user("b")))
                .containsExactly(Turn.user("a"), Turn.assistant("x"), Turn.user("b"));
    }

    @Test
    void a_result_the_model_never_answered_goes_with_its_call_when_the_user_speaks_again() {
        Turn call = new Turn.Assistant("", List.of(CALL));
        assertThat(repaired(Turn.user("a"), call, RESULT, Turn.user("b"))).containsExactly(Turn.user("a\nb"));
        assertThat(repaired(Turn.user("a"), call, RESULT, Turn.assistant("x"), Turn.user("b")))
                .containsExactly(Turn.user("a"), call, RESULT, Turn.assistant("x"), Turn.user("b"));
    }

    @Test
    void a_result_of_no_call_is_no_question() {
        assertThatThrownBy(() -> repaired(Turn.user("a"), Turn.assistant("x"), RESULT))
                .hasMessageStartingWith("turns: the last one");
        assertThatThrownBy(() -> repaired(new Turn.Assistant("", List.of(CALL)), RESULT))
                .hasMessageStartingWith("turns: the last one");
    }

    @Test
    void any_history_becomes_one_that_every_server_takes() {
        Random random = new Random(7);
        for (int round = 0; round < 5000; round++) {
            List<Turn> turns = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                turns.add(anything(random));
            }
            turns.add(Turn.user("last"));
            List<Turn> repaired = History.repaired(turns).turns();
            assertThat(repaired.getFirst()).isInstanceOf(Turn.User.class);
            assertThat(repaired.getLast().text()).endsWith("last");
            for (int i = 1; i < repaired.size(); i++) {
                assertThat(follows(repaired.get(i - 1), repaired.get(i)))
                        .as("%s of %s", repaired, turns)
                        .isTrue();
            }
        }
    }

    @Test
    void whole_exchanges_are_left_out_from_the_front_until_the_rest_fits() {
        History history = History.repaired(read("aa AA bb BB cc CC dd"));
        assertThat(shown(trimmed(history, new Window(0, 9)))).isEqualTo("cc CC dd");
        assertThat(shown(trimmed(history, new Window(0, 10)))).isEqualTo("bb BB cc CC dd");
        assertThat(shown(trimmed(history, new Window(0, 1)))).isEqualTo("dd");
        assertThat(shown(trimmed(history, Window.UNKNOWN))).isEqualTo("aa AA bb BB cc CC dd");
        assertThat(shown(trimmed(history, new Window(7, 0)))).isEqualTo("cc CC dd");
    }

    @Test
    void a_call_is_never_parted_from_its_result() {
        Turn call = new Turn.Assistant("", List.of(CALL));
        History history = History.repaired(
                List.of(Turn.user("a"), call, RESULT, Turn.assistant("x"), Turn.user("b"), call, RESULT));
        assertThat(trimmed(history, new Window(0, 1))).containsExactly(Turn.user("b"), call, RESULT);
    }

    @Test
    void after_a_refusal_the_newer_half_is_kept() {
        History history = History.repaired(read("aa AA bb BB cc CC dd"));
        History half = Trimming.half(history).orElseThrow();
        assertThat(shown(half.turns())).isEqualTo("cc CC dd");
        assertThat(shown(Trimming.half(half).orElseThrow().turns())).isEqualTo("dd");
        assertThat(Trimming.half(History.repaired(read("dd")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "你好, 2",
        "'你好，世界。', 6",
        "hello, 2",
        "'hello world', 3",
        "'hello, world', 4",
        "'ERNIE 大模型', 5",
        "aaaaaaaaaaaaaaaaaaaaaaaa, 6",
        "สวัสดี, 6"
    })
    void tokens_are_estimated_on_the_safe_side(String text, int tokens) {
        assertThat(TokenEstimate.of(text)).isEqualTo(tokens);
    }

    private static List<Turn> trimmed(History history, Window window) {
        return Trimming.toWindow(history, ChatRequest.of("x"), window).turns();
    }

    private static List<Turn> repaired(Turn... turns) {
        return History.repaired(List.of(turns)).turns();
    }

    private static Turn anything(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> Turn.user("u");
            case 1 -> Turn.user(" ");
            case 2 -> Turn.assistant("A");
            case 3 -> Turn.assistant("");
            case 4 -> new Turn.Assistant(random.nextBoolean() ? "" : "B", List.of(CALL));
            case 5 -> new Turn.Assistant("", List.of(CALL, OTHER));
            default -> random.nextBoolean() ? RESULT : OTHER_RESULT;
        };
    }

    private static boolean follows(Turn before, Turn after) {
        return switch (before) {
            case Turn.User user -> after instanceof Turn.Assistant;
            case Turn.Assistant said when said.calls().isEmpty() -> after instanceof Turn.User;
            case Turn.Assistant said ->
                after instanceof Turn.ToolResult result && said.calls().contains(result.call());
            case Turn.ToolResult result -> !(after instanceof Turn.User);
        };
    }

    private static List<Turn> read(String letters) {
        List<Turn> turns = new ArrayList<>();
        for (String word : letters.strip().split(" ", -1)) {
            turns.add(
                    switch (word) {
                        case "." -> Turn.user(" ");
                        case "," -> Turn.assistant("\n");
                        default -> Character.isUpperCase(word.charAt(0)) ? Turn.assistant(word) : Turn.user(word);
                    });
        }
        return turns;
    }

    private static String shown(List<Turn> turns) {
        return String.join(" ", turns.stream().map(Turn::text).toList()).replace("\n", "\\n");
    }
}
