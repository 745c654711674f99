package io.erniegateway.gateway.simulation;

import io.erniegateway.connectors.simulated.slack.SlackFault;
import io.erniegateway.connectors.simulated.telegram.Faults;
import io.erniegateway.connectors.simulated.telegram.FloodRules;
import io.erniegateway.gateway.budget.LimitMemory;
import io.erniegateway.gateway.delivery.BotDelivery;
import io.erniegateway.gateway.delivery.Native;
import io.erniegateway.gateway.delivery.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays what goes wrong, and writes down when the reader has the whole text all the same. */
final class FaultReport {
    private static final Duration LONGEST = Duration.ofHours(4);

    /** Where in an answer a call is hit. */
    private enum Where {
        FIRST_POST("the first post"),
        INTERIM("an edit in the middle"),
        LAST("the last edit");

        private final String name;

        Where(String name) {
            this.name = name;
        }
    }

    /**
     * One thing that went wrong.
     *
     * @param outcome of one answer, the first
     * @param allowed until when the whole text has to be there, in microseconds after the first chunk
     */
    private record Case(String what, Outcome outcome, long allowed, Script script) {}

    private final StringBuilder text;

    private FaultReport(StringBuilder text) {
        this.text = text;
    }

    static void write(StringBuilder text) {
        FaultReport report = new FaultReport(text);
        text.append("""
                ## Faults

                W2 text with the default hold. *Allowed*: the model's last letter or the end of the penalty, whichever is
                later, and 2 s. *Once*: the whole text stands, and nothing stands twice.

                | | whole text after | allowed | refused | messages | once |
                |---|---|---|---|---|---|
                """);
        report.floods();
        report.breakdowns();
        report.limits();
        report.silences();
        report.slack();
    }

    private void floods() {
        int number = 1;
        for (int seconds : new int[] {5, 30, 149, 7_728}) {
            for (Where where : Where.values()) {
                Duration penalty = Duration.ofSeconds(seconds);
                telegram(
                        "F" + number + " 429, " + seconds + " s, on " + where.name,
                        run -> hit(run, where, new Faults.Fault.Penalty(penalty)),
                        penalty);
            }
            number++;
        }
    }

    private void breakdowns() {
        for (Where where : Where.values()) {
            telegram(
                    "F5 HTTP 500 three times from " + where.name,
                    run -> {
                        for (int i = 0; i < 3; i++) {
                            hit(run, where, new Faults.Fault.ServerError(500, false));
                        }
                    },
                    Duration.ofSeconds(7));
            telegram(
                    "F6 reset before the server acted, on " + where.name,
                    run -> hit(run, where, new Faults.Fault.Reset(false)),
                    Duration.ofSeconds(1));
            telegram(
                    "F6 reset after the server acted, on " + where.name,
                    run -> hit(run, where, new Faults.Fault.Reset(true)),
                    Duration.ofSeconds(1));
        }
    }

    private void limits() {
        telegram(
                "F7 half the published limit of the chat",
                run -> run.telegram.enforce(rules(2, 2, 20, 30)),
                Duration.ofSeconds(2));
        telegram(
                "F7 half of it from the 4th second on, a third from the 8th",
                run -> {
                    run.clock.at(run.clock.nanos() + 4_800_000_000L, () -> run.telegram.enforce(rules(2, 2, 20, 30)));
                    run.clock.at(run.clock.nanos() + 8_800_000_000L, () -> run.telegram.enforce(rules(1, 3, 20, 30)));
                },
                Duration.ofSeconds(3));
    }

