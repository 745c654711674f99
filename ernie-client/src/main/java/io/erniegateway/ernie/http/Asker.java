package io.erniegateway.ernie.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.auth.Credentials;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.failures.Refusal;
import io.erniegateway.ernie.failures.RefusalReader;
import io.erniegateway.ernie.failures.RetryAfter;
import io.erniegateway.ernie.sse.Json;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one attempt: sends the question, and tells a stream from a refusal, whatever it is dressed as. */
final class Asker {
    private static final Logger LOG = LoggerFactory.getLogger(Asker.class);
    private static final MediaType JSON_TYPE = MediaType.get("application/json");
    /** An error body is a small JSON object; of an HTML page the beginning says enough. */
    private static final long LONGEST_ERROR_BYTES = 64 * 1024;

    private final OkHttpClient http;
    private final HttpUrl endpoint;
    private final ErnieSettings settings;
    private final Wire wire;
    private final Credentials credentials;
    private final Failures failures;
    private final Breakage breakage;
    private final InstantSource clock;

    Asker(
            OkHttpClient http,
            ErnieSettings settings,
            Wire wire,
            Credentials credentials,
            Failures failures,
            InstantSource clock) {
        this.http = http;
        this.endpoint = wire.endpoint(settings);
        this.settings = settings;
        this.wire = wire;
        this.credentials = credentials;
        this.failures = failures;
        this.breakage = new Breakage(failures, endpoint.host());
        this.clock = clock;
    }

    /**
     * A question with its key, and with an id of this attempt that Baidu echoes and its support can look up.
     *
     * @param cancelled ends the wait for a token
     */
    Request question(byte[] body, CountDownLatch cancelled) {
        Request.Builder request = new Request.Builder()
                .url(endpoint)
                .post(RequestBody.create(body, JSON_TYPE))
                .header("Accept", "text/event-stream, application/json");
        return signed(request, cancelled);
    }

    /** A call that is answered at once: a POST, or without a body a GET. */
    Request call(HttpUrl url, @Nullable ByteString body, CountDownLatch cancelled) {
        Request.Builder request = new Request.Builder().url(url).header("Accept", "application/json");
        return signed(body == null ? request : request.post(RequestBody.create(body, JSON_TYPE)), cancelled);
    }

    private Request signed(Request.Builder request, CountDownLatch cancelled) {
        request.header("X-Request-Id", UUID.randomUUID().toString());
        if (wire.takesAppId() && !settings.appId().isEmpty()) {
            request.header("appid", settings.appId());
        }
        return credentials.sign(request.build(), cancelled);
    }

    boolean renew(Request rejected) {
        return credentials.renew(rejected);
    }

    Breakage breakage() {
        return breakage;
    }

    /**
     * @param begun is told of the call before it blocks, so that it can be cancelled
     * @return a response whose body is a stream; the caller closes it
     * @throws ErnieException if it is none
     */
    Response ask(Request question, Consumer<Call> begun) {
        Call call = http.newCall(question);
        begun.accept(call);
        try {
            Response response = Interruptible.execute(call);
            try {
                LOG.debug(
                        "{} answered {} to attempt {}",
                        endpoint.host(),
                        response.code(),
                        question.header("X-Request-Id"));
                ErnieFailure failure = refusal(response);
                if (failure != null) {
                    throw new ErnieException(Failures.with(failure, QuotaHeaders.read(response.headers())));
                }
                return response;
            } catch (IOException | RuntimeException e) {
                response.close();
                throw e;
            }
        } catch (IOException e) {
            throw breakage.thrown(e, settings.firstByteTimeout(), "");
        } catch (InterruptedException e) {
            throw breakage.interrupted("");
        }
    }

    /** Null if the body is a stream, as far as one can tell from its outside. */
    private @Nullable ErnieFailure refusal(Response response) throws IOException {
        if (!response.isSuccessful()) {
            return refused(response, read(response));
        }
        String type =
                Optional.ofNullable(response.header("Content-Type")).orElse("").toLowerCase(Locale.ROOT);
        if (type.contains("html")) {
            return failures.wrongServer(response.code(), "not_a_stream", "the answer is a web page");
        }
        if (!type.contains("json") || !beginsWithBrace(response.body().source())) {
            return null;
        }
        // V1 refuses with HTTP 200 and JSON although a stream was asked for; V2's mock does so too.
        String body = beginning(response);
        JsonNode json = parsed(body);
        Optional<Refusal> refusal = json == null ? Optional.empty() : RefusalReader.read(response.code(), json);
        return refusal.isPresent()
                ? refused(response, refusal.get())
                : failures.wrongServer(
                        response.code(), "not_a_stream", "the server sent JSON where a stream was asked for");
    }

    /** A refusal, with what the response's headers add to it. */
    ErnieFailure refused(Response response, Refusal refusal) {
        return failures.refused(refusal, RetryAfter.parse(response.header("Retry-After"), clock.instant()));
    }

    /** What a response without success says. */
    Refusal read(Response response) {
        String body = beginningIfAny(response);
        JsonNode json = parsed(body);
        Optional<Refusal> refusal = json == null ? Optional.empty() : RefusalReader.read(response.code(), json);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        String text =
                Optional.ofNullable(response.header("X-Bce-Error-Message")).orElse(body);
        String location = response.header("Location");
        String where = location == null ? text : "to " + location.replaceAll("[?#].*", "");
        return RefusalReader.ofGateway(response.code(), response.header("X-Bce-Error-Code"), where)
                .orElseGet(() -> Refusal.plain(response.code(), where));
    }

    private static boolean beginsWithBrace(BufferedSource source) throws IOException {
        for (long i = 0; i < LONGEST_ERROR_BYTES && source.request(i + 1); i++) {
            byte b = source.getBuffer().getByte(i);
            if (!Character.isWhitespace(b)) {
                return b == '{';
            }
        }
        return false;
    }

    private static String beginning(Response response) throws IOException {
        return response.peekBody(LONGEST_ERROR_BYTES).string();
    }

    /** A refusal whose text breaks off is still a refusal: status and headers say what kind. */
    private static String beginningIfAny(Response response) {
        try {
            return beginning(response);
        } catch (IOException e) {
            return "";
        }
    }

    private static @Nullable JsonNode parsed(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (IOException e) {
            return null;
        }
    }
}
