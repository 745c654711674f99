package io.erniegateway.ernie.http;

import io.erniegateway.ernie.Access;
import io.erniegateway.ernie.ChatAnswer;
import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.EmbeddingRequest;
import io.erniegateway.ernie.Embeddings;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.ModelInfo;
import io.erniegateway.ernie.Ranking;
import io.erniegateway.ernie.RerankRequest;
import io.erniegateway.ernie.auth.BearerKey;
import io.erniegateway.ernie.auth.Credentials;
import io.erniegateway.ernie.auth.IamSignature;
import io.erniegateway.ernie.auth.MintedBearer;
import io.erniegateway.ernie.auth.OAuthTokens;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.failures.Secrets;
import io.erniegateway.ernie.reading.OpenStreams;
import io.erniegateway.ernie.request.Question;
import io.erniegateway.ernie.request.RequestWriter;
import io.erniegateway.ernie.sse.StreamDecoder;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** The client over OkHttp. Wiring only: each part is a line of the constructor. */
public final class HttpErnieClient implements ErnieClient {
    /** A question is at most some hundred kilobytes; a network that takes this long for one is broken. */
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);

    private final ErnieSettings settings;
    private final Sleeper sleeper;
    private final OkHttpClient http;
    private final Failures failures;
    private final Wire wire;
    private final RequestWriter writer;
    private final Patience patience;
    private final Places places;
    private final Asker asker;
    private final Calls calls;
    private final Attempt.Means means;

    private final OpenStreams open = new OpenStreams();

    public HttpErnieClient(ErnieSettings settings) {
        this(
                settings,
                InstantSource.system(),
                Ticker.REAL,
                Sleeper.REAL,
                RandomGenerator.getDefault(),
                Breakers.ofThisProcess());
    }

    /** With time and chance from outside, and with breakers of its own, for they follow the same time. */
    public HttpErnieClient(ErnieSettings settings, InstantSource clock, Sleeper sleeper, RandomGenerator random) {
        this(settings, clock, Ticker.of(clock), sleeper, random, new Breakers(Ticker.of(clock)));
    }

    /** With everything from outside. */
    public HttpErnieClient(
            ErnieSettings settings,
            InstantSource clock,
            Ticker ticker,
            Sleeper sleeper,
            RandomGenerator random,
            Breakers breakers) {
        Secrets secrets = new Secrets(known(settings.access()));
        this.settings = settings;
        this.sleeper = sleeper;
        this.http = transport(settings);
        this.failures = new Failures(settings.dialect(), secrets);
        this.wire = Wire.of(settings.dialect());
        this.writer = new RequestWriter(settings);
        this.patience = new Patience(settings.attempts(), settings.longestRetryWait(), random);
        this.asker =
                new Asker(http, settings, wire, credentials(settings, http, clock, failures, secrets), failures, clock);
        this.places = new Places(settings.load(), failures);
        Gate gate = new Gate(settings, breakers, ticker, sleeper, failures);
        this.means = new Attempt.Means(asker, gate, settings, failures, ticker, this::decoder);
        JsonAttempt attempt = new JsonAttempt(http, asker, settings, failures);
        this.calls = new Calls(
                settings, wire, new JsonCalls(places, gate, asker, attempt, failures, patience, sleeper), failures);
    }

    @Override
    public ErnieStream open(ChatRequest request, Consumer<? super ErnieStream> begun) {
        Question question = writer.question(request, true);
        Places.Place place = places.take();
        AnswerStream stream = new AnswerStream(means, question, patience.begin(), sleeper, ended -> {
            open.ended(ended);
            place.close();
        });
        return open.begin(stream, connecting -> {
            begun.accept(connecting);
            connecting.connect();
        });
    }

    @Override
    public ChatAnswer chat(ChatRequest request) {
        return calls.chat(writer.question(request, false));
    }

    @Override
    public Embeddings embed(EmbeddingRequest request) {
        return calls.embed(request);
    }

    @Override
    public Ranking rerank(RerankRequest request) {
        return calls.rerank(request);
    }

    @Override
    public int countTokens(String model, String text) {
        return calls.countTokens(model, text);
    }

    @Override
    public List<ModelInfo> models() {
        return calls.models();
    }

    @Override
    public void close() {
        open.close();
        calls.close();
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private StreamDecoder decoder() {
        return new StreamDecoder(wire.grammar(), failures, settings.maxLineBytes(), settings.maxAnswerCharacters());
    }

    /** No retries of OkHttp's own: each attempt is counted and has an id. */
    private static OkHttpClient transport(ErnieSettings settings) {
        return new OkHttpClient.Builder()
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.firstByteTimeout())
                .writeTimeout(WRITE_TIMEOUT)
                .callTimeout(Duration.ZERO)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .addNetworkInterceptor(HttpErnieClient::promptly)
                .build();
    }

    /**
     * What is given to the socket is sent at once. OkHttp writes a request of more than 8 KiB in pieces, and the system would
     * keep the last of them back until the first is acknowledged (Nagle's algorithm), which the other side puts off for 40 ms.
     * And one watch over the time is enough: OkHttp's own closes a socket that is silent for too long, while the socket's
     * would set and clear an alarm of the virtual threads at every read.
     */
    private static Response promptly(Interceptor.Chain chain) throws IOException {
        Connection connection = chain.connection();
        if (connection != null) {
            connection.socket().setTcpNoDelay(true);
            connection.socket().setSoTimeout(0);
        }
        return chain.proceed(chain.request());
    }

    private static List<String> known(Access access) {
        return switch (access) {
            case Access.ApiKey(String key) -> List.of(key);
            case Access.OAuth(String id, String secret, String url) -> List.of(secret, id);
            case Access.Iam(String key, String secret, String url, Duration life) -> List.of(secret, key);
        };
    }

    private static Credentials credentials(
            ErnieSettings settings, OkHttpClient http, InstantSource clock, Failures failures, Secrets secrets) {
        return switch (settings.access()) {
            case Access.ApiKey(String key) -> new BearerKey(key);
            case Access.OAuth(String id, String secret, String url) ->
                OAuthTokens.at(url, id, secret, http, clock, failures, secrets);
            case Access.Iam(String key, String secret, String url, Duration life) ->
                settings.dialect() == Dialect.QIANFAN_V1
                        ? new IamSignature(key, secret, clock)
                        : MintedBearer.at(url, key, secret, life, http, clock, failures, secrets);
        };
    }
}
