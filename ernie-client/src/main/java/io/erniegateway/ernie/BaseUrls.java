package io.erniegateway.ernie;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Says what is wrong with a base URL, before the first call does so less kindly. Pure. */
final class BaseUrls {
    /** V1's path below its origin; everything after it is ours to append. */
    private static final String V1_SERVICES = "/rpc/2.0";

    private BaseUrls() {}

    /**
     * @return the URL without trailing slashes
     * @throws IllegalArgumentException naming the setting, the fault and the remedy; never quotes user info or a query
     */
    static String checked(String setting, String text) {
        URI uri = parsed(setting, text.strip());
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(setting + ": must begin with https:// or http://");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw new IllegalArgumentException(setting + ": has no host name");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    setting + ": must not hold a user name or password; keys have their own settings");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(setting + ": must not hold '?' or '#'; end it after the path");
        }
        String url = withoutTrailingSlashes(uri.toString());
        if (url.endsWith("/chat/completions")) {
            throw new IllegalArgumentException(setting
                    + ": must end before /chat/completions, which the client appends itself; use "
                    + url.substring(0, url.length() - "/chat/completions".length()));
        }
        if (url.endsWith("/v2/v2") || url.endsWith("/v1/v1")) {
            throw new IllegalArgumentException(
                    setting + ": the version is doubled; use " + url.substring(0, url.length() - "/v2".length()));
        }
        return url;
    }

    /** Where V1's {@code /oauth/2.0/token} is, if nobody said otherwise: beside {@code /rpc/2.0}. */
    static String oauthBeside(String baseUrl) {
        int services = baseUrl.indexOf(V1_SERVICES);
        return services < 0 ? baseUrl : baseUrl.substring(0, services);
    }

    private static URI parsed(String setting, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(
                    setting + ": is empty; give the server's URL, such as " + Dialect.QIANFAN_V2.publicBaseUrl());
        }
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // The exception's own text quotes the whole input, which may hold a password.
            throw new IllegalArgumentException(
                    setting + ": is no URL (" + e.getReason() + " at position " + e.getIndex() + ")");
        }
    }

    private static String withoutTrailingSlashes(String url) {
        int end = url.length();
        while (url.charAt(end - 1) == '/') {
            end--;
        }
        return url.substring(0, end);
    }
}
