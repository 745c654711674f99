package io.erniegateway.gateway.simulation;

import io.erniegateway.gateway.budget.LimitMemory;
import io.erniegateway.gateway.delivery.BotDelivery;
import io.erniegateway.gateway.delivery.Native;
import io.erniegateway.gateway.delivery.Pace;
import io.erniegateway.gateway.simulation.bound.Answer;
import io.erniegateway.gateway.simulation.bound.ArrivalCurve;
import io.erniegateway.gateway.simulation.bound.Bound;
import io.erniegateway.gateway.simulation.bound.CallKind;
import io.erniegateway.gateway.simulation.bound.Limit;
import io.erniegateway.gateway.simulation.bound.Limit.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Plays every workload and writes down how near the delivery comes to what no scheduler can beat. */
final class Report {
    private static final Pace NO_HOLD = new Pace(Duration.ZERO, 1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int SEEDS = 20;

    private static final List<Limit> TELEGRAM = List.of(
            Limit.bucket(3, Duration.ofSeconds(1), Scope.ROOM), Limit.window(30, Duration.ofSeconds(1), Scope.GLOBAL));
    /** The message that takes the place of the last draft has a budget of its own. */
    private static final List<Limit> DRAFTS = List.of(
            Limit.bucket(3, Duration.ofSeconds(1), Scope.ROOM, CallKind.FIRST, CallKind.LATER),
            Limit.window(30, Duration.ofSeconds(1), Scope.GLOBAL));

    private static final List<Limit> GROUP =
            List.of(Limit.window(20, MINUTE, Scope.ROOM), Limit.window(30, Duration.ofSeconds(1), Scope.GLOBAL));
    private static final List<Limit> UPDATES =
            List.of(Limit.window(50, MINUTE, Scope.GLOBAL, CallKind.LATER, CallKind.LAST));
    private static final List<Limit> STREAMS = List.of(
            Limit.window(100, MINUTE, Scope.GLOBAL, CallKind.LATER),
            Limit.window(20, MINUTE, Scope.GLOBAL, CallKind.FIRST),
            Limit.window(20, MINUTE, Scope.GLOBAL, CallKind.LAST));
    private static final List<Limit> BOTH = List.of(Limit.window(150, MINUTE, Scope.GLOBAL, CallKind.LATER));

    /**
     * One line of the report.
     *
     * @param bar the ratio that is aimed at, 0 for none
     */
    private record Workload(
            String name, String what, Supplier<Run> run, Native mode, List<Script> scripts, double bar) {}

    private final StringBuilder text = new StringBuilder();

    private Report() {}

    /** The whole report, the same on every machine. */
    static String write() {
        Report report = new Report();
        report.intro();
        report.telegram();
        report.slack();
        report.scarce();
        FaultReport.write(report.text);
        return report.text.toString();
    }

    private void intro() {
        text.append("""
                # What the simulation shows

                Written by `SimulationReportTest`, which fails when this file differs; `-Dreport=write` writes it anew. The real
                planner, loop and connectors speak to the simulated platforms in virtual time, 30 ms (Telegram) or 50 ms (Slack)
                away one way; every call too many would be refused. Times in milliseconds.

                *Mean lag*: from the moment a letter comes from the model until it is visible, mean over all letters. *Bound*:
                the least mean lag that any scheduler can reach under the same limits, even one that knows the future; it may
                have many calls of one answer on their way at once and may keep a reader waiting for the first letter. *exact*:
                by dynamic programming, and a schedule with this lag exists. *relaxed*: computed by prices on the shared limits
                (Lagrangian relaxation); nobody is better, perhaps nobody is as good. The bounds are checked against brute force
                in `BoundTest`. *Learned*: the bot has delivered 32 answers that took as long as these; *new*: it has delivered
                none. Both without a hold of the first text; *hold*: learned, with the default hold of 300 ms or 20 characters.
                *End*: from the last letter's coming to the whole text's being visible, the longest. *Worst*: the worst answer's
                mean lag as a multiple of the mean. *Used*: calls with text, as a part of what the narrowest shared limit lets
                through between the first and the last of them.

                """);
    }

    private void header(String title) {
        text.append("## ").append(title).append("""


                | | bound | | learned | ÷ bound | new | ÷ bound | hold | ÷ bound | end | worst | calls | refused | bar |
                |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
                """);
    }

    // --- Telegram
    // -----------------------------------------------------------------------------------------------------

    private void telegram() {
        header("Telegram");
        bursts(Native.EDIT, "W1 one chat, 400 Chinese characters in bursts, 20 seeds: mean");
        line(
                chat("W2", "one chat, 1,500 characters of Markdown", Native.EDIT, one(Script.steady(1_500)), 1.10),
                TELEGRAM);
        line(chat("W3", "100 chats at once", Native.EDIT, many(100, 1_500), 1.10), TELEGRAM);
        line(chat("W3b", "500 chats at once", Native.EDIT, many(500, 1_500), 1.10), TELEGRAM);
        line(chat("W3b", "50 chats more every second, 500 in all", Native.EDIT, joining(), 1.10), TELEGRAM);
        line(
                chat("W4", "12,000 characters, several messages", Native.EDIT, one(Script.steady(12_000)), 1.15),
                TELEGRAM);
        line(
                new Workload(
                        "W6",
                        "one group, three answers at once",
                        () -> new TelegramRun(TelegramRun.TELLING, true, false),
                        Native.EDIT,
                        many(3, 1_500),
                        1.15),
                GROUP);
        line(
                new Workload(
                        "W2d",
                        "W2 with drafts",
                        () -> new TelegramRun(TelegramRun.TELLING, false, true),
                        Native.NATIVE,
                        one(Script.steady(1_500)),
                        0),
                DRAFTS);
        text.append("\n");
    }

    private static Workload chat(String name, String what, Native mode, List<Script> scripts, double bar) {
        return new Workload(name, what, () -> new TelegramRun(TelegramRun.TELLING, false, false), mode, scripts, bar);
    }

    /** Bursts differ so much from seed to seed that one would say little. */
    private void bursts(Native mode, String what) {
        List<Double> ratios = new ArrayList<>();
        double[] sums = new double[4];
        long calls = 0;
        long refused = 0;
        double end = 0;
        for (long seed : LongStream.rangeClosed(1, SEEDS).toArray()) {
            List<Script> script = one(Script.bursty(seed));
            Workload workload = chat("W1", what, mode, script, 1.15);
            double bound = bound(workload, TELEGRAM).meanLagMillis();
            Outcome learned = play(workload, NO_HOLD, true);
            ratios.add(learned.meanMillis() / bound);
            sums[0] += bound;
            sums[1] += learned.meanMillis();
            sums[2] += play(workload, NO_HOLD, false).meanMillis();
            sums[3] += play(workload, Pace.DEFAULT, true).meanMillis();
            calls += learned.calls();
            refused += learned.refused();
            end = Math.max(end, learned.lastFinalMillis());
        }
        row(
                what,
                sums[0] / SEEDS,
                "exact",
                sums[1] / SEEDS,
                sums[2] / SEEDS,
                sums[3] / SEEDS,
                end,
                1,
                calls,
                refused,
                "1.15");
        List<Double> sorted = ratios.stream().sorted().toList();
        text.append(String.format(
                Locale.ROOT,
                "| W1 ratio of each seed: median %.2f, least %.2f, greatest %.2f | | | | | | | | | | | | | |%n",
                (sorted.get(SEEDS / 2 - 1) + sorted.get(SEEDS / 2)) / 2,
                sorted.getFirst(),
                sorted.getLast()));
    }

    // --- Slack
    // --------------------------------------------------------------------------------------------------------

    private void slack() {
        header("Slack, updates and streams together (mode auto)");
        line(slack("S1", "one answer", Native.AUTO, one(Script.steady(1_500)), 1.15), STREAMS);
        line(slack("S2", "2 at once", Native.AUTO, many(2, 1_500), 1.15), BOTH);
        line(slack("S3", "5 at once", Native.AUTO, many(5, 1_500), 1.15), BOTH);
        line(slack("S4", "20 at once", Native.AUTO, many(20, 1_500), 1.15), BOTH);
        line(slack("S5", "12,000 characters", Native.AUTO, one(Script.steady(12_000)), 1.15), BOTH);
        text.append("\n");
        header("Slack, one of them alone");
        line(slack("S6", "streams only, 5 at once", Native.NATIVE, many(5, 1_500), 1.15), STREAMS);
        line(slack("S6", "updates only, one answer", Native.EDIT, one(Script.steady(1_500)), 1.15), UPDATES);
        line(slack("S6", "updates only, 5 at once", Native.EDIT, many(5, 1_500), 1.15), UPDATES);
        line(slack("S6", "updates only, 20 at once", Native.EDIT, many(20, 1_500), 0), UPDATES);
        text.append("\n");
    }

    private static Workload slack(String name, String what, Native mode, List<Script> scripts, double bar) {
        return new Workload(name, what, SlackRun::new, mode, scripts, bar);
    }

    // --- playing
    // ------------------------------------------------------------------------------------------------------

    private static List<Script> one(Script script) {
        return List.of(script);
    }

    private static List<Script> many(int answers, int characters) {
        Script script = Script.steady(characters);
        return IntStream.range(0, answers).mapToObj(room -> script.in(room, 0)).toList();
    }

    private static List<Script> joining() {
        Script script = Script.steady(1_500);
        return IntStream.range(0, 500)
                .mapToObj(room -> script.in(room, room / 50 * 1_000_000L))
                .toList();
    }

    private static Outcome play(Workload workload, Pace pace, boolean learned) {
        Run run = workload.run().get();
        BotDelivery delivery = run.delivery(run.connector(), pace, workload.mode(), LimitMemory.NONE);
        if (learned) {
            run.learn(delivery, workload.scripts().getFirst().micros());
        }
        return run.play(delivery, workload.scripts(), LONGEST);
    }

    private static Bound bound(Workload workload, List<Limit> limits) {
        Run run = workload.run().get();
        Duration oneWay = run instanceof TelegramRun ? TelegramRun.ONE_WAY : SlackRun.ONE_WAY;
        List<Answer> answers = workload.scripts().stream()
                .map(script -> new Answer(run.chat(script.room()).room(), inParts(script.curve(), run)))
                .toList();
        return answers.size() == 1
                ? Bound.ofOne(answers.getFirst().curve(), limits, oneWay)
                : Bound.ofMany(answers, limits, oneWay);
    }

    /** A text that is longer than a message takes at least so many messages. */
    private static ArrivalCurve inParts(ArrivalCurve curve, Run run) {
        int size = run instanceof TelegramRun ? 4_096 : 9_000;
        List<Integer> ends = new ArrayList<>();
        for (int end = size; end < curve.characters(); end += size) {
            ends.add(end);
        }
        ends.add(curve.characters());
        return curve.inParts(ends);
    }

    private void line(Workload workload, List<Limit> limits) {
        Bound bound = bound(workload, limits);
        Outcome learned = play(workload, NO_HOLD, true);
        Outcome fresh = play(workload, NO_HOLD, false);
        Outcome hold = play(workload, Pace.DEFAULT, true);
        row(
                workload.name() + " " + workload.what(),
                bound.meanLagMillis(),
                bound.kind() == Bound.Kind.EXACT ? "exact" : "relaxed",
                learned.meanMillis(),
                fresh.meanMillis(),
                hold.meanMillis(),
                learned.lastFinalMillis(),
                learned.worstMeanMillis() / learned.meanMillis(),
                learned.calls(),
                learned.refused() + fresh.refused() + hold.refused(),
                workload.bar() == 0 ? "" : String.format(Locale.ROOT, "%.2f", workload.bar()));
    }

    private void row(
            String what,
            double bound,
            String kind,
            double learned,
            double fresh,
            double hold,
            double end,
            double worst,
            long calls,
            long refused,
            String bar) {
        text.append(String.format(
                Locale.ROOT,
                "| %s | %.0f | %s | %.0f | **%.2f** | %.0f | %.2f | %.0f | %.2f | %.0f | %.2f | %d | %d | %s |%n",
                what,
                bound,
                kind,
                learned,
                learned / bound,
                fresh,
                fresh / bound,
                hold,
                hold / bound,
                end,
                worst,
                calls,
                refused,
                bar));
    }

    /** How much of a scarce limit is used while text waits. */
    private void scarce() {
        Outcome outcome = play(chat("W3", "", Native.EDIT, many(100, 1_500), 0), NO_HOLD, true);
        long from = outcome.textMicros().getFirst();
        long to = outcome.textMicros().getLast();
        // Thirty at once, and thirty again a second later: no stretch of time lets more through.
        long most = 30 * ((to - from) / 1_000_000 + 1);
        text.append(String.format(
                Locale.ROOT,
                "W3 uses %.1f %% of the bot's calls for text, from its first call to its last.%n%n",
                100.0 * outcome.textMicros().size() / most));
    }
}
