package io.erniegateway.connectors.web;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The files of a page: a fixed list, read from the class path once, revalidated by ETag. Every answer carries a content
 * security policy under which nothing inline runs and nothing foreign loads.
 */
public final class PageFiles {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml; charset=utf-8");

    private record PageFile(ByteBuffer content, String type, String tag) {}

    private final Map<String, PageFile> files = new HashMap<>();

    /**
     * @param beside the class beside whose package the folder lies
     * @param folder a folder of resources, relative to the class
     * @param names the files in it
     * @param words what stands for {@code {{key}}} in the HTML files; escaped here
     */
    public PageFiles(Class<?> beside, String folder, List<String> names, Map<String, String> words) {
        for (String name : names) {
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            if (type == null) {
                throw new IllegalArgumentException("no content type for " + name);
            }
            byte[] bytes = read(beside, folder + "/" + name);
            if (name.endsWith(".html")) {
                bytes = fill(bytes, words);
            }
            files.put(name, new PageFile(ByteBuffer.wrap(bytes).asReadOnlyBuffer(), type, '"' + digest(bytes) + '"'));
        }
    }

    /** Serves one file under whatever path. */
    public HttpHandler file(String name) {
        if (!files.containsKey(name)) {
            throw new IllegalArgumentException("no such file: " + name);
        }
        return exchange -> send(exchange, name);
    }

    /** Serves the file that the path parameter {@code file} names; anything else is not found. */
    public HttpHandler byName() {
        return exchange -> send(exchange, JsonCalls.parameter(exchange, "file"));
    }

    private void send(HttpServerExchange exchange, String name) {
        PageFile file = files.get(name);
        var headers = exchange.getResponseHeaders();
        headers.put(Headers.X_CONTENT_TYPE_OPTIONS, "nosniff");
        headers.put(Headers.CONTENT_SECURITY_POLICY, POLICY);
        headers.put(new HttpString("Referrer-Policy"), "no-referrer");
        if (file == null) {
            exchange.setStatusCode(StatusCodes.NOT_FOUND).endExchange();
            return;
        }
        headers.put(Headers.ETAG, file.tag());
        // Kept by the browser, but asked for each time: a new version shows at the next load.
        headers.put(Headers.CACHE_CONTROL, "no-cache");
        if (file.tag().equals(exchange.getRequestHeaders().getFirst(Headers.IF_NONE_MATCH))) {
            exchange.setStatusCode(StatusCodes.NOT_MODIFIED).endExchange();
            return;
        }
        headers.put(Headers.CONTENT_TYPE, file.type());
        exchange.getResponseSender().send(file.content().duplicate());
    }

    private static byte[] fill(byte[] html, Map<String, String> words) {
        String text = new String(html, StandardCharsets.UTF_8);
        for (var word : words.entrySet()) {
            text = text.replace("{{" + word.getKey() + "}}", WebMarkup.escape(word.getValue()));
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] read(Class<?> beside, String path) {
        try (InputStream in = beside.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the build left out " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
