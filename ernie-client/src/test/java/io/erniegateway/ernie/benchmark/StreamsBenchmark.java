package io.erniegateway.ernie.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.Load;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.Awaitility;

/**
 * So many answers at the same time, each read by a virtual thread of its own, from a simulator in another process:
 * what one costs in memory and an event in processor time, whether every one arrives whole, and whether a cancelled
 * one leaves anything behind. Linux only: memory is read from {@code /proc/self}.
 */
final class StreamsBenchmark {
    private static final int CHUNKS = 100;

    /** Two processors carry about this many events a second for both processes; more would measure the queue. */
    private static final int EVENTS_PER_SECOND = 10_000;

    private static final int WARM_UP_ROUNDS = 6;
    private static final int WARM_UP_STREAMS = 200;
    private static final int KILO = 1024;

    private static final Duration SETTLING = Duration.ofMinutes(2);

    private final SimulatorProcess simulator;
    private final ErnieClient client;
    private final int count;

    private final AtomicInteger begun = new AtomicInteger();
    private final LongAdder events = new LongAdder();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

    private StreamsBenchmark(SimulatorProcess simulator, int count) {
        this.simulator = simulator;
        this.count = count;
        this.client = ErnieClient.connect(
                ErnieSettings.builder(Dialect.QIANFAN_V2, simulator.baseUrl(), SimulatorOptions.DEMO_MODEL)
                        .apiKey(SimulatorOptions.defaults().apiKey())
                        .load(new Load(count, 0, 0))
                        .build());
    }

    /** Arguments: how many streams, one run for each number. */
    public static void main(String[] arguments) throws Exception {
        warmUp();
        for (String argument : arguments.length == 0 ? new String[] {"1000", "10000"} : arguments) {
            int count = Integer.parseInt(argument);
            Duration gap = Duration.ofMillis(Math.max(50, count * 1000L / EVENTS_PER_SECOND));
            try (SimulatorProcess simulator = SimulatorProcess.start(CHUNKS, gap)) {
                new StreamsBenchmark(simulator, count).run(gap);
            }
        }
    }

    /** What is measured is a program that has been running for a while, not the compiler. */
    private static void warmUp() throws Exception {
        try (SimulatorProcess simulator = SimulatorProcess.start(CHUNKS, Duration.ofMillis(10))) {
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                new StreamsBenchmark(simulator, WARM_UP_STREAMS).readAll();
            }
        }
    }

    private void run(Duration gap) throws Exception {
        long residentBefore = resident();
        Measured measured = readAll();
        System.out.printf(
                Locale.ROOT,
                "%,d streams of %d chunks, one every %d ms:%n"
                        + "  whole and equal to the character: %,d of %,d%s%n"
                        + "  resident memory: %,d KB a stream (%,d MB in all), live heap %,d KB a stream%n"
                        + "  processor time: %.1f ms to open 1,000 streams, then %.1f ms for 1,000 events%n",
                count,
                CHUNKS,
                gap.toMillis(),
                count - faults.size(),
                count,
                faults.isEmpty() ? "" : "; first fault: " + faults.peek(),
                (measured.resident() - residentBefore) / count / KILO,
                measured.resident() / KILO / KILO,
                measured.heap() / count / KILO,
                measured.openingNanos() / 1e6 / count * 1000,
                measured.readingNanos() / 1e6 / measured.events() * 1000);
        cancelAll();
    }

    /** @param events those that came while {@code readingNanos} were spent */
    private record Measured(long resident, long heap, long openingNanos, long readingNanos, long events) {}

    /** Reads them all to the end; memory is measured while every one of them is open. */
    private Measured readAll() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = new ArrayList<>();
            long before = cpu();
            for (int i = 0; i < count; i++) {
                readers.add(threads.submit(this::read));
            }
            settle(() -> begun.get() >= count);
            long opened = cpu();
            long resident = resident();
            long heap = liveHeap();
            long collected = cpu();
            long eventsBefore = events.sum();
            for (Future<?> reader : readers) {
                reader.get();
            }
            return new Measured(resident, heap, opened - before, cpu() - collected, events.sum() - eventsBefore);
        } finally {
            client.close();
        }
    }

    private void read() {
        StringBuilder text = new StringBuilder();
        boolean finished = false;
        try (ErnieStream stream = client.open(ChatRequest.of("go"))) {
            for (ErnieEvent event : stream) {
                if (text.isEmpty()) {
                    begun.incrementAndGet();
                }
                events.increment();
                switch (event) {
                    case ErnieEvent.Text(String delta) -> text.append(delta);
                    case ErnieEvent.Finished end -> finished = true;
                    default -> {
                        // Usage.
                    }
                }
            }
        } catch (RuntimeException e) {
            faults.add(e.toString());
            return;
        }
        if (!finished || !text.toString().equals(SimulatorProcess.TEXT)) {
            faults.add("the text differs after " + text.length() + " characters");
        }
    }

    /** Opens them all again, closes them in the middle from another thread, and counts what is left. */
    private void cancelAll() throws Exception {
        int cancelledBefore = simulator.counts().cancelled();
        StreamsBenchmark again = new StreamsBenchmark(simulator, count);
        ConcurrentLinkedQueue<ErnieStream> open = new ConcurrentLinkedQueue<>();
        CountDownLatch left = new CountDownLatch(count);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                threads.execute(() -> {
                    try (ErnieStream stream = again.client.open(ChatRequest.of("go"))) {
                        open.add(stream);
                        stream.iterator().forEachRemaining(event -> again.events.increment());
                    } finally {
                        left.countDown();
                    }
                });
            }
            settle(() -> open.size() == count);
            int sockets = sockets();
            long begin = System.nanoTime();
            open.forEach(ErnieStream::close);
            left.await();
            long millis = (System.nanoTime() - begin) / 1_000_000;
            settle(() -> simulator.counts().open() == 0);
            System.out.printf(
                    Locale.ROOT,
                    "  cancelled from outside: %,d readers back after %,d ms; the server saw %,d leave and has %d open;"
                            + " file descriptors %,d, then %,d%n",
                    count,
                    millis,
                    simulator.counts().cancelled() - cancelledBefore,
                    simulator.counts().open(),
                    sockets,
                    sockets());
        } finally {
            again.client.close();
        }
    }

    /** A measurement may wait by the clock; it ends with a fault, not for ever. */
    private static void settle(Callable<Boolean> condition) {
        Awaitility.await().atMost(SETTLING).pollInterval(Duration.ofMillis(20)).until(condition);
    }

    private static long liveHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IOException("no VmRSS in /proc/self/status");
    }

    private static int sockets() throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return (int) descriptors.count();
        }
    }
}
