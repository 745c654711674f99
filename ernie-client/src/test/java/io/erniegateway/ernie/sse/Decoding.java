package io.erniegateway.ernie.sse;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieEvent.Reasoning;
import io.erniegateway.ernie.ErnieEvent.Text;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.failures.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The outcome of decoding a whole stream: neighbouring texts joined, then the state. */
record Decoding(List<ErnieEvent> events, StreamDecoder.State state, String requestId) {
    static final int LINE_BYTES = 100_000;
    static final int ANSWER_CHARACTERS = 10_000;

    static StreamDecoder decoder(Dialect dialect) {
        return decoder(dialect, LINE_BYTES, ANSWER_CHARACTERS);
    }

    static StreamDecoder decoder(Dialect dialect, int lineBytes, int answerCharacters) {
        Failures failures = new Failures(dialect, new Secrets(List.of()));
        return new StreamDecoder(ChunkGrammar.of(dialect), failures, lineBytes, answerCharacters);
    }

    /** As a decoder without templates sees it. */
    static Decoding slowly(Dialect dialect, byte[] stream, int lineBytes, int answerCharacters) {
        Failures failures = new Failures(dialect, new Secrets(List.of()));
        StreamDecoder decoder = SlowDecoder.of(ChunkGrammar.of(dialect), failures, lineBytes, answerCharacters);
        decoder.feed(stream, 0, stream.length);
        decoder.end();
        return drained(decoder);
    }

    static Decoding of(Dialect dialect, String stream) {
        return of(dialect, stream.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
    }

    /** Fed in packets of that many bytes. */
    static Decoding of(Dialect dialect, byte[] stream, int packet) {
        StreamDecoder decoder = decoder(dialect);
        for (int at = 0; at < stream.length; at += Math.min(packet, stream.length - at)) {
            decoder.feed(stream, at, Math.min(packet, stream.length - at));
        }
        decoder.end();
        return drained(decoder);
    }

    static Decoding drained(StreamDecoder decoder) {
        List<ErnieEvent> events = new ArrayList<>();
        for (ErnieEvent event = decoder.poll(); event != null; event = decoder.poll()) {
            events.add(event);
        }
        return new Decoding(events, decoder.state(), decoder.requestId());
    }

    String text() {
        StringBuilder all = new StringBuilder();
        for (ErnieEvent event : events) {
            if (event instanceof Text(String delta)) {
                all.append(delta);
            }
        }
        return all.toString();
    }

    String reasoning() {
        StringBuilder all = new StringBuilder();
        for (ErnieEvent event : events) {
            if (event instanceof Reasoning(String delta)) {
                all.append(delta);
            }
        }
        return all.toString();
    }
}
