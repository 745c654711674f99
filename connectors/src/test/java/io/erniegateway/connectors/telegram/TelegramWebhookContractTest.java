package io.erniegateway.connectors.telegram;

import io.erniegateway.connectors.ConnectorContract;

/** The contract over a webhook. */
class TelegramWebhookContractTest extends ConnectorContract {
    @Override
    protected Stage open() {
        return TelegramStage.webhook();
    }
}
