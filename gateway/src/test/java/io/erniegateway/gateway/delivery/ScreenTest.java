package io.erniegateway.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.gateway.delivery.Screen.Step;
import io.erniegateway.gateway.delivery.Screen.Way;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScreenTest {
    private static final ChatId ANN = ChatId.direct("bot", "ann");
    private static final MessageRef ONE = new MessageRef(ANN, "1");
    private static final MessageRef TWO = new MessageRef(ANN, "2");
    private static final Rendered A = text("a");
    private static final Rendered AB = text("ab");
    private static final Rendered B = text("b");
    private static final Rendered GONE = text("-");
    private static final int NONE = -1;

    private static Rendered text(String text) {
        return new Rendered(text, "formatted", text.length());
    }

    private static Arguments row(
            String name, Way way, Consumer<Screen> before, List<Rendered> wanted, int growing, Step next) {
        return arguments(name, way, before, wanted, growing, false, next);
    }

    private static final Consumer<Screen> POSTED = screen -> screen.posted(ONE, A);
    private static final Consumer<Screen> STARTED = screen -> screen.started(ONE, A, 5);
    private static final Consumer<Screen> DRAFTED = screen -> screen.drafted(A, 5);

    static Stream<Arguments> edits() {
        Consumer<Screen> both = POSTED.andThen(screen -> screen.posted(TWO, B));
        return Stream.of(
                row("nothing to see", Way.EDIT, ScreenTest::blank, List.of(), NONE, new Step.Nothing()),
                row("the first text", Way.EDIT, ScreenTest::blank, List.of(A), 0, new Step.Post(0, A)),
                row("the same", Way.EDIT, POSTED, List.of(A), 0, new Step.Nothing()),
                row("more", Way.EDIT, POSTED, List.of(AB), 0, new Step.Edit(0, ONE, AB)),
                row("a second part", Way.EDIT, POSTED, List.of(A, B), 1, new Step.Post(1, B)),
                row("the first part first", Way.EDIT, POSTED, List.of(AB, B), 1, new Step.Edit(0, ONE, AB)),
                row("nothing to see now", Way.EDIT, POSTED, List.of(), NONE, new Step.Nothing()),
                row("a part left over", Way.EDIT, both, List.of(A), NONE, new Step.Edit(1, TWO, GONE)),
                row("unknown content", Way.EDIT, POSTED.andThen(s -> s.unsure(0)), List.of(A), NONE, edit(A)),
                row(
                        "a post in doubt",
                        Way.EDIT,
                        s -> s.doubt(A, true, 2),
                        List.of(AB),
                        0,
                        new Step.Look(0, A, true, 2)),
                row("no doubt any more", Way.EDIT, ScreenTest::doubted, List.of(AB), 0, new Step.Post(0, AB)),
                row(
                        "plain from now on",
                        Way.EDIT,
                        s -> s.fallBackToPlain(0),
                        List.of(A),
                        0,
                        new Step.Post(0, A.plain())),
                row("given up", Way.EDIT, both.andThen(s -> s.giveUp(0)), List.of(A), NONE, new Step.Post(0, A)));
    }

    private static Step edit(Rendered text) {
        return new Step.Edit(0, ONE, text);
    }

    private static void doubted(Screen screen) {
        screen.doubt(A, false, 0);
        screen.noDoubt();
    }

    private static void found(Screen screen) {
        screen.doubt(A, true, 0);
        screen.found(ONE, 5);
    }

    private static void blank(Screen screen) {
        assertThat(screen.isBlank()).isTrue();
    }

    static Stream<Arguments> previews() {
        return Stream.of(
                row("the first text", Way.DRAFT, ScreenTest::blank, List.of(A), 0, new Step.Draft(0, A)),
                row("the same", Way.DRAFT, DRAFTED, List.of(A), 0, new Step.Nothing()),
                row("more", Way.DRAFT, DRAFTED, List.of(AB), 0, new Step.Draft(0, AB)),
                row("the last text", Way.DRAFT, DRAFTED, List.of(A), NONE, new Step.Post(0, A)),
                row("a full part", Way.DRAFT, DRAFTED, List.of(A, B), 1, new Step.Post(0, A)),
                row("the part after it", Way.DRAFT, DRAFTED.andThen(POSTED), List.of(A, B), 1, new Step.Draft(1, B)),
                row("no previews", Way.DRAFT, DRAFTED.andThen(Screen::onlyEdit), List.of(A), 0, new Step.Post(0, A)),
                arguments("fading", Way.DRAFT, DRAFTED, List.of(A), 0, true, new Step.Draft(0, A)));
    }

    static Stream<Arguments> streams() {
        Consumer<Screen> ends = STARTED.andThen(Screen::endStream);
        return Stream.of(
                row("the first text", Way.STREAM, ScreenTest::blank, List.of(A), 0, new Step.Start(0, A)),
                row("a text that is all", Way.STREAM, ScreenTest::blank, List.of(A), NONE, new Step.Post(0, A)),
                row("may not start", Way.STREAM, s -> s.mayStart(false), List.of(A), 0, new Step.Post(0, A)),
                row("the same", Way.STREAM, STARTED, List.of(A), 0, new Step.Nothing()),
                row("more", Way.STREAM, STARTED, List.of(AB), 0, new Step.Append(0, ONE, "b", AB)),
                row("only space more", Way.STREAM, STARTED, List.of(text("a ")), 0, new Step.Nothing()),
                row("the end", Way.STREAM, STARTED, List.of(AB), NONE, stop("b", AB)),
                row("an end without more", Way.STREAM, STARTED, List.of(A), NONE, stop("", A)),
                row("a full part", Way.STREAM, STARTED, List.of(AB, B), 1, stop("b", AB)),
                row(
                        "found after doubt",
                        Way.STREAM,
                        ScreenTest::found,
                        List.of(A),
                        NONE,
                        new Step.Stop(0, ONE, "", null)),
                row("told to end", Way.STREAM, ends, List.of(AB), 0, stop("b", AB)),
                row("taken back", Way.STREAM, STARTED, List.of(B), 0, stop("", A)),
                row("other markup", Way.STREAM, STARTED, List.of(AB.plain()), 0, stop("", A)),
                row(
                        "in doubt",
                        Way.STREAM,
                        STARTED.andThen(s -> s.unsure(0)),
                        List.of(AB),
                        0,
                        new Step.Stop(0, ONE, "", null)),
                row("closed", Way.STREAM, STARTED.andThen(s -> s.closed(0, A)), List.of(AB), 0, edit(AB)),
                row("closed in doubt", Way.STREAM, STARTED.andThen(s -> s.closed(0, null)), List.of(A), 0, edit(A)),
                row("over", Way.STREAM, STARTED.andThen(s -> s.over(0)), List.of(A), 0, new Step.Nothing()),
                row(
                        "open after all",
                        Way.EDIT,
                        POSTED.andThen(s -> s.stillOpen(0)),
                        List.of(A),
                        0,
                        new Step.Stop(0, ONE, "", null)),
                row(
                        "the part after it",
                        Way.STREAM,
                        STARTED.andThen(s -> s.closed(0, A)),
                        List.of(A, B),
                        1,
                        new Step.Start(1, B)));
    }

    private static Step stop(String piece, Rendered whole) {
        return new Step.Stop(0, ONE, piece, whole);
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource({"edits", "previews", "streams"})
    void the_next_step_is_the_first_difference(
            String name,
            Way way,
            Consumer<Screen> before,
            List<Rendered> wanted,
            int growing,
            boolean draftDue,
            Step next) {
        Screen screen = new Screen(way, List.of());
        before.accept(screen);
        assertThat(screen.next(wanted, growing, draftDue, GONE)).as(name).isEqualTo(next);
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource({"edits", "previews", "streams"})
    void a_look_at_the_next_step_changes_nothing(
            String name,
            Way way,
            Consumer<Screen> before,
            List<Rendered> wanted,
            int growing,
            boolean draftDue,
            Step next) {
        Screen screen = new Screen(way, List.of());
        before.accept(screen);
        Call likely = screen.likely(growing == NONE);
        screen.next(wanted, growing, draftDue, GONE);
        assertThat(screen.next(wanted, growing, draftDue, GONE)).as(name).isEqualTo(next);
        assertThat(screen.likely(growing == NONE)).isEqualTo(likely);
    }

    @Test
    void what_an_earlier_process_posted_is_edited_whatever_it_shows() {
        Screen screen = new Screen(Way.EDIT, List.of(ONE, TWO));
        assertThat(screen.next(List.of(A), NONE, false, GONE)).isEqualTo(edit(A));
        screen.shows(0, A);
        assertThat(screen.next(List.of(A), NONE, false, GONE)).isEqualTo(new Step.Edit(1, TWO, GONE));
    }

    @Test
    void plain_characters_are_the_last_resort() {
        Screen screen = new Screen(Way.EDIT, List.of());
        assertThat(screen.fallBackToPlain(0)).isTrue();
        assertThat(screen.fallBackToPlain(0)).isFalse();
        assertThat(screen.fallBackToPlain(1)).as("another part").isTrue();
    }

    @Test
    void what_is_given_up_is_told_and_the_parts_before_stay() {
        Screen screen = new Screen(Way.EDIT, List.of(ONE, TWO));
        screen.shows(0, A);
        assertThat(screen.giveUp(1)).containsExactly(TWO);
        assertThat(screen.next(List.of(A, B), NONE, false, GONE)).isEqualTo(new Step.Post(1, B));
    }
}
