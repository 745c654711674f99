package io.erniegateway.gateway.conversation;

import java.util.Locale;
import java.util.Optional;

/** What a person may tell the gateway itself, on every platform. */
public enum Command {
    START,
    HELP,
    /** Forget the conversation. */
    NEW,
    /** Cut the running answer. */
    STOP,
    /** Ask the last question again. */
    RETRY;

    /** Whether it makes the running answer pointless, so that it is cut the moment the command arrives. */
    public boolean cutsRunningAnswer() {
        return switch (this) {
            case NEW, STOP, RETRY -> true;
            case START, HELP -> false;
        };
    }

    /** The command a text begins with: {@code /new}, in any case, with or without arguments. */
    public static Optional<Command> in(String text) {
        String stripped = text.strip();
        if (!stripped.startsWith("/")) {
            return Optional.empty();
        }
        String word = stripped.substring(1).split("\\s", 2)[0].toLowerCase(Locale.ROOT);
        for (Command command : values()) {
            if (command.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }
}