    private void silences() {
        Script steady = Script.steady(1_500);
        List<Script.Chunk> late = new ArrayList<>();
        for (Script.Chunk chunk : steady.chunks()) {
            boolean after = chunk.atMicros() > steady.micros() / 2;
            late.add(new Script.Chunk(chunk.atMicros() + (after ? 10_000_000 : 0), chunk.text()));
        }
        Script stalled = new Script(0, 0, late);
        add("F8 the model is silent for 10 s in the middle", stalled, run -> {}, null);
        for (Where where : Where.values()) {
            telegram(
                    "F8 the platform answers after 8 s, on " + where.name,
                    run -> hit(run, where, new Faults.Fault.LateAnswer(Duration.ofSeconds(8))),
                    Duration.ofSeconds(8));
        }
    }

    private static FloodRules rules(int burst, int refillSeconds, int group, int bot) {
        return new FloodRules(
                burst,
                Duration.ofSeconds(refillSeconds),
                group,
                Duration.ofMinutes(1),
                bot,
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ZERO);
    }

    private static void hit(TelegramRun run, Where where, Faults.Fault fault) {
        switch (where) {
            case FIRST_POST -> run.telegram.faults().next("sendMessage", fault);
            case INTERIM -> run.telegram.faults().nth(4, "editMessageText", fault);
            case LAST ->
                run.telegram
                        .faults()
                        .when(
                                call -> call.method().equals("editmessagetext")
                                        && call.text().endsWith("z"),
                                fault);
        }
    }

    private void telegram(String what, Consumer<TelegramRun> trouble, @Nullable Duration penalty) {
        add(what, Script.steady(1_500), trouble, penalty);
    }

    private void add(String what, Script script, Consumer<TelegramRun> trouble, @Nullable Duration penalty) {
        TelegramRun run = new TelegramRun(TelegramRun.TELLING, false, false);
        BotDelivery delivery = run.delivery(run.connector(), Pace.DEFAULT, Native.AUTO, LimitMemory.NONE);
        run.learn(delivery, script.micros());
        trouble.accept(run);
        row(new Case(what, run.play(delivery, List.of(script), LONGEST), 0, script), penalty);
    }

    private void slack() {
        for (int seconds : new int[] {5, 149}) {
            Duration penalty = Duration.ofSeconds(seconds);
            SlackRun run = new SlackRun();
            BotDelivery delivery = run.delivery(run.connector(), Pace.DEFAULT, Native.EDIT, LimitMemory.NONE);
            Script script = Script.steady(1_500);
            run.learn(delivery, script.micros());
            // The answer's last second: chat.update is closed, posting is not.
            run.clock.at(
                    run.clock.nanos() + (Run.THINKING + script.micros() - 100_000) * 1_000,
                    () -> run.slack.failNext("chat.update", new SlackFault.TooMany(penalty)));
            Outcome outcome = run.play(delivery, List.of(script), LONGEST);
            // A message that was given up shows so when updates are open again.
            run.clock.run(delivery, run.clock.nanos() + 2 * penalty.toNanos());
            outcome = outcome.with(run.standing(script));
            row(
                    new Case("Slack: 429, " + seconds + " s, on the last updates", outcome, 0, script),
                    seconds > 30 ? Duration.ZERO : penalty);
        }
    }

    private void row(Case one, @Nullable Duration penalty) {
        Outcome.Read read = one.outcome().answers().getFirst();
        List<Long> slowed = one.outcome().slowedMicros();
        long finished = one.script().micros();
        long wait = penalty == null ? 0 : penalty.toNanos() / 1_000;
        long penaltyEnds = slowed.isEmpty() ? finished + wait : slowed.getLast() + wait;
        long allowed = Math.max(finished, penaltyEnds) + 2_000_000;
        int letters = read.standing().stream().mapToInt(Script::letters).sum();
        text.append(String.format(
                Locale.ROOT,
                "| %s | %.2f s | %.2f s%s | %d | %d | %s |%n",
                one.what(),
                read.lastAtMicros() / 1e6,
                allowed / 1e6,
                read.lastAtMicros() <= allowed ? "" : " **late**",
                one.outcome().refused(),
                read.standing().size(),
                letters == read.letters() ? "yes" : "**no**"));
    }
}
