package io.erniegateway.gateway.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.gateway.conversation.Ending.Closing;
import io.erniegateway.gateway.conversation.Ending.Memory;
import io.erniegateway.gateway.conversation.TurnState.Answering;
import io.erniegateway.gateway.conversation.TurnState.Ended;
import io.erniegateway.gateway.conversation.TurnState.Thinking;
import io.erniegateway.gateway.model.ModelEvent;
import io.erniegateway.gateway.model.ModelEvent.Complete.How;
import io.erniegateway.gateway.model.ModelException.Trouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TurnStateTest {
    private static final TurnState THINKING = new Thinking(false);
    private static final TurnState ANSWERING = new Answering(false);

    private static TurnEvent heard(ModelEvent event) {
        return new TurnEvent.Heard(event);
    }

    private static TurnEvent complete(How how) {
        return heard(new ModelEvent.Complete(how));
    }

    private static Arguments ends(TurnState from, TurnEvent event, String name, Closing closing, Memory memory) {
        return Arguments.of(from, event, new Ended(new Ending(name, closing, memory)));
    }

    static Stream<Arguments> table() {
        Closing asItIs = new Closing.Nothing();
        return Stream.of(
                Arguments.of(THINKING, heard(new ModelEvent.Delta("a")), ANSWERING),
                Arguments.of(ANSWERING, heard(new ModelEvent.Delta("a")), ANSWERING),
                Arguments.of(THINKING, heard(new ModelEvent.LastAllowed()), new Thinking(true)),
                Arguments.of(ANSWERING, heard(new ModelEvent.LastAllowed()), new Answering(true)),
                ends(ANSWERING, complete(How.WHOLE), "whole", asItIs, Memory.KEEP),
                ends(new Answering(true), complete(How.WHOLE), "whole", asItIs, Memory.FORGET_ALL),
                ends(
                        new Answering(true),
                        new TurnEvent.Stopped(),
                        "stopped",
                        new Closing.Below(Phrase.STOPPED),
                        Memory.FORGET_ALL),
                ends(
                        ANSWERING,
                        complete(How.TOO_LONG),
                        "cut-at-limit",
                        new Closing.Below(Phrase.CUT_AT_LIMIT),
                        Memory.KEEP),
                ends(ANSWERING, complete(How.FILTERED), "filtered", asItIs, Memory.SKIP),
                ends(
                        THINKING,
                        complete(How.FILTERED),
                        "retracted",
                        new Closing.Instead(Phrase.UNSAFE),
                        Memory.FORGET_ALL),
                ends(THINKING, complete(How.WHOLE), "empty", new Closing.Instead(Phrase.EMPTY), Memory.SKIP),
                ends(
                        ANSWERING,
                        heard(new ModelEvent.Retracted()),
                        "retracted",
                        new Closing.Instead(Phrase.UNSAFE),
                        Memory.FORGET_ALL),
                ends(THINKING, new TurnEvent.Stopped(), "stopped", new Closing.Instead(Phrase.STOPPED), Memory.SKIP),
                ends(ANSWERING, new TurnEvent.Stopped(), "stopped", new Closing.Below(Phrase.STOPPED), Memory.KEEP),
                ends(
                        THINKING,
                        new TurnEvent.Failed(Trouble.BUSY),
                        "busy",
                        new Closing.Instead(Phrase.BUSY),
                        Memory.SKIP),
                ends(
                        ANSWERING,
                        new TurnEvent.Failed(Trouble.BUSY),
                        "busy",
                        new Closing.Below(Phrase.INTERRUPTED),
                        Memory.SKIP),
                ends(
                        THINKING,
                        new TurnEvent.Failed(Trouble.BROKEN),
                        "broken",
                        new Closing.Instead(Phrase.BROKEN),
                        Memory.SKIP),
                ends(
                        THINKING,
                        new TurnEvent.Failed(Trouble.TOO_LONG),
                        "too-long",
                        new Closing.Instead(Phrase.TOO_LONG),
                        Memory.SKIP),
                ends(
                        ANSWERING,
                        new TurnEvent.Failed(Trouble.UNSAFE),
                        "retracted",
                        new Closing.Instead(Phrase.UNSAFE),
                        Memory.FORGET_ALL),
                ends(ANSWERING, new TurnEvent.Unwanted(), "unwanted", asItIs, Memory.SKIP));
    }

    @ParameterizedTest
    @MethodSource("table")
    void every_event_leads_to_one_state(TurnState from, TurnEvent event, TurnState to) {
        assertThat(from.on(event)).isEqualTo(to);
    }

    @Test
    void what_has_ended_stays_ended() {
        TurnState ended = ANSWERING.on(new TurnEvent.Stopped());
        assertThat(ended.on(heard(new ModelEvent.Delta("late")))).isSameAs(ended);
        assertThat(ended.on(new TurnEvent.Failed(Trouble.BUSY))).isSameAs(ended);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.EnumSource(Phrase.class)
    void the_gateway_speaks_two_languages(Phrase phrase) {
        assertThat(phrase.in(Tongue.CHINESE, "/"))
                .matches(text -> text.codePoints().anyMatch(Character::isIdeographic));
        assertThat(phrase.in(Tongue.ENGLISH, "/"))
                .matches(text -> text.codePoints().noneMatch(Character::isIdeographic));
    }

    @Test
    void commands_are_named_as_the_platform_takes_them() {
        assertThat(Phrase.BUSY.in(Tongue.ENGLISH, "!")).contains("with !retry").doesNotContain("/retry");
        assertThat(Phrase.HELP.in(Tongue.CHINESE, "/")).contains("/new", "/stop", "/retry", "/help");
    }
}
