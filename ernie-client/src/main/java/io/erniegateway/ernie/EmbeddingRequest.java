package io.erniegateway.ernie;

import java.util.List;

/**
 * Texts whose vectors are wanted.
 *
 * @param model its name, as {@link EmbeddingModel#table} has it, or any other that the server knows; in V1 the suffix of
 *     a service of one's own
 * @param texts 1 to 2048, none empty; how long each may be depends on the model
 * @param user a pseudonymous id of the end user for Baidu's audit, empty for none
 */
public record EmbeddingRequest(String model, List<String> texts, String user) {

    /** As many as OpenAI takes in one call; they are 128 calls to Baidu, which is near half an account's minute. */
    public static final int MOST_TEXTS = 2048;

    /**
     * Checks what no server would take.
     *
     * @throws IllegalArgumentException naming the field, and the index of an empty text
     */
    public EmbeddingRequest {
        model = model.strip();
        texts = List.copyOf(texts);
        if (model.isEmpty()) {
            throw new IllegalArgumentException("model: is empty; give an embedding model such as embedding-v1");
        }
        if (texts.isEmpty() || texts.size() > MOST_TEXTS) {
            throw new IllegalArgumentException("texts: must be 1 to " + MOST_TEXTS + ", not " + texts.size());
        }
        int empty = texts.indexOf("");
        if (empty >= 0) {
            throw new IllegalArgumentException("texts[" + empty + "]: is empty");
        }
    }

    /** Without a user. */
    public static EmbeddingRequest of(String model, String... texts) {
        return new EmbeddingRequest(model, List.of(texts), "");
    }
}
