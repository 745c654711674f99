package io.erniegateway.connectors.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives updates that Telegram posts. A 2xx confirms an update for ever, so it is given only when the inbox has it.
 * Telegram keeps one update per chat in flight and repeats after anything but 2xx (at once, then after 2, 4, 8 … s, up to
 * 24 h), which keeps the order within a chat.
 *
 * <pre>
 *   200  stored, or nothing that a repetition could mend (an unknown kind, a malformed message)
 *   400  no JSON: Telegram never sends that, so a proxy cut or changed it under way, and a repetition mends it
 *   401  the secret is missing or wrong: not Telegram
 *   413  larger than any update: likewise not Telegram
 *   503  could not be stored, or the bot is not (or no longer) receiving: Telegram shall come again
 * </pre>
 */
final class WebhookRoute implements HttpHandler {
    private static final Logger log = LoggerFactory.getLogger(WebhookRoute.class);

    /** setWebhook, {@code secret_token}. */
    private static final HttpString SECRET_HEADER = new HttpString("X-Telegram-Bot-Api-Secret-Token");

    /** An update holds a text of 4096 characters, the message it replies to and their entities: some 100 kB at most. */
    static final int MAX_BODY = 1 << 20;

    private final String bot;
    private final byte[] secret;
    private volatile @Nullable Intake intake;

    WebhookRoute(String bot, String secret) {
        this.bot = bot;
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Below the operator's public URL. */
    static String path(String bot) {
        return "/telegram/" + bot;
    }

    void open(Intake to) {
        intake = to;
    }

    void close() {
        intake = null;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (exchange.isInIoThread()) {
            exchange.dispatch(this);
            return;
        }
        exchange.setStatusCode(answer(exchange));
        exchange.endExchange();
    }

    private int answer(HttpServerExchange exchange) {
        if (!isTelegram(exchange)) {
            log.warn("bot {}: refused a webhook call without the right secret", bot);
            exchange.setPersistent(false);
            return StatusCodes.UNAUTHORIZED;
        }
        Intake open = intake;
        if (open == null) {
            return StatusCodes.SERVICE_UNAVAILABLE;
        }
        JsonNode update;
        try {
            exchange.startBlocking();
            byte[] body = exchange.getInputStream().readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                return tooLarge(exchange);
            }
            update = TelegramJson.MAPPER.readTree(body);
        } catch (RequestTooBigException e) {
            // The server's own limit, should it be lower or be met first by the announced length.
            return tooLarge(exchange);
        } catch (IOException e) {
            log.warn("bot {}: refused a webhook call that is not JSON", bot);
            return StatusCodes.BAD_REQUEST;
        }
        if (!update.isObject()) {
            return StatusCodes.BAD_REQUEST;
        }
        return stored(open, update);
    }

    private int tooLarge(HttpServerExchange exchange) {
        log.warn("bot {}: refused a webhook call with more than {} bytes", bot, MAX_BODY);
        exchange.setPersistent(false);
        return StatusCodes.REQUEST_ENTITY_TOO_LARGE;
    }

    private int stored(Intake open, JsonNode update) {
        try {
            open.take(update);
            return StatusCodes.OK;
        } catch (RuntimeException | Error e) {
            log.error("bot {}: an update could not be stored; Telegram will deliver it again", bot, e);
            return StatusCodes.SERVICE_UNAVAILABLE;
        }
    }

    /** In constant time, so that the answer's delay tells nothing about the secret. */
    private boolean isTelegram(HttpServerExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst(SECRET_HEADER);
        return given != null && MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.UTF_8));
    }
}
