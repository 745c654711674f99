package io.erniegateway.gateway.conversation;

import io.erniegateway.connectors.Person;
import java.util.Locale;

/** The language in which the gateway itself speaks to a person. */
public enum Tongue {
    CHINESE,
    ENGLISH;

    /** What the person writes decides; where that tells nothing (a command, a picture), what the platform says. */
    public static Tongue of(Person person, String text) {
        if (text.codePoints().anyMatch(Character::isIdeographic)) {
            return CHINESE;
        }
        boolean writesWords = !text.startsWith("/") && text.codePoints().anyMatch(Character::isLetter);
        boolean chinese = person.language().toLowerCase(Locale.ROOT).startsWith("zh");
        return chinese && !writesWords ? CHINESE : ENGLISH;
    }
}
