package io.erniegateway.ernie.sse;

import io.erniegateway.ernie.failures.Failures;

/** Gives other packages' tests a decoder that reads every line by a tree. */
public final class SlowDecoder {
    private SlowDecoder() {}

    public static StreamDecoder of(ChunkGrammar grammar, Failures failures, int maxLineBytes, int maxAnswerCharacters) {
        return new StreamDecoder(grammar, failures, maxLineBytes, maxAnswerCharacters, false);
    }
}
