package io.erniegateway.ernie.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    enum Unit {
        CELSIUS,
        @JsonProperty("°F")
        FAHRENHEIT
    }

    record Place(String city, @Nullable String country) {
        Place {
            if (city.isBlank()) {
                throw new IllegalArgumentException("city: must not be blank");
            }
        }
    }

    record Weather(
            @JsonPropertyDescription("where") Place place,
            int days,
            long since,
            double height,
            boolean hourly,
            Unit unit,
            List<Place> others,
            Map<String, Integer> weights,
            LocalDate from,
            @JsonProperty("max_wind") @Nullable Integer wind,
            @Nullable List<String> tags,
            Optional<String> note,
            Optional<Place> nearby,
            OptionalInt limit) {}

    record Small(int number, @Nullable Place place, List<String> words) {}

    record Nothing() {}

    record Tree(String name, List<Tree> children) {}

    @Test
    void a_records_components_become_a_plain_schema_in_their_order() throws Exception {
        String place = """
                {"type":"object","properties":{"city":{"type":"string"},"country":{"type":"string"}},
                 "required":["city"],"additionalProperties":false}""";
        String expected = """
                {"type":"object","properties":{
                 "place":{"type":"object","properties":{"city":{"type":"string"},"country":{"type":"string"}},
                          "required":["city"],"description":"where","additionalProperties":false},
                 "days":{"type":"integer"},"since":{"type":"integer"},"height":{"type":"number"},
                 "hourly":{"type":"boolean"},"unit":{"type":"string","enum":["CELSIUS","°F"]},
                 "others":{"type":"array","items":PLACE},
                 "weights":{"type":"object","additionalProperties":{"type":"integer"}},
                 "from":{"type":"string","format":"date"},
                 "max_wind":{"type":"integer"},"tags":{"type":"array","items":{"type":"string"}},
                 "note":{"type":"string"},"nearby":PLACE,"limit":{"type":"integer"}},
                 "required":["place","days","since","height","hourly","unit","others","weights","from"],
                 "additionalProperties":false}""".replace("PLACE", place);
        String schema = Tool.of("w", "", Weather.class, asked -> "").spec().parameters();
        assertThat(json(schema)).isEqualTo(json(expected));
        assertThat(JSON.readTree(schema).path("properties").fieldNames())
                .toIterable()
                .startsWith("place", "days", "since", "height");
        assertThat(Tool.of("n", "", Nothing.class, asked -> "").spec().parameters())
                .isEqualTo("{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{}}");
    }

    @Test
    void arguments_become_the_record() throws Exception {
        Tool tool = Tool.of("w", "", Weather.class, asked -> asked);
        Object made = tool.bind("""
                        {"place":{"city":"北京","country":null},"days":3,"since":5000000000,"height":2,"hourly":false,
                         "unit":"°F","others":[{"city":"Rome"}],"weights":{"a":1},"from":"2026-12-01","note":"n",
                         "limit":7,"nearby":null}""").call();
        assertThat(made)
                .isEqualTo(new Weather(
                        new Place("北京", null),
                        3,
                        5_000_000_000L,
                        2,
                        false,
                        Unit.FAHRENHEIT,
                        List.of(new Place("Rome", null)),
                        Map.of("a", 1),
                        LocalDate.of(2026, 12, 1),
                        null,
                        null,
                        Optional.of("n"),
                        Optional.empty(),
                        OptionalInt.of(7)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nonsense                                                   | the arguments are no JSON: Unrecognized token 'nonsense'
            {"number":1                                                | the arguments are no JSON: Unexpected end-of-input
            {"number":1,"words":[]} and                                | the arguments are no JSON
            {"number":1,"number":2,"words":[]}                         | the arguments are no JSON: Duplicate field 'number'
            []                                                         | array found, object expected
            null                                                       | null found, object expected
            {}                                                         | required property 'number' not found; : required property 'words' not found
            {"words":[]}                                               | required property 'number' not found
            {"number":null,"words":[]}                                 | required property 'number' not found
            {"number":"1","words":[]}                                  | /number: string found, integer expected
            {"number":1.5,"words":[]}                                  | /number: number found, integer expected
            {"number":true,"words":[]}                                 | /number: boolean found, integer expected
            {"number":3000000000,"words":[]}                           | the arguments cannot be used: Numeric value (3000000000) out of range of int
            {"number":1,"words":"a"}                                   | /words: string found, array expected
            {"number":1,"words":["a",2]}                               | /words/1: integer found, string expected
            {"number":1,"words":[null]}                                | /words/0: null found, string expected
            {"number":1,"words":[],"more":1}                           | property 'more' is not defined
            {"number":1,"words":[],"place":{}}                         | /place: required property 'city' not found
            {"number":1,"words":[],"place":{"city":"a","zip":"b"}}     | property 'zip' is not defined
            {"number":1,"words":[],"place":{"city":" "}}               | the arguments were refused: city: must not be blank
            {"number":1,"words":[1,2,3,4,5,6,7]}                       | /words/4: integer found, string expected; and 2 more
            """)
    void the_model_is_told_what_is_wrong_with_its_arguments(String arguments, String told) {
        Tool tool = Tool.of("s", "", Small.class, asked -> asked);
        assertThatThrownBy(() -> tool.bind(arguments))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining(told)
                .hasMessageNotContaining("io.erniegateway");
    }

    @Test
    void the_model_is_told_in_english_whatever_the_machine_speaks() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThatThrownBy(
                            () -> Tool.of("s", "", Small.class, asked -> asked).bind("[]"))
                    .hasMessageContaining("array found, object expected");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void no_arguments_at_all_are_an_empty_object() throws Exception {
        assertThat(Tool.of("n", "", Nothing.class, asked -> asked).bind("").call())
                .isEqualTo(new Nothing());
    }

    @Test
    void a_schema_of_the_callers_own_is_kept_and_checked_and_its_nulls_mean_something() throws Exception {
        String schema = """
                {"type":"object","properties":{"a":{"type":["integer","null"],"maximum":9}},"required":["a"]}""";
        Tool tool = Tool.raw("r", "d", schema, asked -> asked.path("a"));
        assertThat(tool.spec().parameters()).isEqualTo(schema);
        assertThat(tool.bind("{\"a\":null}").call()).isEqualTo(JSON.nullNode());
        assertThatThrownBy(() -> tool.bind("{\"a\":10}"))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("/a: must have a maximum value of 9");
    }

    @Test
    void two_schemas_of_the_same_id_are_not_confused() throws Exception {
        String schema = """
                {"$id":"https://example.com/s","type":"object","properties":{"a":{"type":"TYPE"}}}""";
        Tool texts = Tool.raw("t", "d", schema.replace("TYPE", "string"), asked -> "text");
        Tool numbers = Tool.raw("n", "d", schema.replace("TYPE", "integer"), asked -> "number");
        assertThat(texts.bind("{\"a\":\"1\"}").call()).isEqualTo("text");
        assertThat(numbers.bind("{\"a\":1}").call()).isEqualTo("number");
    }

    @Test
    void an_older_draft_is_checked_by_its_own_rules() throws Exception {
        String schema = """
                {"$schema":"http://json-schema.org/draft-07/schema#","type":"object",
                 "properties":{"a":{"type":"array","items":[{"type":"integer"}]}}}""";
        Tool tool = Tool.raw("r", "d", schema, asked -> "");
        assertThatThrownBy(() -> tool.bind("{\"a\":[\"b\"]}")).hasMessageContaining("/a/0: string found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"objekt"}                                            | must have "type":"object"
            {"type":"array"}                                             | must have "type":"object"
            {"type":"object","properties":3}                             | is no JSON Schema: /properties: integer found
            {"type":"object","properties":{"a":{"pattern":"("}}}         | is no JSON Schema that can be checked
            {"type":"object","properties":{"a":{"$ref":"http://127.0.0.1:1/x"}}} | is no JSON Schema that can be checked
            {"type":"object","properties":{"a":{"$ref":"#/$defs/b"}}}    | is no JSON Schema that can be checked
            {"$schema":"https://example.com/none","type":"object"}       | is no JSON Schema that can be checked
            nonsense                                                     | are no JSON
            """)
    void a_schema_that_is_none_is_refused_at_once(String schema, String told) {
        assertThatThrownBy(() -> Tool.raw("broken", "d", schema, asked -> ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tool broken")
                .hasMessageContaining(told);
    }

    @Test
    void a_record_that_contains_itself_is_refused_with_a_remedy() {
        assertThatThrownBy(() -> Tool.of("tree", "", Tree.class, asked -> ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Tree")
                .hasMessageContaining("Tool.raw");
    }

    private static JsonNode json(String json) throws Exception {
        return JSON.readTree(json);
    }
}
