package io.erniegateway.ernie.request;

import io.erniegateway.ernie.ChatRequest;
import java.util.Optional;

/** A question ready to be sent, which can be made shorter once a server finds it too long. Immutable. */
public final class Question {
    private final RequestWriter writer;
    private final ChatRequest request;
    private final boolean stream;
    private final History history;
    private final byte[] body;
    private final long tokens;

    Question(RequestWriter writer, ChatRequest request, boolean stream, History history) {
        this.writer = writer;
        this.request = request;
        this.stream = stream;
        this.history = history;
        this.body = writer.body(request, history, stream);
        this.tokens = Trimming.tokens(history, request);
    }

    /** The JSON to send; not to be changed. */
    public byte[] body() {
        return body;
    }

    /** What it costs of a limit on tokens per minute, by estimate; the answer comes on top. */
    public long tokens() {
        return tokens;
    }

    /** The same question with the newer half of its history; empty if there is nothing left to leave out. */
    public Optional<Question> shorter() {
        return Trimming.half(history).map(half -> new Question(writer, request, stream, half));
    }
}
