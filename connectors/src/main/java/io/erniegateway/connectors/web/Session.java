package io.erniegateway.connectors.web;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.Cookie;
import io.undertow.server.handlers.CookieImpl;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A browser, known again by a random cookie; everything else in the program knows it by a hash of that only. */
record Session(String room, String language) {

    static final String COOKIE = "ernie_chat";
    /** 192 bits: nobody guesses into a chat. */
    private static final int RANDOM_BYTES = 24;

    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9_-]{32}");
    /** A chat is found again a month later; browsers cap it at 400 days. */
    private static final Duration KEPT = Duration.ofDays(30);
    /** 128 bits of the hash keep chats apart. */
    private static final int HASH_BYTES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    /** The session of a request, if the browser has one. */
    static Optional<Session> of(HttpServerExchange exchange, WebChat chat) {
        return cookie(exchange).map(value -> new Session(hash(chat.name(), value), language(exchange)));
    }

    /** The session of a request; a browser without one is given a new one. The cookie's life begins anew. */
    static Session begin(HttpServerExchange exchange, WebChat chat) {
        String value = cookie(exchange).orElseGet(Session::random);
        exchange.setResponseCookie(new CookieImpl(COOKIE, value)
                .setPath(chat.path())
                .setHttpOnly(true)
                .setSameSiteMode("Strict")
                .setSecure(isSecure(exchange))
                .setMaxAge((int) KEPT.toSeconds()));
        return new Session(hash(chat.name(), value), language(exchange));
    }

    private static Optional<String> cookie(HttpServerExchange exchange) {
        Cookie cookie = exchange.getRequestCookie(COOKIE);
        return Optional.ofNullable(cookie)
                .map(Cookie::getValue)
                .filter(value -> WELL_FORMED.matcher(value).matches());
    }

    /** Behind a proxy that ends TLS the header tells; forging it only makes one's own cookie stricter. */
    private static boolean isSecure(HttpServerExchange exchange) {
        return exchange.getRequestScheme().equals("https")
                || "https".equalsIgnoreCase(exchange.getRequestHeaders().getFirst(Headers.X_FORWARDED_PROTO));
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String hash(String bot, String cookie) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] digest = sha.digest((bot + "\u0000" + cookie).getBytes(StandardCharsets.UTF_8));
            byte[] shortened = Arrays.copyOf(digest, HASH_BYTES);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(shortened);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The language the browser likes best, empty if it says none that makes sense. */
    static String language(HttpServerExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst(Headers.ACCEPT_LANGUAGE);
        if (header == null) {
            return "";
        }
        try {
            List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(header);
            String first = ranges.getFirst().getRange();
            return first.equals("*") ? "" : first;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
