package io.erniegateway.connectors.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.telegram.telegrambots.meta.api.methods.botapimethods.PartialBotApiMethod;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;

/**
 * One HTTP call of the Bot API: {@code POST <base>/bot<token>/<method>} with a JSON body.
 *
 * <p>The token is part of the URL. Therefore no URL, no {@link IOException} and no text of one leaves this class; what
 * went wrong is told in words of our own.
 */
final class BotApi implements AutoCloseable {

    /** Name look-up, TCP and TLS together; a server that is there answers far sooner. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** The server itself waits out flood waits of up to 8 s per request; above this an answer is no longer expected. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    /** How much later than asked the answer to a long poll may come. */
    private static final Duration POLL_GRACE = Duration.ofSeconds(15);

    /** The server cuts a getUpdates answer at about 4 MiB; four times that is no answer of Telegram. */
    static final long MAX_ANSWER_BYTES = 16L << 20;

    /**
     * Connections kept for the next calls. A server or proxy without HTTP/2 takes one call a connection at a time; with
     * OkHttp's five, the calls of some hundred chats would open and close one each, with all the handshakes.
     */
    private static final int IDLE_CONNECTIONS = 256;

    /** OkHttp's own figure; servers and proxies close what is idle for longer. */
    private static final Duration IDLE = Duration.ofMinutes(5);

    /** The wire that is none of ours. */
    static final Interceptor NETWORK = chain -> chain.proceed(chain.request());

    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    private final String token;
    private final HttpUrl base;
    /** Patient for {@link #CALL_TIMEOUT}; others are made from it. */
    private final OkHttpClient client;

    private final AtomicReference<Call> poll = new AtomicReference<>();
    private volatile boolean pollsEnded;

    /** Speaks through a wire that passes calls on to the network, or answers them itself. */
    BotApi(TelegramBot bot, Interceptor wire) {
        token = bot.token();
        base = HttpUrl.get(bot.apiBase().toString())
                .newBuilder()
                .addPathSegment("bot" + token)
                .build();
        client = new OkHttpClient.Builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(CALL_TIMEOUT)
                .callTimeout(CALL_TIMEOUT.plus(CONNECT_TIMEOUT))
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE.toSeconds(), TimeUnit.SECONDS))
                // A redirect would carry the token to a host that the operator did not name.
                .followRedirects(false)
                .followSslRedirects(false)
                .eventListener(new SentMarker())
                .addInterceptor(wire)
                .addNetworkInterceptor(BotApi::promptly)
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

    /** A call that is answered within {@link #CALL_TIMEOUT}. */
    ApiAnswer call(PartialBotApiMethod<?> method) {
        return answer(client.newCall(request(method)));
    }

    ApiAnswer call(PartialBotApiMethod<?> method, Duration timeout) {
        return answer(patient(timeout).newCall(request(method)));
    }

    /** A long poll; {@link #endPolls()} cuts it. */
    ApiAnswer poll(GetUpdates request) {
        Call call = patient(Duration.ofSeconds(request.getTimeout()).plus(POLL_GRACE))
                .newCall(request(request));
        poll.set(call);
        if (pollsEnded) {
            call.cancel();
        }
        return answer(call);
    }

    /** Cuts the running long poll and any later one. */
    void endPolls() {
        pollsEnded = true;
        Call running = poll.get();
        if (running != null) {
            running.cancel();
        }
    }

    @Override
    public void close() {
        endPolls();
        client.connectionPool().evictAll();
    }

    private OkHttpClient patient(Duration timeout) {
        return client.newBuilder()
                .readTimeout(timeout)
                .callTimeout(timeout.plus(CONNECT_TIMEOUT))
                .build();
    }

    private Request request(PartialBotApiMethod<?> method) {
        return new Request.Builder()
                .url(base.newBuilder().addPathSegment(method.getMethod()).build())
                .post(new OnceBody(json(method)))
                .build();
    }

    private ApiAnswer answer(Call call) {
        try (Response response = executed(call)) {
            var source = response.body().source();
            if (source.request(MAX_ANSWER_BYTES + 1)) {
                return new ApiAnswer.Lost("the answer is larger than any answer of Telegram", true);
            }
            // Decoding a string never fails: a broken byte becomes a replacement character, not a blocked stream.
            String body = source.getBuffer().readString(StandardCharsets.UTF_8);
            return withoutToken(ApiAnswer.of(response.code(), response.header("Retry-After"), body));
        } catch (IOException e) {
            return new ApiAnswer.Lost(told(e), mayHaveActed(call));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ApiAnswer.Lost("the call was interrupted", mayHaveActed(call));
        }
    }

    private static boolean mayHaveActed(Call call) {
        return !(call.request().body() instanceof OnceBody body) || body.begun;
    }

    /**
     * OkHttp 5 waits for a connection in a queue and lets the {@link InterruptedException} of that through, which Kotlin
     * need not declare and Java could not catch.
     */
    @SuppressWarnings("RedundantThrows")
    private static Response executed(Call call) throws IOException, InterruptedException {
        return call.execute();
    }

    /** Telegram does not repeat the token in its texts; a proxy's page might. */
    private ApiAnswer withoutToken(ApiAnswer answer) {
        return switch (answer) {
            case ApiAnswer.Ok ok -> ok;
            case ApiAnswer.Refused r ->
                new ApiAnswer.Refused(r.code(), r.description().replace(token, "***"), r.retryAfter(), r.migratedTo());
            case ApiAnswer.Lost l -> new ApiAnswer.Lost(l.why().replace(token, "***"), l.mayHaveActed());
        };
    }

    private static String told(IOException e) {
        return switch (e) {
            case UnknownHostException ignored -> "the host name of the Telegram API cannot be resolved";
            case ConnectException ignored -> "the Telegram API refuses the connection";
            case NoRouteToHostException ignored -> "there is no route to the Telegram API";
            case SSLException ignored -> "the TLS connection to the Telegram API failed";
            case InterruptedIOException ignored -> "the Telegram API did not answer in time";
            default -> "the connection to the Telegram API broke";
        };
    }

    private static byte[] json(PartialBotApiMethod<?> method) {
        try {
            return TelegramJson.MAPPER.writeValueAsBytes(method);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a " + method.getMethod() + " call cannot be written as JSON", e);
        }
    }

    private static final class SentMarker extends EventListener {
        @Override
        public void requestHeadersStart(Call call) {
            if (call.request().body() instanceof OnceBody body) {
                body.begun = true;
            }
        }
    }

    /**
     * A body that OkHttp may send once. OkHttp tries another address when it could not connect, which is welcome, but it
     * would also repeat a POST whose connection broke after it was sent, and a repeated sendMessage is a second message.
     */
    private static final class OnceBody extends RequestBody {
        private final byte[] bytes;

        /** Whether its request has begun to leave this machine. */
        private volatile boolean begun;

        OnceBody(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public MediaType contentType() {
            return JSON;
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            begun = true;
            sink.write(bytes);
        }
    }
}
