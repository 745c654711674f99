package io.erniegateway.connectors.slack;

import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.Limits.Budget;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.Limits.Rule;
import io.erniegateway.connectors.Limits.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What Slack allows one app in one workspace. Slack counts per method, per workspace and per app over a minute and
 * publishes no figure for the bursts that the "+" of its tiers promises, so no budget here counts on them.
 */
final class SlackLimits {

    /**
     * UTF-8 bytes of the {@code text} of one message. The documentation says 4,000 characters for {@code chat.update};
     * live probes found 4,000 bytes (openclaw issues 115027 and 128613), a third of that in Chinese. A post of more than
     * 4,040 characters is split by the server into several messages, only the first of which could be edited.
     */
    static final int MAX_SIZE = 4_000;

    /** Slack cuts every message at 40,000 characters (chat.postMessage), so nothing longer arrives. */
    static final int MAX_INBOUND = 40_000;

    /** {@code assistant.threads.setStatus}: the status disappears after two minutes or with the next message. */
    static final Duration TYPING_LASTS = Duration.ofMinutes(2);

    /**
     * UTF-8 bytes of a streamed message. The cap is not documented; one measurement found it between 10,600 and 11,300
     * (openclaw issue 143882), and who measured it keeps to this figure.
     */
    static final int MAX_STREAM_SIZE = 9_000;

    /** Slack closes a stream about five minutes after its start (python-slack-sdk issues 1859 and 1880). */
    static final Duration STREAM_LASTS = Duration.ofMinutes(4);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Whether the first message of a stream counts as a post is not documented, so it does here. */
    private static final Set<Call> POSTS = Set.of(Call.POST, Call.START_STREAM);

    static final Limits LIMITS = new Limits(
            MAX_SIZE,
            MAX_INBOUND,
            List.of(
                    // "1 per second per channel, short bursts" (chat.postMessage): two is the smallest burst there is.
                    new Budget("slack-posts-room", Scope.ROOM, POSTS, new Rule.Bucket(2, Duration.ofSeconds(1))),
                    // "several hundred per minute per workspace": the least that can be meant.
                    new Budget("slack-posts-workspace", Scope.BOT, POSTS, new Rule.Window(200, MINUTE)),
                    // Tier 3, 50 per minute over all conversations together (chat.update).
                    new Budget("slack-edits-workspace", Scope.BOT, Set.of(Call.EDIT), new Rule.Window(50, MINUTE)),
                    // Tier 2, 20 per minute each (chat.startStream, chat.stopStream).
                    new Budget(
                            "slack-starts-workspace",
                            Scope.BOT,
                            Set.of(Call.START_STREAM),
                            new Rule.Window(20, MINUTE)),
                    new Budget(
                            "slack-stops-workspace", Scope.BOT, Set.of(Call.STOP_STREAM), new Rule.Window(20, MINUTE)),
                    // Tier 4, 100 per minute (chat.appendStream).
                    new Budget("slack-appends-workspace", Scope.BOT, Set.of(Call.APPEND), new Rule.Window(100, MINUTE)),
                    // Tier 3, 50 per minute (conversations.replies and .history); apps distributed outside the
                    // Marketplace
                    // have one a minute, and are told so.
                    new Budget("slack-looks-workspace", Scope.BOT, Set.of(Call.LOOK), new Rule.Window(50, MINUTE)),
                    // 60 per minute per channel (the SDK's table for assistant.threads.setStatus).
                    new Budget("slack-status-room", Scope.ROOM, Set.of(Call.TYPING), new Rule.Window(60, MINUTE))),
            TYPING_LASTS);

    private SlackLimits() {}
}
