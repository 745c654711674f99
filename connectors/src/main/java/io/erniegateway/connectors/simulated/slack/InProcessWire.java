package io.erniegateway.connectors.simulated.slack;

import io.erniegateway.connectors.simulated.SimulatedTime;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
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
 * The way to the Web API and back without a socket: everything happens on the calling thread, and takes the simulated
 * time alone. An answer that the client's read time-out does not wait for is cut off then, and the deed is done.
 */
final class InProcessWire implements Interceptor {

    private final WebMethods methods;
    private final SimulatedTime time;
    private final Duration oneWay;

    /** @param oneWay how long a request is under way, and an answer again */
    InProcessWire(WebMethods methods, SimulatedTime time, Duration oneWay) {
        this.methods = methods;
        this.time = time;
        this.oneWay = oneWay;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Arguments arguments = arguments(request.body());
        time.sleep(oneWay);
        Reply reply = methods.call(request.url().pathSegments().getLast(), request.header("Authorization"), arguments);
        return switch (reply) {
            case Reply.Cut ignored -> {
                time.sleep(oneWay);
                throw new SocketException("Connection reset");
            }
            case Reply.Told told -> {
                await(oneWay.plus(told.late()), Duration.ofMillis(chain.readTimeoutMillis()));
                yield response(request, told);
            }
        };
    }

    private void await(Duration answer, Duration patience) throws SocketTimeoutException {
        Duration left = patience.minus(oneWay);
        if (!patience.isZero() && answer.compareTo(left) > 0) {
            time.sleep(left.isNegative() ? Duration.ZERO : left);
            throw new SocketTimeoutException("timeout");
        }
        time.sleep(answer);
    }

    private static Arguments arguments(@Nullable RequestBody body) throws IOException {
        if (body == null) {
            return Arguments.of(null, new byte[0]);
        }
        Buffer sent = new Buffer();
        body.writeTo(sent);
        MediaType type = body.contentType();
        return Arguments.of(type == null ? null : type.toString(), sent.readByteArray());
    }

    private static Response response(Request request, Reply.Told told) {
        Response.Builder response = new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(told.status())
                .message("")
                .body(ResponseBody.create(told.body(), MediaType.get(told.type())));
        if (told.retryAfter() > 0) {
            response.header("Retry-After", String.valueOf(told.retryAfter()));
        }
        return response.build();
    }
}
