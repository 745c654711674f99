package io.erniegateway.ernie.benchmark;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.simulated.ErnieSimulator;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The simulator in a process of its own, so that a measurement of the client measures the client. It ends when its
 * standard input does, and so never outlives the benchmark.
 */
final class SimulatorProcess implements AutoCloseable {
    /** What one answer says; the same for all, so that every one of them can be checked. */
    static final String TEXT = "流式输出让读者不必等待。Streaming ends the wait. ".repeat(10);

    private static final Dialect DIALECT = Dialect.QIANFAN_V2;

    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;
    private final String baseUrl;

    private SimulatorProcess(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.baseUrl = line();
    }

    /** Starts it with answers of so many chunks, one every so often. */
    static SimulatorProcess start(int chunks, Duration gap) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorProcess.class.getName(),
                Integer.toString(chunks),
                Long.toString(gap.toMillis()));
        return new SimulatorProcess(
                builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    String baseUrl() {
        return baseUrl;
    }

    /** Streams that are open, ended and were left by their client. */
    Counts counts() {
        try {
            questions.write("counts\n");
            questions.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the simulator's process has ended", e);
        }
        List<Integer> numbers =
                List.of(line().split(" ", -1)).stream().map(Integer::valueOf).toList();
        return new Counts(numbers.get(0), numbers.get(1), numbers.get(2));
    }

    record Counts(int open, int finished, int cancelled) {}

    @Override
    public void close() throws Exception {
        questions.close();
        process.waitFor();
    }

    private String line() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("the simulator's process has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException("the simulator's process has ended", e);
        }
    }

    public static void main(String[] arguments) throws IOException {
        int chunks = Integer.parseInt(arguments[0]);
        Duration gap = Duration.ofMillis(Long.parseLong(arguments[1]));
        int size = (TEXT.length() + chunks - 1) / chunks;
        Profile pace = new Profile(gap, gap, gap, size, size);
        SimulatorOptions options = SimulatorOptions.defaults()
                .withScript(question -> Reply.of(TEXT).at(pace));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (ErnieSimulator simulator = ErnieSimulator.start(options);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            out.println(simulator.baseUrl(DIALECT));
            while (in.readLine() != null) {
                out.println(simulator.openStreams() + " " + simulator.finishedStreams() + " "
                        + simulator.cancelledStreams());
            }
        }
    }
}
