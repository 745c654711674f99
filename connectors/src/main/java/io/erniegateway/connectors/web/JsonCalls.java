package io.erniegateway.connectors.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Small JSON posts from our own pages, and only from those: another site's page cannot make a reader's browser say
 * something here. Runs the call on a worker and turns {@link Refused} into a status and {@code {"error","message"}}.
 */
public final class JsonCalls {

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            // A message is two fields of one object.
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(20).build())
            .build());
    private static final HttpString FETCH_SITE = new HttpString("Sec-Fetch-Site");
    private static final HttpString FORWARDED_HOST = new HttpString("X-Forwarded-Host");
    /** What is read and thrown away of a body that is too large, so that the browser gets to read the answer. */
    private static final int POLITENESS_BYTES = 16 << 20;

    /** What one call does. */
    @FunctionalInterface
    public interface Call {
        /** The answer's fields, sent with status 200. */
        ObjectNode answer(HttpServerExchange exchange, JsonNode body) throws Refused;
    }

    /** A call that is not carried out. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String error;

        /**
         * @param status the HTTP status
         * @param error a word for the page's script
         * @param message a sentence for a person, no secret in it
         */
        public Refused(int status, String error, String message) {
            super(message, null, false, false);
            this.status = status;
            this.error = error;
        }
    }

    private JsonCalls() {}

    /**
     * A handler for such posts.
     *
     * @param maxBytes the largest body taken; an empty body counts as an empty object
     */
    public static HttpHandler handler(int maxBytes, Call call) {
        return new BlockingHandler(exchange -> {
            try {
                requireOwnPage(exchange);
                reply(exchange, 200, call.answer(exchange, body(exchange, maxBytes)));
            } catch (Refused refused) {
                ObjectNode fields = object().put("error", refused.error).put("message", refused.getMessage());
                reply(exchange, refused.status, fields);
            }
        });
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A parameter of the path or the query, empty if there is none. */
    public static String parameter(HttpServerExchange exchange, String name) {
        var values = exchange.getQueryParameters().get(name);
        return values == null || values.isEmpty() ? "" : values.getFirst();
    }

    private static void reply(HttpServerExchange exchange, int status, ObjectNode fields) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json; charset=utf-8");
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseSender().send(fields.toString());
    }

    /** Browsers always send {@code Origin} with a post; a program without it has no reader's cookie to misuse. */
    private static void requireOwnPage(HttpServerExchange exchange) throws Refused {
        String site = exchange.getRequestHeaders().getFirst(FETCH_SITE);
        String origin = exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
        boolean own = (site == null || site.equals("same-origin") || site.equals("none"))
                && (origin == null || isOwn(origin, exchange));
        if (!own) {
            throw new Refused(403, "other_origin", "This can be called from the gateway's own pages only.");
        }
        String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        if (type == null || !type.startsWith("application/json")) {
            throw new Refused(415, "not_json", "Send it as application/json.");
        }
    }

    /** A proxy may rename the host; what it forwards cannot be set by another site's page without our consent. */
    private static boolean isOwn(String origin, HttpServerExchange exchange) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority != null
                    && (authority.equalsIgnoreCase(exchange.getRequestHeaders().getFirst(Headers.HOST))
                            || authority.equalsIgnoreCase(
                                    exchange.getRequestHeaders().getFirst(FORWARDED_HOST)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static JsonNode body(HttpServerExchange exchange, int maxBytes) throws Refused {
        byte[] bytes = bytes(exchange, maxBytes);
        if (bytes.length == 0) {
            return object();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonNode body = JSON.readTree(text);
            if (body == null || !body.isObject()) {
                throw new Refused(400, "malformed", "The body is not a JSON object.");
            }
            return body;
        } catch (CharacterCodingException e) {
            throw new Refused(400, "malformed", "The body is not UTF-8.");
        } catch (JsonProcessingException e) {
            throw new Refused(400, "malformed", "The body is not JSON.");
        }
    }

    private static Refused tooLong(int maxBytes) {
        return new Refused(413, "too_long", "The body is larger than " + maxBytes + " bytes.");
    }

    private static void discard(InputStream in) {
        byte[] bin = new byte[8_192];
        try {
            for (int read = 0, n = 0; n >= 0 && read < POLITENESS_BYTES; read += n) {
                n = in.read(bin);
            }
        } catch (IOException e) {
            // It does not want to hear the answer.
        }
    }

    private static byte[] bytes(HttpServerExchange exchange, int maxBytes) throws Refused {
        try {
            exchange.setMaxEntitySize(POLITENESS_BYTES);
            InputStream in = exchange.getInputStream();
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                discard(in);
                throw tooLong(maxBytes);
            }
            return bytes;
        } catch (RequestTooBigException e) {
            throw tooLong(maxBytes);
        } catch (IOException e) {
            throw new Refused(400, "malformed", "The body ended early.");
        }
    }
}
