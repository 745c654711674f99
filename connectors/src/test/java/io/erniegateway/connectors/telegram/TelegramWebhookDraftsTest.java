package io.erniegateway.connectors.telegram;

import io.erniegateway.connectors.simulated.telegram.TelegramWorld;

/** Drafts where Telegram calls the bot. */
class TelegramWebhookDraftsTest extends DraftsExpectations {
    @Override
    TelegramStage open(TelegramWorld world) {
        return TelegramStage.webhook(world);
    }
}
