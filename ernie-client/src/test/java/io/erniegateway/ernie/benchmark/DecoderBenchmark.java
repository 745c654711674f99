package io.erniegateway.ernie.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieEvent.Text;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.failures.Secrets;
import io.erniegateway.ernie.sse.ChunkGrammar;
import io.erniegateway.ernie.sse.SlowDecoder;
import io.erniegateway.ernie.sse.StreamDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** One whole answer is decoded from bytes in memory to the pieces of its text, in three ways. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class DecoderBenchmark {
    /** What the client reads from the network at once. */
    private static final int PACKET = 8 * 1024;

    private static final int LINE_BYTES = 1024 * 1024;
    private static final int ANSWER_CHARACTERS = 1_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MediaType EVENT_STREAM = MediaType.get("text/event-stream");
    private static final Request REQUEST =
            new Request.Builder().url("http://127.0.0.1/").build();

    @Param({"QIANFAN_V2", "QIANFAN_V1"})
    Dialect dialect = Dialect.QIANFAN_V2;

    private byte[] bytes = {};

    @Setup
    public void prepare() {
        Transcript transcript = Transcript.of(dialect);
        bytes = transcript.bytes();
        for (int found : List.of(ours(null), slow(null), theirs(null))) {
            if (found != transcript.characters()) {
                throw new IllegalStateException("decoded " + found + " of " + transcript.characters() + " characters");
            }
        }
    }

    @Benchmark
    public int ours(@Nullable Blackhole sink) {
        return decoded(new StreamDecoder(grammar(), failures(), LINE_BYTES, ANSWER_CHARACTERS), sink);
    }

    @Benchmark
    public int slow(@Nullable Blackhole sink) {
        return decoded(SlowDecoder.of(grammar(), failures(), LINE_BYTES, ANSWER_CHARACTERS), sink);
    }

    @Benchmark
    public int theirs(@Nullable Blackhole sink) {
        Response response = new Response.Builder()
                .request(REQUEST)
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .body(ResponseBody.create(bytes, EVENT_STREAM))
                .build();
        Listener listener = new Listener(dialect, sink);
        EventSources.processResponse(response, listener);
        return listener.characters;
    }

    private ChunkGrammar grammar() {
        return ChunkGrammar.of(dialect);
    }

    private Failures failures() {
        return new Failures(dialect, new Secrets(List.of()));
    }

    private int decoded(StreamDecoder decoder, @Nullable Blackhole sink) {
        int characters = 0;
        for (int at = 0; at < bytes.length; at += PACKET) {
            decoder.feed(bytes, at, Math.min(PACKET, bytes.length - at));
            for (ErnieEvent event = decoder.poll(); event != null; event = decoder.poll()) {
                if (event instanceof Text(String delta)) {
                    characters += delta.length();
                }
                if (sink != null) {
                    sink.consume(event);
                }
            }
        }
        return characters;
    }

    /** What a program has to look at in each chunk, by the facts, and nothing more. */
    private static final class Listener extends EventSourceListener {
        private final Dialect dialect;
        private final @Nullable Blackhole sink;
        private int characters;
        private int worstFlag;
        private int tokens;
        private String end = "";

        Listener(Dialect dialect, @Nullable Blackhole sink) {
            this.dialect = dialect;
            this.sink = sink;
        }

        @Override
        public void onEvent(EventSource source, @Nullable String id, @Nullable String type, String data) {
            if (data.equals("[DONE]")) {
                return;
            }
            try {
                JsonNode json = JSON.readTree(data);
                JsonNode choice = dialect == Dialect.QIANFAN_V1
                        ? json
                        : json.path("choices").path(0);
                JsonNode words = dialect == Dialect.QIANFAN_V1
                        ? json.path("result")
                        : choice.path("delta").path("content");
                String text = words.asText("");
                characters += text.length();
                worstFlag = Math.max(worstFlag, choice.path("flag").asInt(0));
                end = choice.path("finish_reason").asText(end);
                tokens = json.path("usage").path("total_tokens").asInt(tokens);
                if (json.has("error") || json.has("error_code")) {
                    throw new IllegalStateException("the transcript holds no error");
                }
                if (sink != null) {
                    sink.consume(text);
                    sink.consume(worstFlag);
                    sink.consume(tokens);
                    sink.consume(end);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onFailure(EventSource source, @Nullable Throwable t, @Nullable Response response) {
            throw new IllegalStateException(t);
        }
    }
}
