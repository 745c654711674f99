package io.erniegateway.config;

/**
 * By which of its platform's means a bot shows an answer that is still growing. Whatever it says, a means that the
 * platform refuses gives way to edits.
 */
public enum Mode {
    /**
     * What is best for the reader. Telegram: as {@link #EDIT}, because a draft locks the composer of Telegram's Android
     * app while it is shown, so that nobody could write /stop. Slack: the budgets of updates and of streams are spent
     * together.
     */
    AUTO,
    /** One message is posted and edited. */
    EDIT,
    /** Telegram: drafts in private chats. Slack: streams wherever one may be started. Elsewhere as {@link #EDIT}. */
    NATIVE
}
