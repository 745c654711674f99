package io.erniegateway.ernie.sse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.failures.Refusal;
import io.erniegateway.ernie.failures.RefusalReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the JSON text of a line by a tree: slowly, but whatever it is. What this class says is right by definition. */
final class ChunkReader {
    private final ChunkGrammar grammar;

    ChunkReader(ChunkGrammar grammar) {
        this.grammar = grammar;
    }

    /** What a line turned out to be. */
    sealed interface Reading {
        record Piece(Chunk chunk) implements Reading {}

        record Refused(Refusal refusal) implements Reading {}

        record NoObject() implements Reading {}
    }

    Reading read(String data) {
        JsonNode json = tree(data);
        if (json == null || !json.isObject()) {
            return new Reading.NoObject();
        }
        Optional<Refusal> refusal = RefusalReader.read(200, json);
        return refusal.isPresent() ? new Reading.Refused(refusal.get()) : new Reading.Piece(grammar.read(json));
    }

    private static @Nullable JsonNode tree(String data) {
        try {
            return Json.MAPPER.readTree(data);
        } catch (JsonProcessingException e) {
            // Why is of no use: the text would quote the answer.
            return null;
        }
    }
}
