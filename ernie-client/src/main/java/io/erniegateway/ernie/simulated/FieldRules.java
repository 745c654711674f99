package io.erniegateway.ernie.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.Dialect;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;

/**
 * The fields that each server knows, and their ranges. A field that no document names is refused. Pure.
 *
 * <p>Sources: V2 page 3m7of64lb, V1 page tlmyncueh and the model pages, FastDeploy's and vLLM's documentation. On
 * purpose not the client's own table: two readings of the documents have to agree.
 */
final class FieldRules {
    /** What a value has to be, and in words. */
    private record Rule(String range, Predicate<JsonNode> allowed) {}

    private static final int V1_MOST_TOKENS = 2048;
    private static final int MOST_TOKENS = 65_536;
    private static final int MOST_PAGES = 28;
    private static final int LEAST_THINKING = 100;
    private static final int MOST_PAIRS = 16;
    private static final int MOST_STOPS = 4;
    private static final int LONGEST_STOP = 20;

    private static final Rule ANY = new Rule("anything", value -> true);
    private static final Rule FLAG = new Rule("true or false", JsonNode::isBoolean);
    private static final Rule TEXT = new Rule("a text", JsonNode::isTextual);
    private static final Rule OBJECT = new Rule("an object", JsonNode::isObject);
    private static final Rule DEGREES = number("[0, 2]", value -> value >= 0 && value <= 2);
    private static final Rule SHARE = number("[0, 1.0]", value -> value >= 0 && value <= 1);
    private static final Rule PENALTY = number("[-2, 2]", value -> value >= -2 && value <= 2);
    private static final Rule PENALTY_SCORE = number("[1.0, 2.0]", value -> value >= 1 && value <= 2);
    private static final Rule REPETITION = number("(0, 2.0]", value -> value > 0 && value <= 2);
    private static final Rule OUTPUT_TOKENS = whole(1, MOST_TOKENS);
    private static final Rule STOPS = new Rule("at most 4 texts of at most 20 characters", FieldRules::baiduStops);
    private static final Rule FORMAT =
            members(Map.of("type", words("text", "json_object", "json_schema"), "json_schema", OBJECT), Set.of("type"));

    private static final Map<Dialect, FieldRules> ALL = all();

    private final Map<String, Rule> rules;

    private FieldRules(Map<String, Rule> rules) {
        this.rules = Map.copyOf(rules);
    }

    static FieldRules of(Dialect dialect) {
        FieldRules rules = ALL.get(dialect);
        if (rules == null) {
            throw new IllegalStateException("no rules for " + dialect);
        }
        return rules;
    }

