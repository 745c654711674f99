package io.erniegateway.ernie.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieEvent.SearchResults.Hit;
import io.erniegateway.ernie.ToolChoice;
import io.erniegateway.ernie.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What wanted calls and found pages look like on the wire. */
class CallFramesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Reply CALLS =
            Reply.of("Wait.").calling("weather", "{\"city\":\"北京\"}").calling("time", "{\"zone\":8}");

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"QIANFAN_V2", "OPENAI", "VLLM"})
    void calls_come_in_pieces_by_index_id_and_name_first(Dialect dialect) {
        List<JsonNode> pieces = pieces(stream(dialect, "as-1", CALLS, false));
        assertThat(pieces).extracting(piece -> piece.path("index").intValue()).isSorted();
        assertThat(heads(pieces))
                .extracting(piece -> piece.path("function").path("name").textValue())
                .containsExactly("weather", "time");
        assertThat(heads(pieces))
                .allMatch(piece -> piece.path("type").textValue().equals("function"));
        assertThat(heads(pieces)).allMatch(piece -> piece.path("id").textValue().matches("[0-9a-f]{32}"));
        assertThat(arguments(pieces)).containsExactly("{\"city\":\"北京\"}", "{\"zone\":8}");
        List<JsonNode> frames = stream(dialect, "as-1", CALLS, false);
        assertThat(frames)
                .anySatisfy(frame ->
                        assertThat(choice(frame).path("finish_reason").asText()).isEqualTo("tool_calls"));
    }

    @Test
    void pieces_of_parallel_calls_may_take_turns() {
        List<JsonNode> pieces = pieces(stream(Dialect.QIANFAN_V2, "as-1", CALLS.with(Quirk.INTERLEAVED_CALLS), false));
        assertThat(pieces).extracting(piece -> piece.path("index").intValue()).startsWith(0, 1, 0, 1, 0);
        assertThat(arguments(pieces)).containsExactly("{\"city\":\"北京\"}", "{\"zone\":8}");
    }

    @Test
    void no_two_answers_use_the_same_ids() {
        assertThat(heads(pieces(stream(Dialect.QIANFAN_V2, "as-1", CALLS, false))))
                .extracting(piece -> piece.path("id").textValue())
                .doesNotContainAnyElementsOf(heads(pieces(stream(Dialect.QIANFAN_V2, "as-2", CALLS, false))).stream()
                        .map(piece -> piece.path("id").textValue())
                        .toList());
    }

    @Test
    void v1_tells_one_call_whole_and_no_text() {
        List<JsonNode> frames = stream(Dialect.QIANFAN_V1, "as-1", CALLS, false);
        assertThat(frames).singleElement().satisfies(frame -> {
            assertThat(frame.path("is_end").booleanValue()).isTrue();
            assertThat(frame.path("result").textValue()).isEmpty();
            assertThat(frame.path("finish_reason").textValue()).isEqualTo("function_call");
            assertThat(frame.path("function_call").path("name").textValue()).isEqualTo("weather");
            assertThat(frame.path("function_call").path("arguments").textValue())
                    .isEqualTo("{\"city\":\"北京\"}");
            assertThat(frame.path("function_call").path("thoughts").textValue()).isNotBlank();
        });
    }

    @Test
    void pages_are_told_once_and_only_to_those_who_asked() {
        Reply found =
                Reply.of("一二三四").found(new Hit(1, "https://example.com", "t")).at(Profile.atOnce(1));
        List<JsonNode> v2 = stream(Dialect.QIANFAN_V2, "as-1", found, true);
        assertThat(v2.getFirst().path("search_results").path(0).path("url").asText())
                .isEqualTo("https://example.com");
        assertThat(v2.stream().filter(frame -> frame.has("search_results"))).hasSize(1);
        assertThat(stream(Dialect.QIANFAN_V1, "as-1", found, true)
                        .getFirst()
                        .path("search_info")
                        .path("search_results"))
                .hasSize(1);
        assertThat(stream(Dialect.QIANFAN_V2, "as-1", found, false)).noneMatch(frame -> frame.has("search_results"));
        assertThat(stream(Dialect.QIANFAN_V1, "as-1", found, false)).noneMatch(frame -> frame.has("search_info"));
    }

    @Test
    void vllm_has_its_own_name_for_reasoning() {
        Reply thinking = Reply.of("a").thinking("b");
        assertThat(stream(Dialect.VLLM, "as-1", thinking, false).getFirst().toString())
                .contains("\"reasoning\":\"b\"");
        assertThat(stream(Dialect.FASTDEPLOY, "as-1", thinking, false)
                        .getFirst()
                        .toString())
                .contains("\"reasoning_content\":\"b\"");
    }

    @Test
    void every_chunk_of_v1_has_a_flag_and_a_turn_to_drop_only_if_the_history_has_to_go() {
        Reply reply = Reply.of("一二三").at(Profile.atOnce(1));
        assertThat(stream(Dialect.QIANFAN_V1, "as-1", reply, false))
                .hasSize(4)
                .allMatch(frame -> flag(frame) == 0 && !frame.has("ban_round"));
        assertThat(stream(Dialect.QIANFAN_V1, "as-1", reply.flagged(2, 1, 0), false))
                .extracting(CallFramesTest::flag)
                .containsExactly(0, 1, 1, 1);
        assertThat(stream(Dialect.QIANFAN_V1, "as-1", reply.flagged(2, 1, 0), false))
                .noneMatch(frame -> frame.has("ban_round")
                        || frame.path("need_clear_history").booleanValue());
        JsonNode flagged = stream(Dialect.QIANFAN_V1, "as-1", reply.flagged(2, 4, 3), false)
                .get(1);
        assertThat(flag(flagged)).isEqualTo(4);
        assertThat(flagged.path("need_clear_history").booleanValue()).isTrue();
        assertThat(flagged.path("ban_round").intValue()).isEqualTo(3);
    }

    private static int flag(JsonNode frame) {
        return frame.path("flag").asInt(-1);
    }

    @Test
    void counts_on_each_chunk_grow_to_those_at_the_end() {
        Reply reply = Reply.of("一二三四").calling("f", "{\"a\":1}").thinking("想").at(Profile.atOnce(2));
        Reply searching = reply.with(Quirk.SEARCH_STATUS);
        List<JsonNode> frames = stream(Dialect.QIANFAN_V2, searching, TokenCounts.ON_EACH_CHUNK);
        assertThat(frames)
                .hasSizeGreaterThan(4)
                .allMatch(frame -> frame.path("usage").path("total_tokens").isInt());
        assertThat(frames)
                .extracting(
                        frame -> frame.path("usage").path("completion_tokens").intValue())
                .isSorted()
                .startsWith(0, 1, 2, 3);
        List<JsonNode> once = stream(Dialect.QIANFAN_V2, searching, TokenCounts.AT_THE_END);
        assertThat(once.getLast()).isEqualTo(frames.getLast());
        assertThat(once.stream().filter(frame -> frame.has("usage"))).hasSize(1);
        assertThat(stream(Dialect.QIANFAN_V2, searching.with(Quirk.NO_USAGE), TokenCounts.ON_EACH_CHUNK))
                .noneMatch(frame -> frame.has("usage"));
    }

    private static List<JsonNode> stream(Dialect dialect, Reply reply, TokenCounts counts) {
        return stream(new Question(dialect, "m", "", List.of(Turn.user("a")), ""), "as-1", reply, counts);
    }

    private static List<JsonNode> stream(Dialect dialect, String id, Reply reply, boolean traces) {
        Question question =
                new Question(dialect, "m", "", List.of(Turn.user("a")), "", List.of(), new ToolChoice.Auto(), traces);
        return stream(question, id, reply, TokenCounts.AT_THE_END);
    }

    private static List<JsonNode> stream(Question question, String id, Reply reply, TokenCounts counts) {
        Profile profile = reply.profile() == null ? Profile.atOnce(3) : reply.profile();
        List<JsonNode> frames = new ArrayList<>();
        for (Supplier<String> made : new Frames(question, id, 0, reply, counts).all(profile, new Random(1))) {
            String frame = made.get();
            try {
                frames.add(JSON.readTree(frame));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return frames;
    }

    private static List<JsonNode> pieces(List<JsonNode> frames) {
        List<JsonNode> pieces = new ArrayList<>();
        frames.forEach(frame -> choice(frame).path("delta").path("tool_calls").forEach(pieces::add));
        return pieces;
    }

    private static JsonNode choice(JsonNode frame) {
        return frame.path("choices").path(0);
    }

    private static List<JsonNode> heads(List<JsonNode> pieces) {
        return pieces.stream().filter(piece -> piece.has("id")).toList();
    }

    private static List<String> arguments(List<JsonNode> pieces) {
        Map<Integer, String> byIndex = new TreeMap<>();
        for (JsonNode piece : pieces) {
            byIndex.merge(
                    piece.path("index").intValue(),
                    piece.path("function").path("arguments").textValue(),
                    String::concat);
        }
        return List.copyOf(byIndex.values());
    }
}
