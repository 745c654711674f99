package io.erniegateway.connectors.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came back from one call of the Bot API. */
sealed interface ApiAnswer {

    /** {@code {"ok":true,"result":…}}. */
    record Ok(JsonNode result) implements ApiAnswer {}

    sealed interface Failure extends ApiAnswer {}

    /**
     * Telegram said no: {@code {"ok":false,…}}, or a 4xx without such a body.
     *
     * @param code {@code error_code}, which equals the HTTP status
     * @param description Telegram's sentence, cut to a sane length
     * @param retryAfter from {@code parameters.retry_after} or the header, zero if there is none
     * @param migratedTo {@code parameters.migrate_to_chat_id}, zero if there is none
     */
    record Refused(int code, String description, Duration retryAfter, long migratedTo) implements Failure {}

    /** No usable answer. {@code mayHaveActed} is false only if the request was certainly not sent. */
    record Lost(String why, boolean mayHaveActed) implements Failure {}

    /** Telegram's sentences are short; anything longer is a proxy's page. */
    int MAX_DESCRIPTION = 300;

    int NOT_FOUND = 404;
    int TOO_MANY_REQUESTS = 429;
    int SERVER_ERROR = 500;

    /** Reads an HTTP answer. The status decides first, since the texts "may change" (Bot API, error_code). */
    static ApiAnswer of(int status, @Nullable String retryAfterHeader, String body) {
        JsonNode json = parsed(body);
        if (status >= SERVER_ERROR) {
            return new Lost("HTTP " + status + described(json), true);
        }
        if (json != null && json.path("ok").asBoolean(false) && json.has("result")) {
            return new Ok(json.get("result"));
        }
        if (status < 300) {
            return new Lost("HTTP " + status + " with a body that is no answer of the Bot API", true);
        }
        Duration retryAfter = json == null ? Duration.ZERO : retryAfter(json.path("parameters"));
        return new Refused(
                status,
                json == null ? "HTTP " + status + " without an answer of the Bot API" : description(json),
                retryAfter.isZero() ? seconds(retryAfterHeader) : retryAfter,
                json == null
                        ? 0
                        : json.path("parameters").path("migrate_to_chat_id").asLong(0));
    }

    private static @Nullable JsonNode parsed(String body) {
        try {
            JsonNode json = TelegramJson.MAPPER.readTree(body);
            return json.isObject() && json.has("ok") ? json : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static String described(@Nullable JsonNode json) {
        return json == null ? "" : ": " + description(json);
    }

    private static String description(JsonNode json) {
        String text = json.path("description").asText("no description");
        return text.length() <= MAX_DESCRIPTION ? text : text.substring(0, MAX_DESCRIPTION) + "…";
    }

    private static Duration retryAfter(JsonNode parameters) {
        return Duration.ofSeconds(Math.max(0, parameters.path("retry_after").asLong(0)));
    }

    private static Duration seconds(@Nullable String header) {
        if (header == null || !header.matches("[0-9]{1,9}")) {
            return Duration.ZERO;
        }
        return Duration.ofSeconds(Long.parseLong(header));
    }
}
