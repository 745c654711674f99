package io.erniegateway.gateway.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * From the start of {@code ./ernie-gateway serve} to ready, and to the first answer in a chat, whose question was waiting;
 * and what the process holds when it rests. Through the launcher, as an operator starts it. Linux only.
 */
final class StartBenchmark {
    private static final int RUNS = 5;
    private static final long PATIENCE_SECONDS = 60;
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);
    private static final Duration REST = Duration.ofSeconds(10);

    /** A short answer, so that the start is measured and not the model. */
    private static final Script ANSWER = new Script(50, 5, Duration.ofMillis(10));

    private static final String LAUNCHER = System.getProperty("launcher", "./ernie-gateway");

    /** Milliseconds, and megabytes. */
    private record Measured(long ready, long answered, long resident) {}

    private StartBenchmark() {}

    /** No arguments. */
    public static void main(String[] arguments) throws Exception {
        System.err.println("  preparing: " + run("", Duration.ZERO));
        System.out.println("| start | ready | first answer | resident at rest |");
        System.out.println("|---|---:|---:|---:|");
        row("as shipped", "");
        row("without the AOT cache", "-XX:AOTMode=off");
    }

    private static void row(String name, String options) throws Exception {
        List<Measured> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(run(options, REST));
        }
        System.out.println("| " + name + " | "
                + spread(runs.stream().mapToLong(Measured::ready).toArray(), "ms") + " | "
                + spread(runs.stream().mapToLong(Measured::answered).toArray(), "ms") + " | "
                + spread(runs.stream().mapToLong(Measured::resident).toArray(), "MB") + " |");
    }

    private static String spread(long[] figures, String unit) {
        Arrays.sort(figures);
        return String.format(
                Locale.ROOT,
                "%,d %s (%,d to %,d)",
                figures[figures.length / 2],
                unit,
                figures[0],
                figures[figures.length - 1]);
    }

    private static Measured run(String options, Duration rest) throws Exception {
        int port = freePort();
        Path folder = Files.createTempDirectory("ernie-gateway-start");
        try (Services services = new Services()) {
            Path settings = Files.writeString(folder.resolve("gateway.yaml"), """
                    server: {port: %d}
                    store: {file: %s}
                    models: {default: {base-url: "%s/v2", api-key: "bce-v3/benchmark"}}
                    telegram: [{name: telegram, token: "%s", base-url: "%s"}]
                    """.formatted(
                    port, folder.resolve("gateway.db"), services.address(), Services.TOKEN, services.address()));
            Readers readers = new Readers(ANSWER, 1, 1);
            services.ask(ANSWER, readers, 1, 1);
            ProcessBuilder builder = new ProcessBuilder(LAUNCHER, "serve", "--config", settings.toString());
            builder.environment().put("ERNIE_GATEWAY_JAVA_OPTS", options);
            long begin = System.nanoTime();
            Process gateway = builder.redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            try {
                long ready = awaitReady(port, gateway);
                if (!readers.await(PATIENCE_SECONDS)) {
                    throw new IOException("no answer came: " + Files.readString(folder.resolve("log")));
                }
                Thread.sleep(rest);
                return new Measured(
                        TimeUnit.NANOSECONDS.toMillis(ready - begin),
                        TimeUnit.NANOSECONDS.toMillis(readers.allWholeAt() - begin),
                        GatewayProcess.megabytes("VmRSS:", gateway));
            } finally {
                gateway.destroy();
                gateway.waitFor();
            }
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static long awaitReady(int port, Process gateway) throws Exception {
        while (gateway.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream()
                        .write("GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
                String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
                if (answer.contains(" 200 ")) {
                    return System.nanoTime();
                }
            } catch (ConnectException e) {
                // It does not listen yet.
                Thread.onSpinWait();
            }
            Thread.sleep(LOOK_EVERY);
        }
        throw new IOException("the gateway has ended before it was ready");
    }
}