    /** What is wrong with the first field that is not in order. */
    Optional<String> fault(JsonNode body) {
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            Rule rule = rules.get(field.getKey());
            if (rule == null) {
                return Optional.of("unknown field " + field.getKey());
            }
            if (!rule.allowed().test(field.getValue())) {
                return Optional.of(field.getKey() + " is out of range " + rule.range());
            }
        }
        // OpenAI's rule; no document of Baidu's promises to be kinder.
        return body.has("stream_options") && !body.path("stream").asBoolean(false)
                ? Optional.of("stream_options is for streams only")
                : Optional.empty();
    }

    private static Map<Dialect, FieldRules> all() {
        Map<Dialect, FieldRules> all = new EnumMap<>(Dialect.class);
        all.put(Dialect.QIANFAN_V1, new FieldRules(v1()));
        all.put(Dialect.QIANFAN_V2, new FieldRules(v2()));
        for (Dialect dialect : Dialect.values()) {
            if (dialect.api() == Dialect.Api.OPENAI) {
                all.put(dialect, new FieldRules(selfHosted(dialect)));
            }
        }
        return all;
    }

    private static Map<String, Rule> v1() {
        Rule tokens = whole(2, V1_MOST_TOKENS);
        Map<String, Rule> fields = new HashMap<>(Map.of(
                "messages", ANY,
                "system", TEXT,
                "temperature", number("(0, 1.0]", value -> value > 0 && value <= 1),
                "top_p", SHARE,
                "penalty_score", PENALTY_SCORE,
                "frequency_penalty", PENALTY,
                "presence_penalty", PENALTY,
                "stream", FLAG,
                "stop", STOPS));
        fields.putAll(Map.of(
                "disable_search", FLAG,
                "enable_citation", FLAG,
                "enable_trace", FLAG,
                "max_output_tokens", tokens,
                "min_output_tokens", tokens,
                // A text here, an object in V2.
                "response_format", words("text", "json_object"),
                "user_id", TEXT,
                "functions", ANY,
                "tools", new Rule("a list", JsonNode::isArray),
                "tool_choice", ANY));
        fields.putAll(Map.of(
                "user_setting", TEXT,
                "enable_system_memory", FLAG,
                "system_memory_id", TEXT,
                "extra_parameters", OBJECT));
        return fields;
    }

    private static Map<String, Rule> v2() {
        Map<String, Rule> fields = common();
        fields.putAll(Map.of(
                "stream_options", members(Map.of("include_usage", FLAG, "chunk_include_usage", FLAG), Set.of()),
                "seed", new Rule("(0, 2147483647)", FieldRules::baiduSeed),
                "stop", STOPS,
                "parallel_tool_calls", FLAG,
                "penalty_score", PENALTY_SCORE,
                "repetition_penalty", REPETITION,
                "web_search", webSearch(),
                "enable_thinking", FLAG,
                "thinking", members(Map.of("type", words("enabled", "disabled")), Set.of("type"))));
        fields.putAll(Map.of(
                "thinking_budget", whole(LEAST_THINKING, Integer.MAX_VALUE),
                "thinking_strategy", words("short_think", "chain_of_draft"),
                "reasoning_effort", words("low", "medium", "high"),
                "metadata", new Rule("at most 16 pairs of texts", FieldRules::pairs)));
        return fields;
    }

    /** What any OpenAI-compatible server knows, and what only this one does. */
    private static Map<String, Rule> selfHosted(Dialect server) {
        Map<String, Rule> fields = common();
        fields.put("stream_options", members(Map.of("include_usage", FLAG), Set.of()));
        fields.put("seed", new Rule("a whole number", JsonNode::isInt));
        fields.put("stop", new Rule("a text or at most 4 texts", value -> value.isTextual() || texts(value)));
        if (server == Dialect.OPENAI || server == Dialect.VLLM) {
            fields.put("parallel_tool_calls", FLAG);
        }
        if (server == Dialect.FASTDEPLOY || server == Dialect.VLLM) {
            fields.put("repetition_penalty", REPETITION);
        }
        if (server == Dialect.FASTDEPLOY) {
            Rule mode = members(Map.of("thinking_mode", words("open", "close")), Set.of());
            fields.put("chat_template_kwargs", members(Map.of("enable_thinking", FLAG, "options", mode), Set.of()));
            fields.put("reasoning_max_tokens", whole(1, Integer.MAX_VALUE));
        }
        if (server == Dialect.VLLM) {
            fields.put("chat_template_kwargs", members(Map.of("enable_thinking", FLAG), Set.of()));
            fields.put("thinking_token_budget", whole(0, Integer.MAX_VALUE));
        }
        return fields;
    }

    private static Map<String, Rule> common() {
        Map<String, Rule> fields = new HashMap<>(Map.of(
                "model", TEXT,
                "messages", ANY,
                "stream", FLAG,
                "temperature", DEGREES,
                "top_p", SHARE,
                "frequency_penalty", PENALTY,
                "presence_penalty", PENALTY));
        fields.putAll(Map.of(
                "max_tokens", OUTPUT_TOKENS,
                "max_completion_tokens", OUTPUT_TOKENS,
                "tools", ANY,
                "tool_choice", ANY,
                "response_format", FORMAT,
                "user", TEXT));
        return fields;
    }

    private static Rule webSearch() {
        Rule pages = whole(1, MOST_PAGES);
        return members(
                Map.of(
                        "enable", FLAG,
                        "enable_citation", FLAG,
                        "enable_trace", FLAG,
                        "enable_status", FLAG,
                        "search_mode", words("auto", "required"),
                        "search_number", pages,
                        "reference_number", pages),
                Set.of("enable"));
    }

    private static Rule number(String range, DoublePredicate allowed) {
        return new Rule(range, value -> value.isNumber() && allowed.test(value.doubleValue()));
    }

    private static Rule whole(int least, int most) {
        return new Rule(
                "[" + least + ", " + most + "]",
                value -> value.isInt() && value.intValue() >= least && value.intValue() <= most);
    }

    private static Rule words(String... allowed) {
        return new Rule(
                String.join("/", allowed),
                value -> value.isTextual() && Set.of(allowed).contains(value.textValue()));
    }

    /** An object of these members, of which some must be there. */
    private static Rule members(Map<String, Rule> known, Set<String> required) {
        return new Rule("of an object of its documented members", value -> {
            boolean inOrder = value.isObject() && required.stream().allMatch(value::has);
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                Rule rule = known.get(member.getKey());
                inOrder &= rule != null && rule.allowed().test(member.getValue());
            }
            return inOrder;
        });
    }

    private static boolean baiduSeed(JsonNode value) {
        return value.isInt() && value.intValue() > 0 && value.intValue() < Integer.MAX_VALUE;
    }

    private static boolean baiduStops(JsonNode value) {
        boolean inOrder = texts(value);
        for (JsonNode text : value) {
            inOrder &= text.asText().length() <= LONGEST_STOP;
        }
        return inOrder;
    }

    private static boolean texts(JsonNode value) {
        boolean inOrder = value.isArray() && !value.isEmpty() && value.size() <= MOST_STOPS;
        for (JsonNode text : value) {
            inOrder &= text.isTextual() && !text.textValue().isEmpty();
        }
        return inOrder;
    }

    private static boolean pairs(JsonNode value) {
        boolean inOrder = value.isObject() && value.size() <= MOST_PAIRS;
        for (JsonNode text : value) {
            inOrder &= text.isTextual();
        }
        return inOrder;
    }
}
