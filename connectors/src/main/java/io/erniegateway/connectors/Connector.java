package io.erniegateway.connectors;

/**
 * One bot on one platform.
 *
 * <p>{@link #post} and {@link #edit} block for one network call at most, may be called from many virtual threads at
 * once, and answer every refusal of the platform as a value. They throw only for bugs.
 */
public interface Connector extends AutoCloseable {

    /** The name the operator gave to this bot; unique in one gateway and stable across restarts. */
    String bot();

    /** The platform's limits for this bot, as data. Constant for the life of the connector. */
    Limits limits();

    /**
     * The form of a piece of Markdown that this platform shows. Pure, thread-safe, and total: any text renders to
     * something the platform accepts, as long as its {@linkplain Rendered#size() size} is within {@link
     * Limits#maxSize()}.
     */
    Rendered render(String markdown);

    /**
     * Begins to receive. Every update goes to {@code inbox} before it is acknowledged to the platform; an update the
     * inbox could not take is not acknowledged, so that the platform sends it again.
     *
     * @throws ConnectorException if the bot cannot work at all (wrong token, no network name); the text says what to mend
     */
    void start(Inbox inbox);

    /** Posts a new message. Not idempotent: after {@link Refusal.Unreachable} the message may exist all the same. */
    PostOutcome post(ChatId chat, Rendered text);

    /** Replaces the whole content of a message of this bot. Idempotent. */
    EditOutcome edit(MessageRef message, Rendered text);

    /** What a person writes before a command's name; Slack's own client keeps what begins with {@code /} to itself. */
    default String commandPrefix() {
        return "/";
    }

    /** Stops receiving and frees threads and sockets. Running calls may still finish. */
    @Override
    void close();
}
