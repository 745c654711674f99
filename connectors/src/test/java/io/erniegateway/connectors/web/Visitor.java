package io.erniegateway.connectors.web;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Call;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** A browser without a screen: keeps the cookie, follows the events, applies them as the page does. */
final class Visitor implements AutoCloseable {

    record Answer(int status, JsonNode body) {
        String error() {
            return body.path("error").asText();
        }
    }

    record Shown(boolean bot, String content, int revision) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI chat;
    private final Map<String, Cookie> cookies = new LinkedHashMap<>();
    private final Map<String, Shown> lines = new LinkedHashMap<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final OkHttpClient http;
    private @Nullable Call reading;
    private volatile boolean connected;

    Visitor(URI chat) {
        this.chat = chat;
        this.http = new OkHttpClient.Builder().cookieJar(new Jar()).build();
    }

    /** Opens the stream of events and waits for the history. */
    Visitor follow() {
        Call call = http.newCall(request("/events").build());
        reading = call;
        Thread.startVirtualThread(() -> read(call));
        await().pollInterval(Duration.ofMillis(5)).until(() -> connected);
        return this;
    }

    Answer say(String text) {
        return say(UUID.randomUUID().toString(), text);
    }

    Answer say(String id, String text) {
        return post(
                "/messages",
                JSON.createObjectNode().put("id", id).put("text", text).toString());
    }

    Answer post(String path, String json) {
        return post(path, json.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    Answer post(String path, byte[] body, Map<String, String> headers) {
        Request.Builder request = request(path).post(RequestBody.create(body, MediaType.get("application/json")));
        headers.forEach(request::header);
        try (Response response = http.newCall(request.build()).execute()) {
            return new Answer(response.code(), JSON.readTree(response.body().bytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Response get(String path, Map<String, String> headers) throws IOException {
        Request.Builder request = request(path);
        headers.forEach(request::header);
        return http.newCall(request.build()).execute();
    }

    /** The bot's lines as HTML, a person's as text, oldest first. */
    synchronized List<Shown> lines() {
        return new ArrayList<>(lines.values());
    }

    /** The names of all events so far. */
    List<String> events() {
        return List.copyOf(events);
    }

    Cookie cookie() {
        return cookies.values().iterator().next();
    }

    private Request.Builder request(String path) {
        return new Request.Builder().url(chat + path).header("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8");
    }

    private void read(Call call) {
        try (Response response = call.execute()) {
            BufferedSource source = response.body().source();
            String name = "";
            String data = "";
            for (String line = source.readUtf8Line(); line != null; line = source.readUtf8Line()) {
                if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data = line.substring(5);
                } else if (line.isEmpty() && !data.isEmpty()) {
                    apply(name, JSON.readTree(data));
                    data = "";
                }
            }
        } catch (IOException e) {
            // Closed by one side.
        }
        connected = false;
    }

    private synchronized void apply(String name, JsonNode data) {
        switch (name) {
            case "history" -> {
                lines.clear();
                data.path("lines").forEach(line -> show(line, ""));
                connected = true;
            }
            case "message", "edit" -> {
                Shown old = lines.get(data.path("id").asText());
                show(
                        data,
                        old == null
                                ? ""
                                : old.content().substring(0, data.path("keep").asInt()));
            }
            case "cleared" -> lines.clear();
            default -> {}
        }
        events.add(name);
    }

    private void show(JsonNode line, String kept) {
        boolean bot = line.path("bot").asBoolean();
        String content =
                bot ? kept + line.path("html").asText() : line.path("text").asText();
        lines.put(
                line.path("id").asText(),
                new Shown(bot, content, line.path("revision").asInt()));
    }

    boolean isConnected() {
        return connected;
    }

    @Override
    public void close() {
        if (reading != null) {
            reading.cancel();
        }
    }

    private final class Jar implements CookieJar {
        @Override
        public void saveFromResponse(HttpUrl url, List<Cookie> received) {
            received.forEach(cookie -> cookies.put(cookie.name(), cookie));
        }

        @Override
        public List<Cookie> loadForRequest(HttpUrl url) {
            return cookies.values().stream()
                    .filter(cookie -> cookie.matches(url))
                    .toList();
        }
    }
}
