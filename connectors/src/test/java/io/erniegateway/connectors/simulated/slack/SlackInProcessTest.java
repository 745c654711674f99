package io.erniegateway.connectors.simulated.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.slack.SlackApp;
import io.erniegateway.connectors.slack.SlackConnector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real connector and the simulated Slack in one process, in a time that only sleeping moves. */
class SlackInProcessTest {
    private static final Duration ONE_WAY = Duration.ofMillis(30);
    private static final String UPDATE = "chat.update";

    private record Look(String message, String text, Duration at) {}

    private final TurnedTime time = new TurnedTime();
    private final SlackInProcess slack = new SlackInProcess(time, ONE_WAY);
    private final SlackConnector connector = new SlackConnector(
            SlackApp.http("ernie", slack.setup().botToken(), "secret").at(slack.apiBase()), slack.wire());
    private final String person = slack.person();
    private final String room = slack.directMessage(person);
    private final ChatId chat = new ChatId("ernie", room, slack.ask(room, person, "question"), false);
    private final long begin = time.nanos();

    @AfterEach
    void close() {
        connector.close();
    }

    @Test
    void a_call_takes_the_way_there_and_back_and_is_seen_in_between() {
        List<Look> looks = new ArrayList<>();
        slack.addReader(
                (in, message, text, nanos) -> looks.add(new Look(message, text, Duration.ofNanos(nanos - begin))));
        MessageRef message = posted("one");
        assertThat(elapsed()).isEqualTo(ONE_WAY.multipliedBy(2));
        assertThat(connector.edit(message, connector.render("**two**"))).isInstanceOf(EditOutcome.Applied.class);
        assertThat(connector.edit(message, connector.render("**two**"))).isInstanceOf(EditOutcome.Applied.class);
        slack.delete(room, message.id());
        assertThat(looks)
                .containsExactly(
                        new Look(message.id(), "one", Duration.ofMillis(30)),
                        new Look(message.id(), "two", Duration.ofMillis(90)),
                        new Look(message.id(), "", Duration.ofMillis(180)));
    }

    @Test
    void a_limit_refuses_in_simulated_time_and_is_over_in_simulated_time() {
        MessageRef message = posted("one");
        for (int i = 0; i < 50; i++) {
            assertThat(connector.edit(message, connector.render("text " + i))).isInstanceOf(EditOutcome.Applied.class);
        }
        EditOutcome early = connector.edit(message, connector.render("too early"));
        assertThat(early).isEqualTo(new Refusal.SlowDown(Duration.ofSeconds(57), "ratelimited"));
        time.sleep(Duration.ofSeconds(57));
        assertThat(connector.edit(message, connector.render("in time"))).isInstanceOf(EditOutcome.Applied.class);
        assertThat(slack.calls(UPDATE)).isEqualTo(new CallCount(51, 1, 0));
        slack.allow(UPDATE, 1);
        assertThat(connector.edit(message, connector.render("x"))).isInstanceOf(Refusal.SlowDown.class);
        slack.allow(UPDATE, 60);
        slack.failNext(UPDATE, new SlackFault.TooMany(Duration.ofSeconds(149)));
        assertThat(connector.edit(message, connector.render("x")))
                .isEqualTo(new Refusal.SlowDown(Duration.ofSeconds(149), "ratelimited"));
        time.sleep(Duration.ofSeconds(149));
        assertThat(connector.edit(message, connector.render("x"))).isInstanceOf(EditOutcome.Applied.class);
    }

    @Test
    void faults_before_and_after_the_deed_may_both_have_acted() {
        MessageRef message = posted("one");
        for (SlackFault fault : List.of(
                new SlackFault.Reset(false),
                new SlackFault.Reset(true),
                new SlackFault.Internal(false),
                new SlackFault.Internal(true),
                new SlackFault.Broken(500),
                new SlackFault.Garbage())) {
            connector.edit(message, connector.render("before"));
            slack.failNext(UPDATE, fault);
            assertThat(connector.edit(message, connector.render("after")))
                    .as("%s", fault)
                    .isInstanceOfSatisfying(
                            Refusal.Unreachable.class,
                            unreachable ->
                                    assertThat(unreachable.mayHaveActed()).isTrue());
            boolean acted = fault.equals(new SlackFault.Reset(true))
                    || fault.equals(new SlackFault.Internal(true))
                    || fault.equals(new SlackFault.Garbage());
            assertThat(slack.messages(room).getLast().text()).as("%s", fault).isEqualTo(acted ? "after" : "before");
        }
        assertThat(slack.calls(UPDATE)).isEqualTo(new CallCount(12, 0, 6));
    }

    @Test
    void a_late_answer_is_waited_for_and_a_very_late_one_given_up_though_the_deed_is_done() {
        MessageRef message = posted("one");
        slack.failNext(UPDATE, new SlackFault.Late(Duration.ofSeconds(8)));
        assertThat(connector.edit(message, connector.render("two"))).isInstanceOf(EditOutcome.Applied.class);
        assertThat(elapsed()).isEqualTo(Duration.ofMillis(8_120));
        slack.failNext(UPDATE, new SlackFault.Late(Duration.ofSeconds(60)));
        assertThat(connector.edit(message, connector.render("three")))
                .isInstanceOfSatisfying(
                        Refusal.Unreachable.class,
                        unreachable -> assertThat(unreachable.mayHaveActed()).isTrue());
        assertThat(elapsed()).isEqualTo(Duration.ofMillis(18_120));
        assertThat(slack.messages(room).getLast().text()).isEqualTo("three");
    }

    @Test
    void streams_and_signs_are_over_when_their_time_is() {
        PostOutcome.Posted started = (PostOutcome.Posted) connector.start(chat, connector.streamed("a"));
        time.sleep(Duration.ofSeconds(119));
        assertThat(connector.append(started.message(), "b")).isInstanceOf(EditOutcome.Applied.class);
        assertThat(slack.isBusy(room, chat.thread())).isTrue();
        time.sleep(Duration.ofMinutes(2));
        assertThat(slack.isBusy(room, chat.thread())).isFalse();
        assertThat(connector.append(started.message(), "c")).isEqualTo(new EditOutcome.StreamOver(false));
        connector.typing(chat);
        time.sleep(Duration.ofSeconds(119));
        assertThat(slack.isBusy(room, chat.thread())).isTrue();
        time.sleep(Duration.ofSeconds(1));
        assertThat(slack.isBusy(room, chat.thread())).isFalse();
    }

    @Test
    void an_hour_of_edits_takes_no_time() {
        MessageRef message = posted("start");
        long real = System.nanoTime();
        for (int i = 0; i < 2_000; i++) {
            assertThat(connector.edit(message, connector.render("text " + i))).isInstanceOf(EditOutcome.Applied.class);
            time.sleep(Duration.ofSeconds(2));
        }
        assertThat(elapsed()).isGreaterThan(Duration.ofHours(1));
        assertThat(Duration.ofNanos(System.nanoTime() - real)).isLessThan(Duration.ofSeconds(20));
    }

    private Duration elapsed() {
        return Duration.ofNanos(time.nanos() - begin);
    }

    private MessageRef posted(String markdown) {
        return ((PostOutcome.Posted) connector.post(chat, connector.render(markdown))).message();
    }
}
