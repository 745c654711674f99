package io.erniegateway.gateway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.slack.SlackFault;
import io.erniegateway.connectors.simulated.telegram.Faults.Fault;
import io.erniegateway.gateway.budget.LimitMemory;
import io.erniegateway.gateway.delivery.BotDelivery;
import io.erniegateway.gateway.delivery.Native;
import io.erniegateway.gateway.delivery.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answer to the first post of an answer is lost: whether or not the platform acted, one message stands, and is whole. */
class LostPostTest {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Pace AT_ONCE = new Pace(Duration.ZERO, 1);
    private static final String EARLIER = "an earlier answer";

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void one_whole_message_stands_in_telegram(boolean acted, boolean group) {
        TelegramRun run = new TelegramRun(TelegramRun.TELLING, group, false);
        BotDelivery delivery = run.delivery(run.connector(), AT_ONCE, Native.AUTO, LimitMemory.NONE);
        play(run, delivery, List.of(earlier()));
        run.telegram.faults().next("sendMessage", new Fault.Reset(acted));
        Script script = Script.steady(300);
        play(run, delivery, List.of(script));
        assertThat(letters(run.telegram.messages(run.chat(0).room())))
                .containsExactly(letters(EARLIER), letters(script));
    }

    /** All first posts but the earlier one are lost, every second after the platform acted, while others go on. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void one_whole_message_stands_in_each_of_many_chats_that_write_at_the_same_time(boolean firstActed) {
        TelegramRun run = new TelegramRun(TelegramRun.TELLING, false, false);
        BotDelivery delivery = run.delivery(run.connector(), AT_ONCE, Native.AUTO, LimitMemory.NONE);
        play(run, delivery, List.of(earlier()));
        List<Script> scripts = new ArrayList<>();
        for (int room = 1; room <= 6; room++) {
            scripts.add(Script.steady(300).in(room, room * 20_000L));
        }
        for (int i = 0; i < scripts.size(); i++) {
            run.telegram.faults().next("sendMessage", new Fault.Reset(i % 2 == 0 == firstActed));
        }
        play(run, delivery, scripts);
        for (Script script : scripts) {
            assertThat(letters(run.telegram.messages(run.chat(script.room()).room())))
                    .containsExactly(letters(script));
        }
    }

    @ParameterizedTest
    @CsvSource({"true,EDIT", "false,EDIT", "true,AUTO", "false,AUTO"})
    void one_whole_message_stands_in_slack(boolean acted, Native mode) {
        SlackRun run = new SlackRun();
        BotDelivery delivery = run.delivery(run.connector(), AT_ONCE, mode, LimitMemory.NONE);
        run.slack.failNext("chat.postMessage", new SlackFault.Reset(acted));
        run.slack.failNext("chat.startStream", new SlackFault.Reset(acted));
        Script script = Script.steady(300);
        play(run, delivery, List.of(script));
        assertThat(letters(run.slack.messages(run.chat(0).room()))).containsExactly(letters(script));
    }

    private static Script earlier() {
        return new Script(0, 0, List.of(new Script.Chunk(0, EARLIER)));
    }

    private static void play(Run run, BotDelivery delivery, List<Script> scripts) {
        run.play(delivery, scripts, LONGEST);
        run.clock.run(delivery, run.clock.nanos() + Duration.ofMinutes(1).toNanos());
    }

    private static String letters(Script script) {
        return letters(script.text());
    }

    private static List<String> letters(List<Seen> messages) {
        return messages.stream()
                .filter(Seen::fromBot)
                .map(message -> letters(message.source()))
                .toList();
    }

    private static String letters(String text) {
        StringBuilder letters = new StringBuilder();
        text.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return letters.toString();
    }
}
