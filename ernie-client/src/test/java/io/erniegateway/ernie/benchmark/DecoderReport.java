package io.erniegateway.ernie.benchmark;

import io.erniegateway.ernie.Dialect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the {@link DecoderBenchmark} and prints what came of it as Markdown. Takes about three minutes. */
public final class DecoderReport {
    private static final List<Dialect> DIALECTS = List.of(Dialect.QIANFAN_V2, Dialect.QIANFAN_V1);

    private DecoderReport() {}

    /**
     * One way to decode one answer.
     *
     * @param microseconds of processor time, the median of all iterations
     * @param bytes allocated for the whole answer
     */
    private record Measured(double microseconds, double bytes) {
        double charactersPerSecond(Transcript transcript) {
            return transcript.characters() / microseconds * 1e6;
        }

        double bytesPerEvent() {
            return bytes / Transcript.PIECES;
        }
    }

    public static void main(String[] arguments) throws RunnerException {
        Map<String, Measured> measured = new TreeMap<>();
        var options = new OptionsBuilder()
                .include(DecoderBenchmark.class.getName())
                .addProfiler(GCProfiler.class)
                .addProfiler(ProcessorTime.class)
                .jvmArgsAppend(javaOptions())
                .verbosity(VerboseMode.SILENT)
                .build();
        for (RunResult result : new Runner(options).run()) {
            String way = result.getPrimaryResult().getLabel();
            measured.put(way + result.getParams().getParam("dialect"), measured(result));
        }
        System.out.printf(
                Locale.ROOT,
                "JDK %s, %d processors, %s %s%n%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
        System.out.printf(
                Locale.ROOT,
                "| stream | decoder | characters a second of processor time | µs for the answer | bytes allocated an event |%n");
        System.out.printf(Locale.ROOT, "|---|---|---:|---:|---:|%n");
        DIALECTS.forEach(dialect -> printRows(dialect, measured));
        System.out.printf(Locale.ROOT, "%n");
        DIALECTS.forEach(dialect -> printRatios(dialect, measured));
    }

    private static String[] javaOptions() {
        List<String> options = new ArrayList<>(List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC"));
        if (Runtime.version().feature() >= 23) {
            // JMH still uses what this Java warns of.
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options.toArray(String[]::new);
    }

    private static Measured measured(RunResult result) {
        double[] times = result.getBenchmarkResults().stream()
                .map(BenchmarkResult::getIterationResults)
                .flatMap(Collection::stream)
                .mapToDouble(iteration -> score(iteration.getSecondaryResults(), ProcessorTime.LABEL))
                .sorted()
                .toArray();
        return new Measured(times[times.length / 2], score(result.getSecondaryResults(), "gc.alloc.rate.norm"));
    }

    @SuppressWarnings("rawtypes") // as JMH gives them
    private static double score(Map<String, Result> results, String label) {
        Result<?> one = results.get(label);
        if (one == null) {
            throw new IllegalStateException("this Java does not tell " + label);
        }
        return one.getScore();
    }

    private static void printRows(Dialect dialect, Map<String, Measured> measured) {
        Transcript transcript = Transcript.of(dialect);
        Stream.of("ours", "slow", "theirs").forEach(way -> {
            Measured one = of(measured, way, dialect);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %,.0f | %,.0f | %,.0f |%n",
                    dialect,
                    way,
                    one.charactersPerSecond(transcript),
                    one.microseconds(),
                    one.bytesPerEvent());
        });
    }

    private static void printRatios(Dialect dialect, Map<String, Measured> measured) {
        Measured ours = of(measured, "ours", dialect);
        Measured theirs = of(measured, "theirs", dialect);
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f times the characters a second, 1/%.1f of the bytes an event%n",
                dialect,
                theirs.microseconds() / ours.microseconds(),
                theirs.bytes() / ours.bytes());
    }

    private static Measured of(Map<String, Measured> measured, String way, Dialect dialect) {
        Measured one = measured.get(way + dialect);
        if (one == null) {
            throw new IllegalStateException("nothing was measured for " + way + " and " + dialect);
        }
        return one;
    }
}
