package io.erniegateway.ernie;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Documents to be sorted by how well they answer a query. Only Baidu's interfaces have this. The limits are those of
 * Baidu's page 2m7u4zt74; a character is a code point.
 *
 * @param model such as {@code bce-reranker-base}; in V1 also the endpoint's suffix of a service of one's own
 * @param query 1 to 1600 characters; what is over 400 tokens is cut by the server
 * @param documents 1 to 64, each of 1 to 4096 characters; what is over 1024 tokens is cut by the server
 * @param top how many of the best to tell, 1 to the number of documents; null for all
 * @param user a pseudonymous id of the end user for Baidu's audit, empty for none
 */
public record RerankRequest(
        String model,
        String query,
        List<String> documents,
        @Nullable Integer top,
        String user) {

    static final int LONGEST_QUERY = 1600;
    static final int MOST_DOCUMENTS = 64;
    static final int LONGEST_DOCUMENT = 4096;

    /**
     * Checks all documented limits.
     *
     * @throws IllegalArgumentException naming the field, the index of a document, and the limit
     */
    public RerankRequest {
        model = model.strip();
        documents = List.copyOf(documents);
        if (model.isEmpty()) {
            throw new IllegalArgumentException("model: is empty; give a reranker such as bce-reranker-base");
        }
        checkLength("query", query, LONGEST_QUERY);
        if (documents.isEmpty() || documents.size() > MOST_DOCUMENTS) {
            throw new IllegalArgumentException(
                    "documents: must be 1 to " + MOST_DOCUMENTS + ", not " + documents.size());
        }
        for (int i = 0; i < documents.size(); i++) {
            checkLength("documents[" + i + "]", documents.get(i), LONGEST_DOCUMENT);
        }
        if (top != null && (top < 1 || top > documents.size())) {
            throw new IllegalArgumentException("top: must be 1 to " + documents.size() + ", not " + top);
        }
    }

    /** All documents, without a user. */
    public static RerankRequest of(String model, String query, List<String> documents) {
        return new RerankRequest(model, query, documents, null, "");
    }

    private static void checkLength(String field, String text, int most) {
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > most) {
            throw new IllegalArgumentException(field + ": must have 1 to " + most + " characters, not " + length);
        }
    }
}
