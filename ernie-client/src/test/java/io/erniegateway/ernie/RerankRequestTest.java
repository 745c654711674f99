package io.erniegateway.ernie;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RerankRequestTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "0, 1, 1, -, 'query: must have 1 to 1600 characters, not 0'",
                "1601, 1, 1, -, 'query: must have 1 to 1600 characters, not 1601'",
                "1, 0, 1, -, 'documents: must be 1 to 64, not 0'",
                "1, 65, 1, -, 'documents: must be 1 to 64, not 65'",
                "1, 2, 0, -, 'documents[0]: must have 1 to 4096 characters, not 0'",
                "1, 2, 4097, -, 'documents[0]: must have 1 to 4096 characters, not 4097'",
                "1, 2, 1, 0, 'top: must be 1 to 2, not 0'",
                "1, 2, 1, 3, 'top: must be 1 to 2, not 3'"
            })
    void every_limit_is_told_with_its_field(int query, int documents, int length, @Nullable Integer top, String fault) {
        assertThatThrownBy(() -> request(query, documents, length, top))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(fault);
    }

    @Test
    void what_is_at_its_limits_passes_and_a_pair_is_one_character() {
        assertThatCode(() -> request(1600, 64, 4096, 64)).doesNotThrowAnyException();
        assertThatCode(() -> request(1, 1, 1, 1)).doesNotThrowAnyException();
    }

    @Test
    void a_model_is_needed() {
        assertThatThrownBy(() -> RerankRequest.of("", "a", List.of("b"))).hasMessageStartingWith("model:");
    }

    private static RerankRequest request(int query, int documents, int length, @Nullable Integer top) {
        return new RerankRequest(
                "bce-reranker-base", "😀".repeat(query), Collections.nCopies(documents, "😀".repeat(length)), top, "");
    }
}
