package io.erniegateway.connectors.simulated.telegram;

import io.erniegateway.connectors.simulated.SimulatedTime;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The same calls and answers without a network: the caller's own thread carries the call out, and all waiting is done in
 * the simulated time. That holds for the caller's read time-out too: an answer that would come later is none.
 *
 * <p>Only getUpdates waits in real time, since it waits for what others do.
 */
final class InProcessWire implements Interceptor {
    private final BotDesk desk;
    private final SimulatedTime time;
    private final Supplier<Duration> there;
    private final Supplier<Duration> back;

    InProcessWire(BotDesk desk, SimulatedTime time, Supplier<Duration> there, Supplier<Duration> back) {
        this.desk = desk;
        this.time = time;
        this.there = there;
        this.back = back;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        HttpUrl url = request.url();
        byte[] body = bytes(request.body());
        String path = "/" + String.join("/", url.pathSegments());
        boolean waits = path.toLowerCase(Locale.ROOT).endsWith("/getupdates");
        long begun = time.nanos();
        under(waits, there);
        Optional<ApiReply> reply =
                desk.answer(path, () -> Parameters.of(query(url), contentType(request), body), new Caller(chain));
        under(waits, back);
        if (chain.call().isCanceled()) {
            throw new IOException("Canceled");
        }
        if (time.nanos() - begun >= Duration.ofMillis(chain.readTimeoutMillis()).toNanos()) {
            throw new SocketTimeoutException("timeout");
        }
        if (reply.isEmpty()) {
            throw new SocketException("Connection reset");
        }
        return response(request, reply.get());
    }

    private record Caller(Chain chain) implements BotDesk.Caller {
        @Override
        public Duration patience() {
            return Duration.ofMillis(chain.readTimeoutMillis());
        }

        @Override
        public boolean hasHungUp() {
            return chain.call().isCanceled();
        }
    }

    private void under(boolean waits, Supplier<Duration> way) {
        Duration latency = way.get();
        if (!waits && !latency.isZero()) {
            time.sleep(latency);
        }
    }

    /** Reading the body is what shows the caller that its call has left. */
    private static byte[] bytes(@Nullable RequestBody body) throws IOException {
        if (body == null) {
            return new byte[0];
        }
        Buffer buffer = new Buffer();
        body.writeTo(buffer);
        return buffer.readByteArray();
    }

    private static Map<String, String> query(HttpUrl url) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < url.querySize(); i++) {
            String value = url.queryParameterValue(i);
            values.putIfAbsent(url.queryParameterName(i), value == null ? "" : value);
        }
        return values;
    }

    private static @Nullable String contentType(Request request) {
        RequestBody body = request.body();
        MediaType type = body == null ? null : body.contentType();
        return type == null ? request.header("Content-Type") : type.toString();
    }

    private static Response response(Request request, ApiReply reply) {
        Response.Builder response = new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(reply.status())
                .message("")
                .body(ResponseBody.create(reply.body(), MediaType.get(reply.contentType())));
        if (reply.retryAfter() > 0) {
            response.header("Retry-After", Long.toString(reply.retryAfter()));
        }
        return response.build();
    }
}
