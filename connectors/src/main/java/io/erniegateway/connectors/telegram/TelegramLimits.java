package io.erniegateway.connectors.telegram;

import static io.erniegateway.connectors.Limits.Call.DRAFT;
import static io.erniegateway.connectors.Limits.Call.EDIT;
import static io.erniegateway.connectors.Limits.Call.LOOK;
import static io.erniegateway.connectors.Limits.Call.POST;
import static io.erniegateway.connectors.Limits.Call.TYPING;

import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.Limits.Budget;
import io.erniegateway.connectors.Limits.Rule;
import io.erniegateway.connectors.Limits.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Telegram's limits, as data. Telegram publishes three of them in its bot FAQ and calls the rest unspecified; that edits
 * draw from the same budget as messages was said by the server's author (tdlib/td issues 2592 and 3034).
 */
public final class TelegramLimits {

    /** A message's text: "1-4096 characters after entities parsing" (sendMessage), taken as UTF-16 units to be safe. */
    static final int MESSAGE_UNITS = 4096;

    /**
     * The server refuses texts above 32,768 bytes before it parses anything; 8 bytes a unit make both limits one number
     * (a unit never takes more than 3 bytes, so the units decide; see {@link EntityRenderer}).
     */
    static final int BYTES_A_UNIT = 8;

    /** A person's client splits at 4096; four times that leaves room for what clients may do tomorrow. */
    private static final int INBOUND_UNITS = 4 * MESSAGE_UNITS;

    /** sendChatAction: "the status is set for 5 seconds or less". */
    private static final Duration TYPING_LASTS = Duration.ofSeconds(5);

    /** sendMessageDraft: "the draft is a 30-second ephemeral preview". */
    static final Duration DRAFT_LASTS = Duration.ofSeconds(30);

    /** A look is an edit. */
    private static final Set<Limits.Call> MESSAGES = Set.of(POST, EDIT, LOOK);

    /** FAQ: "avoid sending more than one message per second" in one chat, short bursts allowed; three is our guess. */
    private static final Budget PRIVATE_CHAT =
            new Budget("private chat", Scope.PRIVATE_ROOM, MESSAGES, new Rule.Bucket(3, Duration.ofSeconds(1)));

    /** FAQ: "not be able to send more than 20 messages per minute" to one group. */
    private static final Budget GROUP =
            new Budget("group", Scope.GROUP_ROOM, MESSAGES, new Rule.Window(20, Duration.ofMinutes(1)));

    /**
     * Nobody tells what a draft counts against, only that too many are refused (hermes-agent issues 53865, 54275). As many
     * as messages is our cautious choice; they do not take from the messages' own budget, as they are none.
     */
    private static final Budget DRAFTS =
            new Budget("drafts", Scope.PRIVATE_ROOM, Set.of(DRAFT), new Rule.Bucket(3, Duration.ofSeconds(1)));

    /**
     * FAQ: about 30 messages per second over all chats. Signs, and drafts, which are signs to the server, are counted to
     * be safe.
     */
    private static final Budget BOT = new Budget(
            "bot", Scope.BOT, Set.of(POST, EDIT, LOOK, TYPING, DRAFT), new Rule.Window(30, Duration.ofSeconds(1)));

    /** What a bot without special terms may do. */
    public static final Limits DEFAULT =
            new Limits(MESSAGE_UNITS, INBOUND_UNITS, List.of(PRIVATE_CHAT, GROUP, DRAFTS, BOT), TYPING_LASTS);

    private TelegramLimits() {}
}
