package io.erniegateway.ernie.simulated;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.simulated.SimulateArguments.BadArgument;
import java.io.PrintStream;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** {@code ./ernie-gateway simulate ernie}: the simulator alone, for people and for programs in any language. */
public final class SimulateCommand {
    /** Exit codes: something on this machine is in the way; something on the command line is wrong. */
    static final int FAULT = 1;

    static final int USAGE = 2;

    private SimulateCommand() {}

    /** Runs until the process is told to stop; exits at once with 1 or 2 if it cannot start. */
    public static void main(String[] arguments) throws InterruptedException {
        int code = run(List.of(arguments), System.out, System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** The exit code. */
    static int run(List<String> words, PrintStream out, PrintStream err) throws InterruptedException {
        try {
            SimulateArguments arguments = SimulateArguments.parse(words);
            if (arguments.help()) {
                out.print(SimulateArguments.USAGE);
                return 0;
            }
            ErnieSimulator simulator = start(arguments.options());
            out.print(greeting(simulator, arguments.options()));
            out.flush();
            waitForTheEnd(simulator);
            return 0;
        } catch (BadArgument bad) {
            err.println("ernie-gateway simulate ernie: " + bad.getMessage());
            return USAGE;
        } catch (PortTaken taken) {
            err.println("ernie-gateway simulate ernie: " + taken.getMessage());
            return FAULT;
        }
    }

    private static final class PortTaken extends RuntimeException {
        private static final long serialVersionUID = 1;

        PortTaken(int port) {
            super("port " + port + " cannot be opened; choose another with --port, or --port 0 for any free one");
        }
    }

    private static ErnieSimulator start(SimulatorOptions options) {
        try {
            return ErnieSimulator.start(options);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof BindException) {
                throw new PortTaken(options.port());
            }
            throw e;
        }
    }

    /** Returns when the process was asked to stop, after all streams have ended. */
    private static void waitForTheEnd(ErnieSimulator simulator) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            simulator.close();
                            stopped.countDown();
                        },
                        "shutdown"));
        stopped.await();
    }

    /** Where it is, which keys it takes, and a line to try for each interface. */
    static String greeting(ErnieSimulator simulator, SimulatorOptions options) {
        String origin = simulator.iamUrl();
        String model = options.models().stream().sorted().findFirst().orElseThrow();
        return """
                Simulated ERNIE is at %s/   (Ctrl-C stops it)

                  V2      base URL %s, API key %s, appid %s or none
                  V1      base URL %s, client id %s, client secret %s
                  OpenAI  base URL %s, no key
                  IAM     URL %s, access key %s, secret key %s
                  Models  %s

                Try it:

                %s

                %s

                %s
                """.formatted(
                        origin,
                        simulator.baseUrl(Dialect.QIANFAN_V2),
                        options.apiKey(),
                        options.appId(),
                        simulator.baseUrl(Dialect.QIANFAN_V1),
                        options.clientId(),
                        options.clientSecret(),
                        simulator.baseUrl(Dialect.OPENAI),
                        simulator.iamUrl(),
                        options.accessKey(),
                        options.secretKey(),
                        String.join(", ", options.models().stream().sorted().toList()),
                        curl(
                                simulator.baseUrl(Dialect.QIANFAN_V2) + "/chat/completions",
                                "Authorization: Bearer " + options.apiKey(),
                                model),
                        curl(
                                origin + "/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/" + model + "?access_token=$("
                                        + tokenCurl(origin, options) + ")",
                                null,
                                ""),
                        curl(simulator.baseUrl(Dialect.OPENAI) + "/chat/completions", null, model));
    }

    /** Nothing in it needs a quotation mark of its own: model names and keys are plain. */
    private static String curl(String url, @Nullable String header, String model) {
        String named = model.isEmpty() ? "" : "\"model\":\"" + model + "\",";
        return "curl -N \"" + url + "\" \\\n  " + (header == null ? "" : "-H '" + header + "' ")
                + "-H 'Content-Type: application/json' \\\n  -d '{" + named
                + "\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}'";
    }

    private static String tokenCurl(String origin, SimulatorOptions options) {
        return "curl -s -X POST '" + origin + "/oauth/2.0/token?grant_type=client_credentials&client_id="
                + options.clientId() + "&client_secret=" + options.clientSecret()
                + "' | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/'";
    }
}
