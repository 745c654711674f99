package io.erniegateway.connectors.telegram;

import java.util.Comparator;
import java.util.List;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;

/**
 * A text with the bot's own name taken out.
 *
 * @param text never blank if the original was not: a bare {@code @bot} stays, so that there is something to answer
 * @param called whether the bot was named, by a mention or by a command
 * @param forOther whether it is a command for another bot ({@code /start@OtherBot})
 */
record AddressedText(String text, boolean called, boolean forOther) {

    /** Offsets are UTF-16 units (Bot API, MessageEntity), as Java's are. */
    static AddressedText of(String text, List<MessageEntity> entities, BotIdentity self) {
        StringBuilder rest = new StringBuilder(text);
        boolean called = false;
        boolean forOther = false;
        // From the back, so that a deletion does not move what is still to be looked at.
        List<MessageEntity> fromTheBack = entities.stream()
                .sorted(Comparator.comparing(MessageEntity::getOffset).reversed())
                .toList();
        for (MessageEntity entity : fromTheBack) {
            int start = entity.getOffset();
            int end = start + entity.getLength();
            String named = text.substring(start, end);
            switch (entity.getType()) {
                case "mention", "text_mention" -> {
                    if (isSelf(entity, named, self)) {
                        called = true;
                        cut(rest, start, end);
                    }
                }
                case "bot_command" -> {
                    int at = named.indexOf('@');
                    if (at < 0) {
                        called |= start == 0;
                    } else if (named.substring(at + 1).equalsIgnoreCase(self.username())) {
                        called = true;
                        rest.delete(start + at, end);
                    } else {
                        forOther |= start == 0;
                    }
                }
                default -> {
                    // Formatting: the gateway takes plain text.
                }
            }
        }
        String left = rest.toString().strip();
        return new AddressedText(left.isEmpty() ? text.strip() : left, called, forOther);
    }

    private static boolean isSelf(MessageEntity entity, String named, BotIdentity self) {
        return entity.getUser() != null
                ? entity.getUser().getId() == self.id()
                : named.equalsIgnoreCase("@" + self.username());
    }

    /** Removes a mention and one of the two spaces around it. */
    private static void cut(StringBuilder text, int start, int end) {
        boolean spaceBefore = start == 0 || text.charAt(start - 1) == ' ';
        boolean spaceAfter = end < text.length() && text.charAt(end) == ' ';
        text.delete(start, spaceBefore && spaceAfter ? end + 1 : end);
    }
}
