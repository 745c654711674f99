package io.erniegateway.ernie;

import org.jspecify.annotations.Nullable;

/**
 * Whether and how Baidu's models search the web (V2's {@code web_search}, V1's {@code disable_search}, {@code
 * enable_citation} and {@code enable_trace}). Note that V1 searches by default, and V2 does not.
 *
 * @param citations superscripts in the text
 * @param trace the pages found, as {@link ErnieEvent.SearchResults}
 * @param status {@link ErnieEvent.Searching} while it searches; V2 only
 * @param required V2: search always ({@code search_mode: required}) instead of when the model sees fit
 * @param searched V2: how many pages to look through, 1 to 28; null for the server's number
 * @param referenced V2: how many of them to give the model, 1 to 28; null for the server's number
 */
public record WebSearch(
        boolean enabled,
        boolean citations,
        boolean trace,
        boolean status,
        boolean required,
        @Nullable Integer searched,
        @Nullable Integer referenced) {

    public static final WebSearch OFF = new WebSearch(false, false, false, false, false, null, null);

    /** When the model sees fit, with the pages found. */
    public static final WebSearch ON = new WebSearch(true, true, true, true, false, null, null);

    private static final int MOST_PAGES = 28;

    public WebSearch {
        checkPages("web_search.search_number", searched);
        checkPages("web_search.reference_number", referenced);
    }

    private static void checkPages(String field, @Nullable Integer pages) {
        if (pages != null && (pages < 1 || pages > MOST_PAGES)) {
            throw new IllegalArgumentException(field + ": " + pages + " is not in [1, " + MOST_PAGES + "]");
        }
    }
}
