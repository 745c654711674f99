package io.erniegateway.ernie;

import static io.erniegateway.ernie.Dialect.FASTDEPLOY;
import static io.erniegateway.ernie.Dialect.LLAMA_CPP;
import static io.erniegateway.ernie.Dialect.OLLAMA;
import static io.erniegateway.ernie.Dialect.OPENAI;
import static io.erniegateway.ernie.Dialect.QIANFAN_V1;
import static io.erniegateway.ernie.Dialect.QIANFAN_V2;
import static io.erniegateway.ernie.Dialect.VLLM;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Everything about an answer that a caller may set. This table is the documentation, the check and the writer's data at
 * once: where a parameter goes, under which name, and in which range. A dialect that has no row for a parameter is not
 * sent it, so one request can walk down a fallback chain of different servers.
 *
 * <p>Sources: V2 page 3m7of64lb, V1 page tlmyncueh and the model pages, FastDeploy's and vLLM's documentation. Several V2
 * ranges are "per model" (page 6mh4stoyf); here stands the widest that any model takes.
 *
 * @param <T> the type of its value
 */
public final class Parameter<T> {
    /** In the order of declaration, which is the order of the wire. */
    private static final List<Parameter<?>> TABLE = new ArrayList<>();

    private static final Dialect[] SELF_HOSTED = {OPENAI, FASTDEPLOY, VLLM, LLAMA_CPP, OLLAMA};

    private static final double MOST_DEGREES = 2;
    private static final int V1_LEAST_TOKENS = 2;
    private static final int V1_MOST_TOKENS = 2048;
    private static final int LEAST_THINKING = 100;
    private static final int MOST_PAIRS = 16;
    private static final int MOST_STOPS = 4;
    private static final int LONGEST_STOP = 20;

    /** How freely words are chosen. Thinking models ignore it silently. */
    public static final Parameter<Double> TEMPERATURE = number("temperature")
            .in("[0, 2]", value -> value >= 0 && value <= MOST_DEGREES, QIANFAN_V2)
            .in("(0, 1]", value -> value > 0 && value <= 1, QIANFAN_V1)
            .in("[0, 2]", value -> value >= 0 && value <= MOST_DEGREES, SELF_HOSTED);

    /** From which share of the probable words one is chosen. */
    public static final Parameter<Double> TOP_P =
            number("top_p").in("[0, 1]", value -> value >= 0 && value <= 1, Dialect.values());

    /** Against repetition, Baidu's way. */
    public static final Parameter<Double> PENALTY_SCORE =
            number("penalty_score").in("[1, 2]", value -> value >= 1 && value <= 2, QIANFAN_V2, QIANFAN_V1);

    /** Against repetition, the more often the stronger. */
    public static final Parameter<Double> FREQUENCY_PENALTY =
            number("frequency_penalty").in("[-2, 2]", value -> value >= -2 && value <= 2, Dialect.values());

    /** Against words that were said at all. */
    public static final Parameter<Double> PRESENCE_PENALTY =
            number("presence_penalty").in("[-2, 2]", value -> value >= -2 && value <= 2, Dialect.values());

    /** Against repetition, as a factor. */
    public static final Parameter<Double> REPETITION_PENALTY =
            number("repetition_penalty").in("(0, 2]", value -> value > 0 && value <= 2, QIANFAN_V2, FASTDEPLOY, VLLM);

    /** Longest answer, in tokens; reasoning counts. */
    public static final Parameter<Integer> MAX_OUTPUT_TOKENS = whole("max_tokens")
            .in("[1, 2147483647]", value -> value >= 1, QIANFAN_V2)
            .as("max_output_tokens", "[2, 2048]", Parameter::v1Tokens, QIANFAN_V1)
            .in("[1, 2147483647]", value -> value >= 1, SELF_HOSTED);

