package io.erniegateway.ernie.simulated;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieSettings;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.xnio.Options;

/**
 * A strict ERNIE server on 127.0.0.1: V2, V1 with OAuth or signatures, OpenAI-compatible, and the IAM service that mints
 * bearers, each at its own path.
 *
 * <pre>{@code
 * try (ErnieSimulator server = ErnieSimulator.start(SimulatorOptions.defaults());
 *         ErnieClient ernie = ErnieClient.connect(server.settings(Dialect.QIANFAN_V2).build())) { … }
 * }</pre>
 */
public final class ErnieSimulator implements AutoCloseable {
    /** Accepting and noticing hang-ups is all the I/O threads do. */
    private static final int IO_THREADS = 2;

    /** A benchmark opens its thousands of connections at once; the operating system may cut this to its own limit. */
    private static final int BACKLOG = 16_384;

    /** Every open stream holds one buffer. Chunks are some hundred bytes; longer ones are sent in parts. */
    private static final int BUFFER_BYTES = 4 * 1024;

    private final SimulatorOptions options;
    private final Tokens tokens;
    private final IamDesk iam;
    private final Traffic traffic = new Traffic();
    private final ChatDesk desk;
    private final ExecutorService threads;
    private final Undertow server;

    private ErnieSimulator(SimulatorOptions options, InstantSource clock) {
        this.options = options;
        this.tokens = new Tokens(clock, "24.simulatedtoken%d.2592000");
        this.iam = new IamDesk(options, clock, traffic);
        this.desk = new ChatDesk(options, clock, tokens, iam, traffic);
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("ernie-simulator-", 0).factory());
        HttpHandler dispatching = exchange -> exchange.dispatch(threads, desk);
        this.server = Undertow.builder()
                .addHttpListener(options.port(), "127.0.0.1")
                .setIoThreads(IO_THREADS)
                .setWorkerThreads(1)
                .setBufferSize(BUFFER_BYTES)
                .setSocketOption(Options.BACKLOG, BACKLOG)
                .setHandler(dispatching)
                .build();
    }

    /** Starts on the machine's clock. */
    public static ErnieSimulator start(SimulatorOptions options) {
        return start(options, InstantSource.system());
    }

    /** Starts; the clock decides on the end of tokens and of rate windows, but not on the pace of an answer. */
    public static ErnieSimulator start(SimulatorOptions options, InstantSource clock) {
        ErnieSimulator simulator = new ErnieSimulator(options, clock);
        simulator.server.start();
        return simulator;
    }

    /** Settings for a client of this server, with the right keys and one of its models; more can be added. */
    public ErnieSettings.Builder settings(Dialect dialect) {
        String model = options.models().stream().sorted().findFirst().orElseThrow();
        ErnieSettings.Builder settings = ErnieSettings.builder(dialect, baseUrl(dialect), model);
        return switch (dialect.api()) {
            case QIANFAN_V2 -> settings.apiKey(options.apiKey());
            case QIANFAN_V1 -> settings.client(options.clientId(), options.clientSecret());
            case OPENAI -> settings.apiKey(options.openAiKey());
        };
    }

    /** What a client's {@code baseUrl} has to be. */
    public String baseUrl(Dialect dialect) {
        String origin = "http://127.0.0.1:" + port();
        return switch (dialect.api()) {
            case QIANFAN_V2 -> origin + "/v2";
            case QIANFAN_V1 -> origin;
            case OPENAI -> origin + "/v1";
        };
    }

    /** What a client's {@code iamUrl} has to be: what stands before {@code /v1/BCE-BEARER/token}. */
    public String iamUrl() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        if (server.getListenerInfo().getFirst().getAddress() instanceof InetSocketAddress address) {
            return address.getPort();
        }
        throw new IllegalStateException("the listener has no port");
    }

    /** Questions that arrived, refused ones included. */
    public int requests() {
        return traffic.requests.get();
    }

    /** How often a V1 token was asked for. */
    public int tokenRequests() {
        return traffic.tokenRequests.get();
    }

    /** How often a bearer was asked for. */
    public int bearerRequests() {
        return traffic.bearerRequests.get();
    }

    /** Streams, and answers without a stream, that are being sent now. */
    public int openStreams() {
        return traffic.openStreams.get();
    }

    /** Streams and answers that came to the end of their script, be it a broken one. */
    public int finishedStreams() {
        return traffic.finishedStreams.get();
    }

    /** Streams and answers whose client left before. */
    public int cancelledStreams() {
        return traffic.cancelledStreams.get();
    }

    /** The bodies of the last 100 questions, oldest first; fewer if together they have more than 8 MiB. */
    public List<String> requestBodies() {
        return traffic.bodies();
    }

    /** Their {@code X-Request-Id}, empty where there was none. */
    public List<String> requestIds() {
        return traffic.requestIds();
    }

    /** All V1 tokens given out so far are answered with error 111 from now on. */
    public void expireTokens() {
        tokens.expireAll();
    }

    /** All V1 tokens given out so far are answered with error 110 from now on. */
    public void forgetTokens() {
        tokens.forgetAll();
    }

    /** All bearers minted so far are answered with 401 {@code invalid_iam_token} from now on. */
    public void expireBearers() {
        iam.expireBearers();
    }

    /** The next calls that are not chats (vectors, rankings, counts, models) go wrong so, one after the other. */
    public void failCalls(Fault... faults) {
        desk.calls().fail(List.of(faults));
    }

    @Override
    public void close() {
        desk.stop();
        server.stop();
        threads.shutdownNow();
    }
}
