package io.erniegateway.ernie.failures;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Strikes keys and tokens out of any text that leaves the client. Thread-safe. */
public final class Secrets {
    /** Anything shorter would strike out ordinary words. */
    private static final int LEAST_LENGTH = 4;

    /** A token lives 30 days; the last few are all that a late answer could still quote. */
    private static final int TOKENS_KEPT = 8;

    private static final String MASK = "***";

    /** What a secret looks like even if it is none of ours: a parameter, a header, Baidu's key and token formats. */
    private static final Pattern LOOKS_SECRET = Pattern.compile(
            "(?i)((?:access_token|client_secret|client_id|api_?key|access_?key|secret_?key|refresh_token"
                    + "|session_secret)"
                    + "[\"']?\\s*[=:]\\s*[\"']?)[^\\s&\"',}]+"
                    + "|(\\bbearer\\s+)[^\\s\"',}]+"
                    + "|()(?:bce-(?:v3|auth-v1)/[^\\s\"',}]+|\\b24\\.[0-9a-z]{8,}[0-9a-z.-]*)");

    private final List<String> fixed;
    private final List<String> tokens = new ArrayList<>();

    public Secrets(List<String> fixed) {
        this.fixed =
                fixed.stream().filter(secret -> secret.length() >= LEAST_LENGTH).toList();
    }

    /** Remembers a token that was obtained later. */
    public synchronized void learn(String token) {
        if (token.length() >= LEAST_LENGTH && !tokens.contains(token)) {
            tokens.add(token);
            if (tokens.size() > TOKENS_KEPT) {
                tokens.removeFirst();
            }
        }
    }

    public String strike(String text) {
        String struck = text;
        for (String secret : all()) {
            struck = struck.replace(secret, MASK);
        }
        return LOOKS_SECRET
                .matcher(struck)
                .replaceAll(match -> kept(match.group(1)) + kept(match.group(2)) + kept(match.group(3)) + MASK);
    }

    private static String kept(@Nullable String group) {
        return group == null ? "" : Matcher.quoteReplacement(group);
    }

    private synchronized List<String> all() {
        List<String> all = new ArrayList<>(fixed);
        all.addAll(tokens);
        return all;
    }
}
