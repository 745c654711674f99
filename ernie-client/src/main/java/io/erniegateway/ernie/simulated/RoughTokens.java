package io.erniegateway.ernie.simulated;

/** Not a tokenizer: numbers that grow with the text. Pure. */
final class RoughTokens {
    private RoughTokens() {}

    static int of(String text) {
        return (text.length() + 1) / 2;
    }

    /** The prompt: all turns and the persona. */
    static int of(Question question) {
        return question.turns().stream().mapToInt(turn -> of(turn.text())).sum() + of(question.system());
    }

    /** The completion; in pieces it may count for a little more. */
    static int of(Reply reply) {
        return of(reply.text()) + of(reply.reasoning()) + ofCalls(reply);
    }

    static int ofCalls(Reply reply) {
        return reply.calls().stream().mapToInt(call -> of(call.arguments())).sum();
    }
}
