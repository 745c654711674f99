package io.erniegateway.gateway.conversation;

import io.erniegateway.connectors.Person;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A stable name for a person that tells the model's provider nothing about them. */
final class Pseudonym {
    /** Enough to tell people apart; not the whole hash, which would only be longer. */
    private static final int BYTES = 16;

    private Pseudonym() {}

    static String of(String bot, Person person) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((bot + "\n" + person.id()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
