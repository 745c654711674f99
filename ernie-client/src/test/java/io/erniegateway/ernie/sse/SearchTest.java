package io.erniegateway.ernie.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieEvent.Finished;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.SearchResults;
import io.erniegateway.ernie.ErnieEvent.SearchResults.Hit;
import io.erniegateway.ernie.ErnieEvent.Searching;
import io.erniegateway.ernie.ErnieEvent.Text;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchTest {
    private static final Hit A = new Hit(1, "https://example.org/a", "甲");
    private static final Hit B = new Hit(2, "https://example.org/b", "乙");

    @Test
    void v2_tells_the_search_and_once_what_every_chunk_repeats() {
        assertThat(Decoding.of(Dialect.QIANFAN_V2, Recorded.SEARCH).events())
                .containsExactly(
                        new Searching(),
                        new SearchResults(List.of(A, B)),
                        new Text("据报道"),
                        new Text("，明天晴^[1]^"),
                        new Text("。"),
                        new Finished(Reason.STOP));
    }

    @Test
    void v1_tells_once_what_every_chunk_repeats() {
        assertThat(Decoding.of(Dialect.QIANFAN_V1, Recorded.V1_SEARCH).events())
                .containsExactly(
                        new SearchResults(List.of(A)), new Text("据报道"), new Text("，晴。"), new Finished(Reason.STOP));
    }

    @Test
    void other_results_are_told_again() {
        String first = chunk("\"search_results\":[{\"index\":1,\"url\":\"https://example.org/a\",\"title\":\"甲\"}]");
        String second = chunk("\"search_results\":[{\"index\":2,\"url\":\"https://example.org/b\",\"title\":\"乙\"}]");
        assertThat(Decoding.of(Dialect.QIANFAN_V2, first + first + second).events())
                .containsExactly(new SearchResults(List.of(A)), new SearchResults(List.of(B)));
    }

    @Test
    void a_search_is_told_once_in_a_row() {
        String search = "data: {\"choices\":[{\"delta\":{\"delta_tag\":\"search_status\"}}]}\n\n";
        String text = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
        String other = "data: {\"choices\":[{\"delta\":{\"delta_tag\":\"other\"}}]}\n\n";
        assertThat(Decoding.of(Dialect.QIANFAN_V2, search + search + other + search + text + search + search)
                        .events())
                .containsExactly(new Searching(), new Text("a"), new Searching());
    }

    @Test
    void odd_results_are_read_as_far_as_they_make_sense() {
        assertThat(hits("[]")).isEmpty();
        assertThat(hits("{}")).isEmpty();
        assertThat(hits("null")).isEmpty();
        assertThat(hits("[null,5,\"x\",[],{},{\"title\":\"no address\"}]")).isEmpty();
        assertThat(hits("[{\"url\":\"u\"},{\"url\":\"v\",\"title\":5,\"index\":\"x\"}]"))
                .containsExactly(new Hit(1, "u", ""), new Hit(2, "v", ""));
        assertThat(hits("[{\"url\":\"\\ud83d\",\"title\":\"\\ude00\"}]"))
                .containsExactly(new Hit(1, "\uFFFD", "\uFFFD"));
    }

    @Test
    void results_are_bounded() {
        List<String> pages = new ArrayList<>();
        for (int i = 1; i <= SearchHits.MOST_HITS + 1; i++) {
            pages.add("{\"index\":" + i + ",\"url\":\"u\",\"title\":\"t\"}");
        }
        assertThat(hits(pages.toString())).hasSize(SearchHits.MOST_HITS);
        String url = "u".repeat(SearchHits.LONGEST_URL);
        String title = "t".repeat(SearchHits.LONGEST_TITLE);
        assertThat(hits("[{\"url\":\"" + url + "\",\"title\":\"" + title + "more\"},{\"url\":\"" + url + "more\"}]"))
                .containsExactly(new Hit(1, url, title));
    }

    private static List<Hit> hits(String array) {
        List<Hit> all = new ArrayList<>();
        Decoding.of(Dialect.QIANFAN_V2, chunk("\"search_results\":" + array))
                .events()
                .forEach(event -> {
                    if (event instanceof SearchResults(List<Hit> hits)) {
                        all.addAll(hits);
                    }
                });
        return all;
    }

    private static String chunk(String field) {
        return "data: {\"choices\":[{\"delta\":{}}]," + field + "}\n\n";
    }
}
