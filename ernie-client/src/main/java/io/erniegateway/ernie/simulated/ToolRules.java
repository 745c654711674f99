package io.erniegateway.ernie.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.Dialect;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What {@code tools} (V1: {@code functions}) and {@code tool_choice} have to be like. Pure.
 *
 * <p>Sources: V2 page 3m7of64lb, V1 page tlmyncueh, and OpenAI's shape where Baidu says no more than that it is that.
 */
final class ToolRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int MOST = 128;
    private static final Set<String> CHOICES = Set.of("none", "auto", "required");

    private ToolRules() {}

    /** What is wrong with the functions. */
    static Optional<String> fault(Dialect dialect, JsonNode body) {
        boolean v1 = dialect == Dialect.QIANFAN_V1;
        String field = v1 ? "functions" : "tools";
        JsonNode tools = body.path(field);
        Set<String> names = new HashSet<>();
        if (body.has(field)) {
            if (!tools.isArray() || tools.isEmpty() || tools.size() > MOST) {
                return Optional.of(field + " must be a list of 1 to " + MOST);
            }
            for (int i = 0; i < tools.size(); i++) {
                String place = field + "[" + i + "]";
                Optional<String> fault = v1 ? v1Fault(tools.get(i), place) : fault(tools.get(i), place);
                JsonNode name = (v1 ? tools.get(i) : tools.get(i).path("function")).path("name");
                if (fault.isPresent()) {
                    return fault;
                }
                if (!names.add(name.asText())) {
                    return Optional.of(place + " has the name of another one");
                }
            }
        }
        if (v1 && body.has(field) && body.has("system")) {
            return Optional.of("system and functions cannot be used together");
        }
        return body.has("tool_choice") ? badChoice(v1, body.path("tool_choice"), names) : Optional.empty();
    }

    private static Optional<String> fault(JsonNode tool, String place) {
        if (!only(tool, Set.of("type", "function"))
                || !tool.path("type").asText().equals("function")) {
            return Optional.of(place + " must be {type:function, function}");
        }
        return badFunction(tool.path("function"), place, Set.of("name", "description", "parameters"));
    }

    private static Optional<String> v1Fault(JsonNode function, String place) {
        if (!function.path("description").isTextual() || !function.has("parameters")) {
            return Optional.of(place + " needs description and parameters");
        }
        return badFunction(function, place, Set.of("name", "description", "parameters", "responses", "examples"));
    }

    private static Optional<String> badFunction(JsonNode function, String place, Set<String> known) {
        JsonNode parameters = function.path("parameters");
        if (!only(function, known)) {
            return Optional.of(
                    place + " must be an object of " + known.stream().sorted().toList());
        }
        if (!NAME.matcher(function.path("name").asText("")).matches()) {
            return Optional.of(place + ".name must be 1 to 64 letters, digits, _ and -");
        }
        if (function.has("description") && !function.path("description").isTextual()) {
            return Optional.of(place + ".description must be a text");
        }
        boolean schema =
                parameters.isObject() && parameters.path("type").asText("").equals("object");
        return function.has("parameters") && !schema
                ? Optional.of(place + ".parameters must be the JSON Schema of an object")
                : Optional.empty();
    }

    private static Optional<String> badChoice(boolean v1, JsonNode choice, Set<String> names) {
        if (names.isEmpty()) {
            return Optional.of("tool_choice without functions to choose from");
        }
        if (choice.isTextual()) {
            return !v1 && CHOICES.contains(choice.textValue())
                    ? Optional.empty()
                    : Optional.of("tool_choice must be " + (v1 ? "an object" : "none, auto, required or an object"));
        }
        boolean named = only(choice, Set.of("type", "function"))
                && choice.path("type").asText().equals("function")
                && only(choice.path("function"), Set.of("name"))
                && names.contains(choice.path("function").path("name").asText(""));
        return named ? Optional.empty() : Optional.of("tool_choice must name one of the functions");
    }

    static boolean only(JsonNode object, Set<String> known) {
        return object.isObject() && object.propertyStream().allMatch(member -> known.contains(member.getKey()));
    }
}
