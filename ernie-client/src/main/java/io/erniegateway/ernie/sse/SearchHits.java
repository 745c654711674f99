package io.erniegateway.ernie.sse;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.ErnieEvent.SearchResults.Hit;
import java.util.ArrayList;
import java.util.List;

/** Reads what the model found on the web: {@code [{"index":1,"url":…,"title":…},…]} in both APIs. */
final class SearchHits {
    /** Baidu gives at most 28 ({@code search_number}, D:3m7of64lb); what is beyond this is left out. */
    static final int MOST_HITS = 64;

    /** Browsers and servers agree on about this much; half an address leads nowhere, so a longer one is left out. */
    static final int LONGEST_URL = 2048;

    /** A title is a line; the rest of a longer one is cut off. */
    static final int LONGEST_TITLE = 512;

    private SearchHits() {}

    static List<Hit> read(JsonNode array) {
        if (!array.isArray() || array.isEmpty()) {
            return List.of();
        }
        List<Hit> hits = new ArrayList<>();
        for (int position = 0; position < array.size() && hits.size() < MOST_HITS; position++) {
            JsonNode page = array.path(position);
            String url = WellFormed.text(ChunkGrammar.text(page, "url"));
            String title = WellFormed.text(ChunkGrammar.text(page, "title"));
            if (!url.isEmpty() && url.length() <= LONGEST_URL) {
                int index = page.path("index").asInt(position + 1);
                hits.add(new Hit(index, url, WellFormed.beginning(title, LONGEST_TITLE)));
            }
        }
        return List.copyOf(hits);
    }
}
