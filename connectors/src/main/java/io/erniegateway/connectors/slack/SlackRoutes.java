package io.erniegateway.connectors.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.slack.api.app_backend.slash_commands.SlashCommandPayloadParser;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receiving over signed HTTP requests: {@code POST /slack/<bot>/events}, {@code …/commands}, {@code …/interactive}.
 *
 * <p>Slack wants an answer within three seconds, and so it gets one as soon as the inbox has stored the event. Anything
 * but 2xx makes Slack send it again at once, after one minute and after five; a body that will never be understood says
 * {@code x-slack-no-retry}. That a delivery is a repetition ({@code x-slack-retry-num}) does not matter here: the inbox
 * knows what it has by its keys.
 */
final class SlackRoutes {

    /** A message of 40,000 characters with its blocks stays well below; what is larger is not from Slack. */
    static final int MAX_BODY = 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(SlackRoutes.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final HttpString NO_RETRY = new HttpString("x-slack-no-retry");

    private final String bot;
    private final SlackSignature signature;
    private final AtomicLong lastForgery = new AtomicLong();
    private volatile @Nullable SlackIntake intake;

    SlackRoutes(String bot, SlackSignature signature) {
        this.bot = bot;
        this.signature = signature;
    }

    void addTo(RoutingHandler routes) {
        String base = "/slack/" + bot;
        routes.post(base + "/events", new BlockingHandler(signed(this::event)));
        routes.post(base + "/commands", new BlockingHandler(signed(this::command)));
        // Buttons are not ours yet; Slack shows an error to the person if nobody answers.
        routes.post(base + "/interactive", new BlockingHandler(signed((exchange, body) -> {})));
    }

    /** From now on events are taken. */
    void openTo(SlackIntake target) {
        intake = target;
    }

    /** From now on events are refused, so that Slack keeps them for another try. */
    void shut() {
        intake = null;
    }

    @FunctionalInterface
    private interface BodyHandler {
        void handle(HttpServerExchange exchange, byte[] body) throws IOException;
    }

    private HttpHandler signed(BodyHandler next) {
        return exchange -> {
            byte[] body = body(exchange);
            if (body == null) {
                exchange.setStatusCode(StatusCodes.REQUEST_ENTITY_TOO_LARGE).setPersistent(false);
                exchange.endExchange();
            } else if (!signature.accepts(
                    exchange.getRequestHeaders().getFirst(SlackSignature.TIMESTAMP_HEADER),
                    exchange.getRequestHeaders().getFirst(SlackSignature.SIGNATURE_HEADER),
                    body)) {
                tellOfForgery();
                exchange.setStatusCode(StatusCodes.UNAUTHORIZED).endExchange();
            } else {
                next.handle(exchange, body);
            }
        };
    }

    /** Anybody can send such requests, so they may not fill the log. */
    private void tellOfForgery() {
        long now = System.nanoTime();
        long last = lastForgery.get();
        if ((last == 0 || now - last > QUIET.toNanos()) && lastForgery.compareAndSet(last, now)) {
            log.warn(
                    "bot {}: a request without a valid signature of Slack was refused; if it came from Slack, the"
                            + " signing secret or this machine's clock is wrong",
                    bot);
        }
    }

    /** The raw bytes, over which the signature goes; null if there are too many. */
    private static byte @Nullable [] body(HttpServerExchange exchange) throws IOException {
        if (exchange.getRequestContentLength() > MAX_BODY) {
            return null;
        }
        try (InputStream in = exchange.getInputStream()) {
            byte[] body = in.readNBytes(MAX_BODY + 1);
            return body.length > MAX_BODY ? null : body;
        }
    }

    private void event(HttpServerExchange exchange, byte[] body) {
        JsonNode payload;
        try {
            payload = JSON.readTree(body);
        } catch (IOException e) {
            log.warn("bot {}: a signed event that is no JSON, {} bytes", bot, body.length);
            refuseForGood(exchange);
            return;
        }
        if (payload.path("type").asText().equals("url_verification")) {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
            exchange.getResponseSender().send(payload.path("challenge").asText());
            return;
        }
        take(exchange, target -> target.event(payload));
    }

    private void command(HttpServerExchange exchange, byte[] body) {
        SlashCommandPayload payload;
        try {
            payload = new SlashCommandPayloadParser().parse(new String(body, StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            log.warn("bot {}: a signed slash command that is no form, {} bytes", bot, body.length);
            refuseForGood(exchange);
            return;
        }
        if (payload == null) {
            refuseForGood(exchange);
            return;
        }
        take(exchange, target -> target.command(payload));
    }

    private interface Delivery {
        void to(SlackIntake target);
    }

    private void take(HttpServerExchange exchange, Delivery delivery) {
        SlackIntake target = intake;
        if (target == null) {
            exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE).endExchange();
            return;
        }
        try {
            delivery.to(target);
        } catch (RuntimeException e) {
            log.error("bot {}: could not store an event, so Slack will send it again", bot, e);
            exchange.setStatusCode(StatusCodes.INTERNAL_SERVER_ERROR).endExchange();
        }
    }

    private static void refuseForGood(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(NO_RETRY, "1");
        exchange.setStatusCode(StatusCodes.BAD_REQUEST).endExchange();
    }
}