    /** Shortest answer, in tokens; V1 only. */
    public static final Parameter<Integer> MIN_OUTPUT_TOKENS =
            whole("min_output_tokens").in("[2, 2048]", Parameter::v1Tokens, QIANFAN_V1);

    /** Makes answers repeatable, as far as the server can. */
    public static final Parameter<Integer> SEED = whole("seed")
            .in("(0, 2147483647)", value -> value > 0 && value < Integer.MAX_VALUE, QIANFAN_V2)
            .in("[-2147483648, 2147483647]", value -> true, SELF_HOSTED);

    /** Texts before which the answer ends. */
    public static final Parameter<List<String>> STOP = texts("stop")
            .in("1 to 4 texts of 1 to 20 characters", Parameter::baiduStops, QIANFAN_V2, QIANFAN_V1)
            .in("1 to 4 texts, none empty", Parameter::stops, SELF_HOSTED);

    /** The web, as a source. */
    public static final Parameter<WebSearch> WEB_SEARCH =
            new Parameter<WebSearch>("web_search").in("any", value -> true, QIANFAN_V2, QIANFAN_V1);

    /** Text, JSON, or JSON of a schema. */
    public static final Parameter<ResponseFormat> RESPONSE_FORMAT = new Parameter<ResponseFormat>("response_format")
            .in("text, json_object or json_schema", value -> true, QIANFAN_V2)
            .in("text or json_object", value -> !(value instanceof ResponseFormat.JsonSchema), QIANFAN_V1)
            .in("text, json_object or json_schema", value -> true, SELF_HOSTED);

    /** Whether to think first: V2's switch of the qwen3, 4.5-vl and 5.0 families, FastDeploy's and vLLM's template. */
    public static final Parameter<Boolean> ENABLE_THINKING = flag("enable_thinking")
            .in("true or false", value -> true, QIANFAN_V2)
            .as("chat_template_kwargs.enable_thinking", "true or false", value -> true, FASTDEPLOY, VLLM);

    /** Whether to think first: V2's other switch, for models that have {@code thinking: {type}}. */
    public static final Parameter<Thinking> THINKING =
            new Parameter<Thinking>("thinking").as("thinking.type", "ENABLED or DISABLED", value -> true, QIANFAN_V2);

    /** Most tokens to think. V2's default is 16384. */
    public static final Parameter<Integer> THINKING_BUDGET = whole("thinking_budget")
            .in("[100, 2147483647]", value -> value >= LEAST_THINKING, QIANFAN_V2)
            .as("reasoning_max_tokens", "[1, 2147483647]", value -> value >= 1, FASTDEPLOY)
            .as("thinking_token_budget", "[0, 2147483647]", value -> value >= 0, VLLM);

    /** How to think. */
    public static final Parameter<ThinkingStrategy> THINKING_STRATEGY = new Parameter<ThinkingStrategy>(
                    "thinking_strategy")
            .in("SHORT_THINK or CHAIN_OF_DRAFT", value -> true, QIANFAN_V2);

    /** How hard to think. */
    public static final Parameter<Effort> REASONING_EFFORT =
            new Parameter<Effort>("reasoning_effort").in("LOW, MEDIUM or HIGH", value -> true, QIANFAN_V2);

    /** Whether several functions may be wanted at once; the servers' default is yes. */
    public static final Parameter<Boolean> PARALLEL_TOOL_CALLS =
            flag("parallel_tool_calls").in("true or false", value -> true, QIANFAN_V2, OPENAI, VLLM);

    /** Token counts in every chunk instead of the last. */
    public static final Parameter<Boolean> CHUNK_USAGE = flag("chunk_include_usage")
            .as("stream_options.chunk_include_usage", "true or false", value -> true, QIANFAN_V2);

    /** Notes for the account's owner; the server only keeps them. */
    public static final Parameter<Map<String, String>> METADATA = new Parameter<Map<String, String>>("metadata")
            .in("1 to 16 pairs", pairs -> !pairs.isEmpty() && pairs.size() <= MOST_PAIRS, QIANFAN_V2);

