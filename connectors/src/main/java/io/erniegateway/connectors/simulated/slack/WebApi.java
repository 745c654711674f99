package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.connectors.simulated.SimulatedChats.Meter;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/** {@code POST /api/METHOD} with a Bearer token, form or JSON. Blocks; wants a worker thread of its own. */
final class WebApi implements HttpHandler {

    /** Nothing that an app may say is longer. */
    private static final int MAX_BODY = 1024 * 1024;

    private static final String OPEN = "apps.connections.open";
    private static final String UPDATE = "chat.update";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String botToken;
    private final String appToken;
    private final ChatMethods methods;
    private final Tiers tiers;
    private final Supplier<String> socketUrl;
    private final Runnable metered;
    private final Map<String, Queue<SlackFault>> faults = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** @param metered told after each counted call */
    WebApi(
            String botToken,
            String appToken,
            ChatMethods methods,
            Tiers tiers,
            Supplier<String> socketUrl,
            Runnable metered) {
        this.botToken = botToken;
        this.appToken = appToken;
        this.methods = methods;
        this.tiers = tiers;
        this.socketUrl = socketUrl;
        this.metered = metered;
    }

    /** The next calls of this method meet these faults, one each. */
    void fail(String method, SlackFault fault) {
        faults.computeIfAbsent(method, key -> new ArrayDeque<>());
        faults.computeIfPresent(method, (key, queue) -> {
            queue.add(fault);
            return queue;
        });
    }

    Meter meter() {
        return new Meter(tiers.used(UPDATE), Tiers.TIER_3, "chat.update per minute", calls.get(), refused.get());
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String method = exchange.getRelativePath().replaceFirst("^/", "");
        Map<String, String> arguments = new HashMap<>();
        String problem = read(exchange, arguments);
        String denied = problem.isEmpty() ? denied(exchange, method, arguments) : problem;
        if (!denied.isEmpty()) {
            refused.incrementAndGet();
            send(exchange, ChatMethods.error(denied));
            return;
        }
        calls.incrementAndGet();
        serve(exchange, method, arguments);
        metered.run();
    }

    private void serve(HttpServerExchange exchange, String method, Map<String, String> arguments) throws Exception {
        SlackFault fault = nextFault(method);
        if (fault instanceof SlackFault.TooMany(var pause)) {
            tiers.block(method, pause);
        }
        OptionalLong early =
                tiers.admit(method, arguments.getOrDefault("channel", arguments.getOrDefault("channel_id", "")));
        if (early.isPresent()) {
            refused.incrementAndGet();
            long seconds = Math.max(1, Math.ceilDiv(early.getAsLong(), 1_000));
            exchange.setStatusCode(429).getResponseHeaders().put(Headers.RETRY_AFTER, String.valueOf(seconds));
            send(exchange, ChatMethods.error("ratelimited"));
        } else {
            answer(exchange, fault, method, arguments);
        }
    }

    private void answer(
            HttpServerExchange exchange, @Nullable SlackFault fault, String method, Map<String, String> arguments)
            throws InterruptedException {
        switch (fault) {
            case null -> run(exchange, method, arguments);
            case SlackFault.TooMany ignored -> run(exchange, method, arguments);
            case SlackFault.Refused(String code) -> refuse(exchange, code);
            case SlackFault.Internal(boolean acted) -> {
                act(acted, method, arguments);
                refuse(exchange, "internal_error");
            }
            case SlackFault.Broken(int status) -> {
                refused.incrementAndGet();
                exchange.setStatusCode(status);
                exchange.getResponseSender().send("<html>upstream trouble</html>");
            }
            case SlackFault.Reset(boolean acted) -> {
                act(acted, method, arguments);
                refused.incrementAndGet();
                IoUtils.safeClose(exchange.getConnection());
            }
            case SlackFault.Garbage ignored -> {
                act(true, method, arguments);
                refused.incrementAndGet();
                exchange.getResponseSender().send("<html>not what you expect</html>");
            }
            case SlackFault.Late(var by) -> {
                Thread.sleep(by);
                run(exchange, method, arguments);
            }
        }
    }

    private void act(boolean wanted, String method, Map<String, String> arguments) {
        if (wanted) {
            result(method, arguments);
        }
    }

    private void run(HttpServerExchange exchange, String method, Map<String, String> arguments) {
        ObjectNode result = result(method, arguments);
        if (!result.path("ok").asBoolean()) {
            refused.incrementAndGet();
        }
        send(exchange, result);
    }

    private ObjectNode result(String method, Map<String, String> arguments) {
        if (method.equals(OPEN)) {
            return ChatMethods.ok().put("url", socketUrl.get());
        }
        ObjectNode result = methods.call(method, arguments);
        return result == null ? ChatMethods.error("unknown_method") : result;
    }

    private void refuse(HttpServerExchange exchange, String code) {
        refused.incrementAndGet();
        send(exchange, ChatMethods.error(code));
    }

    private @Nullable SlackFault nextFault(String method) {
        SlackFault[] next = new SlackFault[1];
        faults.computeIfPresent(method, (key, queue) -> {
            next[0] = queue.poll();
            return queue;
        });
        return next[0];
    }

    private String denied(HttpServerExchange exchange, String method, Map<String, String> arguments) {
        if (!method.equals(OPEN) && !ChatMethods.has(method)) {
            return "unknown_method";
        }
        String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        String token = header != null && header.startsWith("Bearer ")
                ? header.substring("Bearer ".length())
                : arguments.getOrDefault("token", "");
        if (token.isEmpty()) {
            return "not_authed";
        }
        if (token.equals(method.equals(OPEN) ? appToken : botToken)) {
            return "";
        }
        return token.equals(appToken) || token.equals(botToken) ? "not_allowed_token_type" : "invalid_auth";
    }

    /** Fills in the arguments; returns Slack's error code if they cannot be read. */
    private static String read(HttpServerExchange exchange, Map<String, String> arguments) throws IOException {
        byte[] body = exchange.getInputStream().readNBytes(MAX_BODY);
        String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        String text = new String(body, StandardCharsets.UTF_8);
        if (type == null || type.isEmpty()) {
            return body.length == 0 ? "" : "missing_post_type";
        }
        if (type.startsWith("application/x-www-form-urlencoded")) {
            readForm(text, arguments);
            return "";
        }
        return type.startsWith("application/json") ? readJson(text, arguments) : "invalid_post_type";
    }

    private static void readForm(String text, Map<String, String> arguments) {
        for (String field : text.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                arguments.put(
                        URLDecoder.decode(field.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
    }

    private static String readJson(String text, Map<String, String> arguments) {
        try {
            JsonNode json = JSON.readTree(text);
            if (!json.isObject()) {
                return "json_not_object";
            }
            json.properties()
                    .forEach(field -> arguments.put(
                            field.getKey(),
                            field.getValue().isValueNode()
                                    ? field.getValue().asText()
                                    : field.getValue().toString()));
            return "";
        } catch (JsonProcessingException e) {
            return "invalid_json";
        }
    }

    private static void send(HttpServerExchange exchange, ObjectNode answer) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json; charset=utf-8");
        exchange.getResponseSender().send(answer.toString());
    }
}
