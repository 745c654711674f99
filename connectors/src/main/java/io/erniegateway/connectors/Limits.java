package io.erniegateway.connectors;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a platform allows a bot, as data. The gateway's planner knows nothing else of a platform.
 *
 * @param maxSize the largest {@link Rendered#size()} of one message, in the platform's unit
 * @param maxInbound the longest text taken from a person, in UTF-16 units
 * @param budgets every budget a call has to find room in
 * @param typingLasts how long one typing sign stays visible; it is repeated before that
 */
public record Limits(int maxSize, int maxInbound, List<Budget> budgets, Duration typingLasts) {

    public Limits {
        budgets = List.copyOf(budgets);
    }

    /**
     * A token bucket: {@code burst} calls at once, refilled at {@code calls} per {@code per}.
     *
     * @param name for meters and logs, unique in one {@code Limits}
     * @param scope what has a bucket of its own
     * @param kinds the calls that take a token from it
     */
    public record Budget(String name, Scope scope, Set<Call> kinds, int calls, Duration per, int burst) {
        public Budget {
            kinds = Set.copyOf(kinds);
            if (calls < 1 || burst < 1 || per.isNegative() || per.isZero()) {
                throw new IllegalArgumentException("budget " + name + " allows nothing");
            }
        }

        /** The time in which one token comes back. */
        public Duration refill() {
            return per.dividedBy(calls);
        }

        /** Whether a call of this kind in this chat takes a token from this budget. */
        public boolean covers(Call kind, ChatId chat) {
            return kinds.contains(kind)
                    && switch (scope) {
                        case BOT, ROOM -> true;
                        case PRIVATE_ROOM -> !chat.group();
                        case GROUP_ROOM -> chat.group();
                    };
        }

        /** Which bucket of this budget a chat draws from. */
        public String bucket(ChatId chat) {
            return scope == Scope.BOT ? "" : chat.room();
        }
    }

    /** What one bucket is for. */
    public enum Scope {
        /** The whole bot (Telegram: the token; Slack: the app in one workspace). */
        BOT,
        /** Each {@link ChatId#room()}. */
        ROOM,
        /** Each room that is a private chat. */
        PRIVATE_ROOM,
        /** Each room that is a group. */
        GROUP_ROOM
    }

    /** The kinds of call a platform counts. */
    public enum Call {
        /** A new message. */
        POST,
        /** A message's content replaced. */
        EDIT,
        /** A sign that the bot is busy, shown or taken away ({@link Typing}). */
        TYPING,
        /** A preview of a message that is not posted yet ({@link Drafts}). */
        DRAFT,
        /** A new message that takes its text piece by piece ({@link Streams}). */
        START_STREAM,
        /** One more piece of it. */
        APPEND,
        /** Its end. */
        STOP_STREAM
    }
}
