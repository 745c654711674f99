package io.erniegateway.ernie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EmbeddingModelTest {

    @ParameterizedTest
    @CsvSource({
        "embedding-v1, embedding-v1, 384, 1000, 384, 16",
        "Embedding-V1, embedding-v1, 384, 1000, 384, 16",
        "bge-large-zh, bge-large-zh, 512, 2000, 1024, 16",
        "bge_large_zh, bge-large-zh, 512, 2000, 1024, 16",
        "bge-large-en, bge-large-en, 512, 2000, 1024, 16",
        "tao-8k, tao-8k, 8192, 28000, 0, 1",
        "tao_8k, tao-8k, 8192, 28000, 0, 1",
        "Qwen3-Embedding-0.6B, qwen3-embedding-0.6b, 8192, 0, 0, 16",
        "Qwen3-Embedding-4B, qwen3-embedding-4b, 8192, 0, 0, 16",
        "my-own, my-own, 0, 0, 0, 16"
    })
    void baidus_documented_limits(String asked, String name, int tokens, int characters, int dimension, int texts) {
        for (Dialect dialect : List.of(Dialect.QIANFAN_V2, Dialect.QIANFAN_V1)) {
            EmbeddingModel model = EmbeddingModel.of(dialect, asked);
            assertThat(model.name()).isEqualTo(name);
            assertThat(model.tokens()).isEqualTo(tokens);
            assertThat(model.characters()).isEqualTo(characters);
            assertThat(model.dimension()).isEqualTo(dimension);
            assertThat(model.textsPerCall()).isEqualTo(texts);
        }
    }

    @Test
    void a_self_hosted_model_of_the_same_name_has_limits_of_its_own() {
        EmbeddingModel model = EmbeddingModel.of(Dialect.VLLM, "tao-8k");
        assertThat(model.characters()).isZero();
        assertThat(model.textsPerCall()).isEqualTo(16);
        model.check(List.of("a".repeat(100_000)));
    }

    static Stream<EmbeddingModel> withCharacters() {
        return EmbeddingModel.table().stream().filter(model -> model.characters() > 0);
    }

    @ParameterizedTest
    @MethodSource("withCharacters")
    void characters_are_counted_exactly_and_a_pair_is_one(EmbeddingModel model) {
        model.check(List.of("a".repeat(model.characters()), "😀".repeat(model.characters())));
        assertThatThrownBy(() -> model.check(List.of("a", "😀".repeat(model.characters() + 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("texts[1]: has %d characters; %s takes at most %d: split it"
                        .formatted(model.characters() + 1, model.name(), model.characters()));
    }

    static Stream<EmbeddingModel> table() {
        return EmbeddingModel.table().stream();
    }

    @ParameterizedTest
    @MethodSource("table")
    void tokens_are_refused_only_where_any_tokenizer_would_count_too_many(EmbeddingModel model) {
        model.check(List.of(words(model.tokens())));
        // Signs may vanish, and no number of Chinese characters is a number of tokens for certain.
        model.check(List.of("字".repeat(Math.min(1000, 2 * model.tokens()))));
        assertThatThrownBy(() -> model.check(List.of("a", "b", words(model.tokens() + 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("texts[2]: has " + (model.tokens() + 1) + " words");
    }

    @Test
    void signs_alone_are_no_words() {
        EmbeddingModel.of(Dialect.QIANFAN_V2, "embedding-v1").check(List.of(". ".repeat(499)));
    }

    @Test
    void requests_that_no_server_takes_are_not_made() {
        assertThatThrownBy(() -> EmbeddingRequest.of(" ", "a")).hasMessageStartingWith("model:");
        assertThatThrownBy(() -> EmbeddingRequest.of("m")).hasMessage("texts: must be 1 to 2048, not 0");
        assertThatThrownBy(() -> EmbeddingRequest.of("m", "a", "", "b")).hasMessage("texts[1]: is empty");
        assertThatThrownBy(() -> new EmbeddingRequest("m", Collections.nCopies(2049, "a"), ""))
                .hasMessage("texts: must be 1 to 2048, not 2049");
        assertThat(new EmbeddingRequest(" m\n", Collections.nCopies(2048, "a"), "").model())
                .isEqualTo("m");
    }

    private static String words(int count) {
        return String.join(" ", Collections.nCopies(count, "a"));
    }
}