    /** What the model shall know of the user; V1's character models. */
    public static final Parameter<String> USER_SETTING =
            new Parameter<String>("user_setting").in("not blank", value -> !value.isBlank(), QIANFAN_V1);

    /** V1's memory beside the history. */
    public static final Parameter<Boolean> ENABLE_SYSTEM_MEMORY =
            flag("enable_system_memory").in("true or false", value -> true, QIANFAN_V1);

    /** Which memory. */
    public static final Parameter<String> SYSTEM_MEMORY_ID =
            new Parameter<String>("system_memory_id").in("not blank", value -> !value.isBlank(), QIANFAN_V1);

    /** V1's further fields, undocumented but for their name. */
    public static final Parameter<Map<String, String>> EXTRA_PARAMETERS = new Parameter<Map<String, String>>(
                    "extra_parameters")
            .in("at least one pair", pairs -> !pairs.isEmpty(), QIANFAN_V1);

    private final String name;
    private final Map<Dialect, Rule<T>> rules = new EnumMap<>(Dialect.class);

    private Parameter(String name) {
        this.name = name;
        TABLE.add(this);
    }

    /** {@code thinking.type}. */
    public enum Thinking {
        ENABLED,
        DISABLED
    }

    /** {@code thinking_strategy}. */
    public enum ThinkingStrategy {
        SHORT_THINK,
        CHAIN_OF_DRAFT
    }

    /** {@code reasoning_effort}. */
    public enum Effort {
        LOW,
        MEDIUM,
        HIGH
    }

    /**
     * A row for a dialect.
     *
     * @param field its name there; a dot stands between an object and its member
     * @param range in words, for the error
     */
    public record Rule<T>(String field, String range, Predicate<T> allowed) {}

    /** All of them. */
    public static List<Parameter<?>> table() {
        return List.copyOf(TABLE);
    }

    /** V2's name, which stands in errors. */
    public String name() {
        return name;
    }

    /** How the dialect has it; empty if it does not. */
    public Optional<Rule<T>> rule(Dialect dialect) {
        return Optional.ofNullable(rules.get(dialect));
    }

    /**
     * Checks a value before it is sent.
     *
     * @throws IllegalArgumentException naming the field and the range, if the dialect has the parameter and not this
     *     value
     */
    public void check(Dialect dialect, T value) {
        Rule<T> rule = rules.get(dialect);
        if (rule != null && !rule.allowed().test(value)) {
            throw new IllegalArgumentException(
                    rule.field() + ": " + value + " is not in the range " + rule.range() + " of " + dialect);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private Parameter<T> in(String range, Predicate<T> allowed, Dialect... dialects) {
        return as(name, range, allowed, dialects);
    }

    private Parameter<T> as(String field, String range, Predicate<T> allowed, Dialect... dialects) {
        for (Dialect dialect : dialects) {
            rules.put(dialect, new Rule<>(field, range, allowed));
        }
        return this;
    }

    private static Parameter<Double> number(String name) {
        return new Parameter<>(name);
    }

    private static Parameter<Integer> whole(String name) {
        return new Parameter<>(name);
    }

    private static Parameter<Boolean> flag(String name) {
        return new Parameter<>(name);
    }

    private static Parameter<List<String>> texts(String name) {
        return new Parameter<>(name);
    }

    private static boolean v1Tokens(int tokens) {
        return tokens >= V1_LEAST_TOKENS && tokens <= V1_MOST_TOKENS;
    }

    private static boolean stops(List<String> texts) {
        return !texts.isEmpty() && texts.size() <= MOST_STOPS && texts.stream().noneMatch(String::isEmpty);
    }

    private static boolean baiduStops(List<String> texts) {
        return stops(texts) && texts.stream().allMatch(text -> text.length() <= LONGEST_STOP);
    }
}
