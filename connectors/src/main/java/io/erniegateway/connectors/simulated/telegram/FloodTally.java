package io.erniegateway.connectors.simulated.telegram;

/**
 * What flood control has let through and refused since the start, by kind of call. Refusals that a test arranged
 * without flood control ({@link Faults.Fault.TooManyRequests}) are not in it.
 *
 * @param posts sendMessage
 * @param edits editMessageText
 * @param drafts sendMessageDraft
 * @param signs sendChatAction
 */
public record FloodTally(Count posts, Count edits, Count drafts, Count signs) {

    /**
     * The calls of one kind.
     *
     * @param admitted calls let through, those that had to wait included
     * @param late calls let through after a wait that the bot sees only as a slow answer
     * @param refused calls answered 429
     */
    public record Count(long admitted, long late, long refused) {}

    /** All calls let through. */
    public long admitted() {
        return posts.admitted() + edits.admitted() + drafts.admitted() + signs.admitted();
    }

    /** All calls that had to wait. */
    public long late() {
        return posts.late() + edits.late() + drafts.late() + signs.late();
    }

    /** All calls answered 429. */
    public long refused() {
        return posts.refused() + edits.refused() + drafts.refused() + signs.refused();
    }
}
