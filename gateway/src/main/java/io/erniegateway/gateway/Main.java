package io.erniegateway.gateway;

import io.erniegateway.config.Settings;
import io.erniegateway.config.SettingsException;
import io.erniegateway.config.SettingsFile;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import io.erniegateway.gateway.store.Database;
import io.erniegateway.gateway.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line: {@code serve}, {@code demo}, {@code check-config}. */
@Command(
        name = "ernie-gateway",
        description = "Streams ERNIE's answers into Telegram, Slack and the web.",
        mixinStandardHelpOptions = true,
        version = "Ernie Gateway 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    /** Exit codes: what the operator has to mend, and what was wrong on the command line (picocli's own). */
    static final int FAULT = 1;

    static final int USAGE = CommandLine.ExitCode.USAGE;

    /** A rehearsal ends when all bots run; on a machine too slow for that, it is of little use anyway. */
    private static final Duration LONGEST_REHEARSAL = Duration.ofSeconds(20);

    /** The commands that will need a database. */
    private static final Set<String> STARTS = Set.of("serve", "demo");

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Say what to do: serve, demo or check-config.");
        }
    }

    public static void main(String[] args) {
        if (args.length > 0 && STARTS.contains(args[0])) {
            Database.prepare();
        }
        System.exit(run(args));
    }

    /** Runs a command and gives its exit code; {@code serve} and {@code demo} return when the process is told to stop. */
    static int run(String... args) {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler(Main::explain)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
    }

    private static int explain(Exception e, CommandLine line, CommandLine.ParseResult parsed) throws Exception {
        switch (e) {
            case SettingsException faults -> faults.faults().forEach(line.getErr()::println);
            case StartException start -> line.getErr().println(start.getMessage());
            case StoreException store -> line.getErr().println(store.getMessage());
            default -> throw e;
        }
        line.getErr().flush();
        return FAULT;
    }

    @Command(name = "serve", description = "Runs the gateway with the real services.", mixinStandardHelpOptions = true)
    int serve(
            @Option(
                            names = "--config",
                            paramLabel = "FILE",
                            description = "the settings; without it, the shipped ones with keys from the environment")
                    @Nullable
                    Path file)
            throws InterruptedException {
        Settings settings = settings(file);
        try (Gateway gateway = Gateway.assemble(settings, event -> {}, Pages::redirectToChat)) {
            int port = gateway.start();
            say("Ernie Gateway is at http://" + settings.server().host() + ":" + port + "/");
            waitForTheEnd(gateway);
        }
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "demo",
            description = "Runs the gateway with simulated services: needs no key and no network.",
            mixinStandardHelpOptions = true)
    int demo(
            @Option(names = "--port", defaultValue = "8080", description = "default: ${DEFAULT-VALUE}; 0 for any")
                    int port,
            @Option(names = "--rehearse", hidden = true, description = "start, stop, and nothing else")
                    boolean rehearse)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ernie-gateway-demo");
        Demo demo = new Demo(port, folder.resolve("demo.db"), SimulatorOptions.defaults());
        int listening = demo.start();
        if (rehearse) {
            demo.awaitBots(LONGEST_REHEARSAL);
            demo.close();
            remove(folder);
        } else {
            say("Ernie Gateway demo: http://127.0.0.1:" + listening + "/   (Ctrl-C stops it)");
            waitForTheEnd(() -> {
                demo.close();
                remove(folder);
            });
        }
        return CommandLine.ExitCode.OK;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Settings settings(@Nullable Path file) {
        if (file != null) {
            return SettingsFile.load(file, System.getenv());
        }
        Path usual = Path.of("config", "gateway.yaml");
        return Files.exists(usual) ? SettingsFile.load(usual, System.getenv()) : SettingsFile.shipped(System.getenv());
    }

    @Command(
            name = "check-config",
            description = "Reads a settings file and tells every fault in it.",
            mixinStandardHelpOptions = true)
    int checkConfig(@Parameters(paramLabel = "FILE", description = "the file to check") Path file) {
        Settings settings = SettingsFile.load(file, System.getenv());
        say(file + ": no faults. Models: " + String.join(", ", settings.models().keySet()) + ". Bots that are on: "
                + String.join(", ", Bots.namesOn(settings)) + ".");
        return CommandLine.ExitCode.OK;
    }

    /** Returns when the process is asked to stop, after the gateway has closed. */
    static void waitForTheEnd(AutoCloseable gateway) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                gateway.close();
                            } catch (Exception e) {
                                System.err.println("The gateway did not stop cleanly: " + e);
                            }
                            stopped.countDown();
                        },
                        "shutdown"));
        stopped.await();
    }

    static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
