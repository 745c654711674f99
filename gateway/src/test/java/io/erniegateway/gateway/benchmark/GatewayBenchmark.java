package io.erniegateway.gateway.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an answer costs in the whole gateway, with so many at the same time, and with so long ones. */
final class GatewayBenchmark {
    private static final int CHUNKS = 100;
    private static final int WARM_UP_ROUNDS = 8;
    private static final int WARM_UP_ANSWERS = 300;
    private static final int WARM_UP_CHARACTERS = 1000;
    private static final Duration WARM_UP_LASTS = Duration.ofSeconds(5);

    /** Whatever is not there by then will never be. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What the gateway still does after the last text: the turn is written down. */
    private static final Duration AFTERMATH = Duration.ofSeconds(2);

    private static long nextChat = 1_000_000;

    private GatewayBenchmark() {}

    /**
     * One measurement.
     *
     * @param answers at the same time
     * @param characters of each
     * @param seconds from an answer's first chunk to its last
     */
    private record Case(int answers, int characters, int seconds) {}

    private record Measured(double cpu, double cpuPerAnswer, List<Double> lags, Readers.Calls calls) {
        double lag(double part) {
            return lags.get(Math.min(lags.size() - 1, (int) (lags.size() * part)));
        }
    }

    /** Arguments: cases as {@code answers,characters,seconds}; without any, all of the report. */
    public static void main(String[] arguments) throws Exception {
        List<Case> cases = new ArrayList<>();
        for (String argument : arguments) {
            String[] parts = argument.split(",", -1);
            cases.add(new Case(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
        }
        if (cases.isEmpty()) {
            cases.addAll(List.of(
                    new Case(100, 1000, 20),
                    new Case(1000, 1000, 20),
                    new Case(10_000, 1000, 200),
                    new Case(100, 4000, 20),
                    new Case(100, 16_000, 20)));
        }
        System.out.println("| answers at once | characters | over | ms of processor time an answer | peak memory"
                + " | final lag: median | 95 % | worst | posts, edits, signs an answer |");
        System.out.println("|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (Case each : cases) {
            run(each);
        }
    }

    private static void run(Case each) throws Exception {
        try (Services services = new Services();
                GatewayProcess gateway = GatewayProcess.start(services.address())) {
            for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                Measured warming = round(
                        services, gateway, new Script(WARM_UP_CHARACTERS, CHUNKS, WARM_UP_LASTS), WARM_UP_ANSWERS);
                System.err.printf(Locale.ROOT, "  warming up: %.2f ms an answer%n", warming.cpuPerAnswer());
            }
            Measured measured = round(
                    services,
                    gateway,
                    new Script(each.characters(), CHUNKS, Duration.ofSeconds(each.seconds())),
                    each.answers());
            double answers = each.answers();
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %,d | %d s | %.2f | %,d MB | %.0f ms | %.0f ms | %.0f ms | %.1f, %.1f, %.1f |%n",
                    each.answers(),
                    each.characters(),
                    each.seconds(),
                    measured.cpuPerAnswer(),
                    gateway.peakMegabytes(),
                    measured.lag(0.5),
                    measured.lag(0.95),
                    measured.lag(1),
                    measured.calls().posts() / answers,
                    measured.calls().edits() / answers,
                    measured.calls().signs() / answers);
        }
    }

    /** Asks in so many chats at once, and returns when every one of them has its whole answer. */
    private static Measured round(Services services, GatewayProcess gateway, Script script, int answers)
            throws Exception {
        long first = nextChat;
        nextChat += answers;
        Readers readers = new Readers(script, first, answers);
        double before = gateway.cpuMillis();
        services.ask(script, readers, first, answers);
        long seconds = script.lasts().plus(PATIENCE).toSeconds();
        for (long i = 0; i < seconds && !readers.await(1); i++) {
            if (services.fault() != null || !gateway.isAlive()) {
                throw new IllegalStateException("the measurement broke down", services.fault());
            }
        }
        if (readers.missing() > 0 || !readers.faults().isEmpty()) {
            throw new IllegalStateException(
                    readers.missing() + " of " + answers + " answers are not whole; " + readers.faults());
        }
        Thread.sleep(AFTERMATH);
        double cpu = gateway.cpuMillis() - before;
        return new Measured(cpu, cpu / answers, readers.lags(), readers.calls());
    }
}
