package io.erniegateway.ernie.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.Quota;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.failures.Refusal;
import io.erniegateway.ernie.failures.RefusalReader;
import io.erniegateway.ernie.sse.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one attempt of a call that is answered by one JSON object: sends it, and tells an answer from a refusal. */
final class JsonAttempt {
    /**
     * Sixteen vectors of 4096 numbers are 1.5 MB, and the longest answer of a model, 65,536 tokens with every character
     * escaped, is less; what is longer than this is no answer, and would be held in memory.
     */
    static final long LONGEST_ANSWER_BYTES = 32L * 1024 * 1024;

    private static final int PIECE_BYTES = 64 * 1024;

    /** Of what is no JSON object, this much goes into the failure. */
    private static final int STRAY_CHARACTERS = 120;

    private static final Logger LOG = LoggerFactory.getLogger(JsonAttempt.class);
    private final OkHttpClient http;
    private final Asker asker;
    private final ErnieSettings settings;
    private final Failures failures;

    JsonAttempt(OkHttpClient http, Asker asker, ErnieSettings settings, Failures failures) {
        this.http = http;
        this.asker = asker;
        this.settings = settings;
        this.failures = failures;
    }

    /**
     * Sends and reads to the end.
     *
     * @param begun is told of the call before it blocks, so that it can be cancelled
     * @throws ErnieException if the server refused, could not be reached, or sent no JSON object
     */
    Answered send(Request signed, Consumer<Call> begun) {
        Call call = http.newCall(signed);
        begun.accept(call);
        Silence silence = new Silence(settings.firstByteTimeout());
        try (Response response = Interruptible.execute(call)) {
            LOG.debug(
                    "{} answered {} to attempt {}",
                    signed.url().host(),
                    response.code(),
                    signed.header("X-Request-Id"));
            Quota quota = QuotaHeaders.read(response.headers());
            if (!response.isSuccessful()) {
                throw new ErnieException(Failures.with(asker.refused(response, asker.read(response)), quota));
            }
            String type = Optional.ofNullable(response.header("Content-Type")).orElse("");
            if (type.toLowerCase(Locale.ROOT).contains("html")) {
                throw new ErnieException(notAnAnswer(response.code(), "the answer is a web page"));
            }
            JsonNode json = object(response.code(), text(response, silence));
            // V1 refuses with HTTP 200, and V2's mock does so too.
            Optional<Refusal> refusal = RefusalReader.read(response.code(), json);
            if (refusal.isPresent()) {
                throw new ErnieException(Failures.with(asker.refused(response, refusal.get()), quota));
            }
            return new Answered(json, quota);
        } catch (IOException e) {
            throw asker.breakage().thrown(e, silence.allowed, "");
        } catch (InterruptedException e) {
            throw asker.breakage().interrupted("");
        }
    }

    /** How long the server may be silent at the moment; told if it was silent for longer. */
    private static final class Silence {
        private Duration allowed;

        Silence(Duration allowed) {
            this.allowed = allowed;
        }
    }

    private String text(Response response, Silence silence) throws IOException {
        BufferedSource source = response.body().source();
        Buffer read = new Buffer();
        while (source.read(read, PIECE_BYTES) >= 0) {
            if (!silence.allowed.equals(settings.gapTimeout())) {
                // OkHttp's read time-out was the first byte's until now; this lasts for the rest of this body.
                silence.allowed = settings.gapTimeout();
                source.timeout().timeout(silence.allowed.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (read.size() > LONGEST_ANSWER_BYTES) {
                throw new ErnieException(failures.lasting(
                        response.code(),
                        "answer_too_long",
                        "the answer is longer than " + LONGEST_ANSWER_BYTES + " bytes",
                        ""));
            }
        }
        return read.readUtf8();
    }

    private JsonNode object(int status, String body) {
        String text = (body.startsWith("\uFEFF") ? body.substring(1) : body).strip();
        if (text.isEmpty()) {
            throw new ErnieException(failures.passing("cut", "the server sent no answer at all", ""));
        }
        if (text.charAt(0) != '{') {
            String beginning = text.substring(0, Math.min(text.length(), STRAY_CHARACTERS));
            throw new ErnieException(notAnAnswer(status, "the answer is no JSON object but begins: " + beginning));
        }
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            // Why is of no use: the text would quote the answer.
            throw new ErnieException(failures.passing("malformed", "the answer is no whole JSON object", ""));
        }
    }

    private ErnieFailure notAnAnswer(int status, String what) {
        return failures.wrongServer(status, "not_an_answer", what);
    }
}
