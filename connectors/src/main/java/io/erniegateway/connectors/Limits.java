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

    /** How a platform counts. */
    public sealed interface Rule {
        /** At most this many calls in any stretch of time of this length. */
        record Window(int calls, Duration per) implements Rule {
            public Window {
                if (calls < 1 || per.isNegative() || per.isZero()) {
                    throw new IllegalArgumentException("a window that allows nothing");
                }
            }
        }

        /** A token bucket: this many calls at once, and one more after each refill. */
        record Bucket(int burst, Duration refill) implements Rule {
            public Bucket {
                if (burst < 1 || refill.isNegative() || refill.isZero()) {
                    throw new IllegalArgumentException("a bucket that allows nothing");
                }
            }
        }
    }

    /**
     * What calls have to find room in.
     *
     * @param name for meters, logs and what is remembered over a restart; unique in one {@code Limits}
     * @param scope what is counted apart
     * @param kinds the calls that are counted
     */
    public record Budget(String name, Scope scope, Set<Call> kinds, Rule rule) {
        public Budget {
            kinds = Set.copyOf(kinds);
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
        STOP_STREAM,
        /** A look whether a message is there ({@link Doubts}). */
        LOOK
    }
}
