package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.telegram.TelegramBot;
import io.erniegateway.connectors.telegram.TelegramConnector;
import io.erniegateway.gateway.budget.Budgets;
import io.erniegateway.gateway.budget.Budgets.Ticket;
import io.erniegateway.gateway.budget.LimitMemory;
import io.erniegateway.gateway.budget.Meter;
import io.erniegateway.gateway.delivery.Planner.Decision;
import io.erniegateway.gateway.delivery.Planner.Place;
import io.erniegateway.gateway.delivery.Planner.Rank;
import io.erniegateway.gateway.delivery.Planner.Rhythm;
import io.erniegateway.gateway.delivery.Planner.Wish;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One decision of the planner, with so many answers that grow in as many private chats of one Telegram bot: the planner is
 * asked until it sends, the call is paid for and settled, and the answer it was for wishes again. Time is virtual.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class PlannerBenchmark {
    private static final long SEED = 5;
    private static final long SECOND = 1_000_000_000;
    private static final long TRIP = 50_000_000;
    private static final Rhythm TOKENS = new Rhythm(0, SECOND / 50, 0);

    @Param({"10", "1000", "100000"})
    int live;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    private final Map<ChatId, Place> places = new HashMap<>();
    private @Nullable Bench bench;
    private long now;

    private record Bench(Planner planner, Budgets budgets, Answer answer) {}

    @Setup
    public void prepare() {
        Connector telegram = new TelegramConnector(TelegramBot.polling("bot", TelegramBot.CLOUD, "1:none"));
        Budgets budgets = new Budgets(telegram.limits(), now);
        Planner planner = new Planner(budgets);
        bench = new Bench(planner, budgets, answer(telegram));
        places.clear();
        for (int i = 0; i < live; i++) {
            ChatId chat = new ChatId("bot", Integer.toString(i), "", false);
            List<Meter> meters = new ArrayList<>(budgets.wide(Call.EDIT));
            meters.addAll(budgets.narrow(Call.EDIT, chat, now));
            for (Meter meter : meters) {
                meter.joined(now, now);
                meter.expectLast();
            }
            Place place = planner.place();
            places.put(chat, place);
            planner.put(place, wish(chat), now);
        }
    }

    /** A wish belongs to an answer; which one does not matter to the planner. */
    private Answer answer(Connector telegram) {
        BotDelivery delivery = new BotDelivery(
                telegram,
                new BotDelivery.Setting(
                        Pace.DEFAULT,
                        Native.EDIT,
                        (turn, part, message) -> {},
                        LimitMemory.NONE,
                        event -> {},
                        () -> now,
                        Clock.systemUTC(),
                        Runnable::run));
        return delivery.begin(
                BotDelivery.NO_TURN, new ChatId("bot", "0", "", false), List.of(), new Answer.Author() {});
    }

    private Wish wish(ChatId chat) {
        long since = now + random.nextLong(SECOND / 10);
        return new Wish(bench().answer(), chat, Call.EDIT, Rank.MORE, since, since, TOKENS);
    }

    private Bench bench() {
        if (bench == null) {
            throw new IllegalStateException("not prepared");
        }
        return bench;
    }

    @Benchmark
    public Wish decision() {
        while (true) {
            switch (bench().planner().next(now)) {
                case Decision.Send(Wish wish) -> {
                    Budgets budgets = bench().budgets();
                    Ticket ticket = budgets.take(wish.call(), wish.chat(), now);
                    ticket.drawnFrom().forEach(meter -> meter.paced(now));
                    List<Meter> unused = budgets.settle(ticket, now + TRIP);
                    Place place = places.get(wish.chat());
                    if (place == null) {
                        throw new IllegalStateException("a wish that nobody had");
                    }
                    bench().planner().put(place, wish(wish.chat()), now);
                    return wish;
                }
                case Decision.WaitUntil(long at) -> now = at;
                case Decision.Rest() -> throw new IllegalStateException("somebody always wishes");
            }
        }
    }

    /** Measures, and prints what came of it as Markdown. Takes about two minutes. */
    public static void main(String[] arguments) throws RunnerException {
        List<String> options = new ArrayList<>(List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"));
        if (Runtime.version().feature() >= 23) {
            // JMH still uses what this Java warns of.
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        var plan = new OptionsBuilder()
                .include(PlannerBenchmark.class.getName())
                .jvmArgsAppend(options.toArray(String[]::new))
                .verbosity(VerboseMode.SILENT)
                .build();
        System.out.printf(
                Locale.ROOT, "| live answers | ns a decision: median | least | most |%n|---:|---:|---:|---:|%n");
        for (RunResult result : new Runner(plan).run()) {
            double[] times = result.getBenchmarkResults().stream()
                    .map(BenchmarkResult::getIterationResults)
                    .flatMap(Collection::stream)
                    .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                    .sorted()
                    .toArray();
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %,.0f | %,.0f | %,.0f |%n",
                    Integer.parseInt(result.getParams().getParam("live")),
                    times[times.length / 2],
                    Arrays.stream(times).min().orElseThrow(),
                    Arrays.stream(times).max().orElseThrow());
        }
    }
}
