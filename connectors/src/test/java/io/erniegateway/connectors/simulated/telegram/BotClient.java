package io.erniegateway.connectors.simulated.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** A bot that speaks plain HTTP, so that nothing of the connector stands between a test and the wire. */
final class BotClient implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final TelegramSimulator telegram;

    BotClient(TelegramSimulator telegram) {
        this.telegram = telegram;
    }

    /** "status description"; the JSON may have single quotes. */
    String call(String method, String json) {
        JsonNode answer = answer(method, json);
        return answer.path("error_code").asInt(200) + " "
                + answer.path("description").asText("");
    }

    JsonNode answer(String method, String json) {
        try {
            URI uri = URI.create(telegram.apiBase() + "/bot" + telegram.token() + "/" + method);
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(json.replace('\'', '"')))
                    .build();
            return ApiReply.MAPPER.readTree(
                    http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
