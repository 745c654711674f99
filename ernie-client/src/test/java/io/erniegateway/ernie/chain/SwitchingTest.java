package io.erniegateway.ernie.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieFailure.ChooseAnotherModel;
import io.erniegateway.ernie.ErnieFailure.ClearHistory;
import io.erniegateway.ernie.ErnieFailure.Details;
import io.erniegateway.ernie.ErnieFailure.FixAccess;
import io.erniegateway.ernie.ErnieFailure.GiveUp;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.ErnieFailure.Shorten;
import io.erniegateway.ernie.ToolCall;
import io.erniegateway.ernie.Window;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SwitchingTest {
    private static final Details DETAILS = new Details(500, "x", "x", "");
    private static final Window SMALL = new Window(8_000, 20_000);
    private static final Window LARGE = new Window(128_000, 500_000);
    private static final Window CHARACTERS = new Window(0, 20_000);

    static List<Arguments> failures() {
        return List.of(
                Arguments.of(new RetryLater(DETAILS, null), LARGE, SMALL, true),
                Arguments.of(new ChooseAnotherModel(DETAILS), LARGE, SMALL, true),
                Arguments.of(new FixAccess(DETAILS), LARGE, SMALL, true),
                Arguments.of(new GiveUp(DETAILS), LARGE, SMALL, true),
                Arguments.of(new GiveUp(new Details(0, "tls", "x", "")), LARGE, SMALL, true),
                Arguments.of(new GiveUp(new Details(0, "closed", "x", "")), SMALL, LARGE, false),
                Arguments.of(new GiveUp(new Details(0, "interrupted", "x", "")), SMALL, LARGE, false),
                Arguments.of(new ClearHistory(DETAILS), SMALL, LARGE, false),
                Arguments.of(new Shorten(DETAILS), SMALL, LARGE, true),
                Arguments.of(new Shorten(DETAILS), LARGE, SMALL, false),
                Arguments.of(new Shorten(DETAILS), SMALL, SMALL, false),
                Arguments.of(new Shorten(DETAILS), Window.UNKNOWN, LARGE, false),
                Arguments.of(new Shorten(DETAILS), SMALL, Window.UNKNOWN, false),
                Arguments.of(new Shorten(DETAILS), CHARACTERS, LARGE, true),
                Arguments.of(new Shorten(DETAILS), LARGE, CHARACTERS, false));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void another_model_is_asked_when_it_may_do_better(ErnieFailure why, Window from, Window to, boolean helps) {
        assertThat(Switching.helps(why, from, to)).isEqualTo(helps);
    }

    static List<Arguments> events() {
        ToolCall call = new ToolCall("1", "weather", "{}", "");
        return List.of(
                Arguments.of(new ErnieEvent.Searching(), false),
                Arguments.of(new ErnieEvent.Switched("a", "b", new GiveUp(DETAILS)), false),
                Arguments.of(new ErnieEvent.Text("x"), true),
                Arguments.of(new ErnieEvent.Reasoning("x"), true),
                Arguments.of(new ErnieEvent.SearchResults(List.of()), true),
                Arguments.of(new ErnieEvent.ToolWanted(call), true),
                Arguments.of(new ErnieEvent.ToolAnswered(call, "x", false), true),
                Arguments.of(new ErnieEvent.Verdict(1, -1), true),
                Arguments.of(new ErnieEvent.Usage(1, 1, 2), true),
                Arguments.of(new ErnieEvent.Finished(ErnieEvent.Finished.Reason.STOP), true));
    }

    @ParameterizedTest
    @MethodSource("events")
    void once_a_reader_may_have_seen_something_nobody_else_begins_anew(ErnieEvent event, boolean commits) {
        assertThat(Switching.commits(event)).isEqualTo(commits);
    }
}
