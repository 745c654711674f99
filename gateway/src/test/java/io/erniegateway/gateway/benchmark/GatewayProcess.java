package io.erniegateway.gateway.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The gateway in a process of its own, so that what is measured is the gateway. Linux only: it is read from {@code /proc}. */
final class GatewayProcess implements AutoCloseable {
    /** More options for its Java, for a profile. */
    private static final String MORE = System.getProperty("gateway.options", "");

    /** What the launcher's {@code serve} gives it; see {@code ernie-gateway}. */
    private static final List<String> OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dfile.encoding=UTF-8",
            "-XX:+UseSerialGC",
            "-Xms128m",
            "-Xmn64m",
            "-Xmx1g",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=25");

    private static final Duration LONGEST_STOP = Duration.ofMinutes(1);

    /** Of {@code /proc/<pid>/stat}, behind the name in parentheses: utime and stime, in ticks of 10 ms. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;
    private static final double TICK_MILLIS = 10;

    private final Process process;
    private final Path folder;

    private GatewayProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Starts it and waits until it is ready. Silences are part of the script and no reason for a sign. */
    static GatewayProcess start(String services) throws IOException {
        Path folder = Files.createTempDirectory("ernie-gateway-benchmark");
        Path settings = Files.writeString(folder.resolve("gateway.yaml"), """
                server: {port: 0}
                store: {file: %s}
                models:
                  default: {base-url: "%s/v2", api-key: "bce-v3/benchmark", concurrent: 20000}
                delivery: {sign-after: 60s}
                web: {enabled: false}
                telegram: [{name: telegram, token: "%s", base-url: "%s"}]
                """.formatted(
                        folder.resolve("gateway.db"), services, Services.TOKEN, services));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        if (!MORE.isEmpty()) {
            command.addAll(List.of(MORE.split(" ", -1)));
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "io.erniegateway.gateway.UnlimitedGateway",
                settings.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); !"ready".equals(line); line = out.readLine()) {
            if (line == null) {
                throw new IOException("the gateway has ended before it was ready");
            }
        }
        return new GatewayProcess(process, folder);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Milliseconds of processor time since its start, its system calls included. */
    double cpuMillis() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return TICK_MILLIS * (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]));
    }

    /** Most resident memory so far, in megabytes. */
    long peakMegabytes() throws IOException {
        return megabytes("VmHWM:");
    }

    /** Resident memory now, in megabytes. */
    long residentMegabytes() throws IOException {
        return megabytes("VmRSS:");
    }

    private long megabytes(String field) throws IOException {
        return megabytes(field, process);
    }

    /** A figure of {@code /proc/<pid>/status}, in megabytes. */
    static long megabytes(String field, Process of) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(of.pid()), "status"))) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        throw new IOException("no " + field + " of a process that has ended");
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
