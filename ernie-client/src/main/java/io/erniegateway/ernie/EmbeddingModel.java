package io.erniegateway.ernie;

import java.util.List;
import java.util.Locale;

/**
 * What Baidu's embedding models take. This table is the documentation, the check and the data of the batching at once
 * (wire: V2's page Fm7u3ropn, V1's pages and Baidu's Python SDK for the names). 0 where no document says a number.
 *
 * @param name V2's name of the model
 * @param v1Name its endpoint in V1, which spells some of them with underscores; empty if it has none there
 * @param tokens most tokens of one text
 * @param characters most characters (code points) of one text
 * @param dimension how many numbers a vector has
 * @param textsPerCall most texts of one call; more are sent in several calls
 */
public record EmbeddingModel(String name, String v1Name, int tokens, int characters, int dimension, int textsPerCall) {

    /** Baidu's bound for all but tao-8k. Self-hosted servers have bounds of their own, 10 to 2048, and none names it. */
    private static final int USUAL_TEXTS = 16;

    private static final List<EmbeddingModel> TABLE = List.of(
            new EmbeddingModel("embedding-v1", "embedding-v1", 384, 1000, 384, USUAL_TEXTS),
            new EmbeddingModel("bge-large-zh", "bge_large_zh", 512, 2000, 1024, USUAL_TEXTS),
            new EmbeddingModel("bge-large-en", "bge_large_en", 512, 2000, 1024, USUAL_TEXTS),
            new EmbeddingModel("tao-8k", "tao_8k", 8192, 28_000, 0, 1),
            new EmbeddingModel("qwen3-embedding-0.6b", "", 8192, 0, 0, USUAL_TEXTS),
            new EmbeddingModel("qwen3-embedding-4b", "", 8192, 0, 0, USUAL_TEXTS));

    /** All that are documented. */
    public static List<EmbeddingModel> table() {
        return TABLE;
    }

    /**
     * The row of a model for a server. Case, and hyphen or underscore, do not matter; a model that is not in the table,
     * and every model of a self-hosted server, has only the usual number of texts per call.
     */
    public static EmbeddingModel of(Dialect dialect, String model) {
        if (dialect.api() != Dialect.Api.OPENAI) {
            String spelled = model.toLowerCase(Locale.ROOT).replace('_', '-');
            for (EmbeddingModel row : TABLE) {
                if (row.name.equals(spelled)) {
                    return row;
                }
            }
        }
        return new EmbeddingModel(model, model, 0, 0, 0, USUAL_TEXTS);
    }

    /**
     * Checks the length of every text before any is sent. Characters are counted exactly. Tokens only the server can
     * count: here a text is refused for them only if it must be too long for any tokenizer, which is when it has more
     * words between spaces than the model takes tokens. So the server may still refuse a text that passed.
     *
     * @throws IllegalArgumentException naming the text's index, its length and the limit
     */
    public void check(List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            int length = text.codePointCount(0, text.length());
            if (characters > 0 && length > characters) {
                throw tooLong(i, length + " characters", characters);
            }
            long words = tokens > 0 && text.length() > tokens ? words(text) : 0;
            if (words > tokens) {
                throw tooLong(i, words + " words, which are at least as many tokens", tokens);
            }
        }
    }

    private IllegalArgumentException tooLong(int index, String length, int limit) {
        return new IllegalArgumentException(
                "texts[" + index + "]: has " + length + "; " + name + " takes at most " + limit + ": split it");
    }

    /** Only what holds a letter or a digit counts: a run of signs may vanish in a tokenizer. */
    private static long words(String text) {
        long words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                inWord = false;
            } else if (!inWord && Character.isLetterOrDigit(c)) {
                inWord = true;
                words++;
            }
        }
        return words;
    }
}
