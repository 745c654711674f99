package io.erniegateway.connectors.telegram;

import io.erniegateway.connectors.simulated.telegram.TelegramWorld;

/** Drafts without a network. */
class TelegramInProcessDraftsTest extends DraftsExpectations {
    @Override
    TelegramStage open(TelegramWorld world) {
        return TelegramStage.inProcess(world);
    }
}
