package io.erniegateway.connectors.telegram;

import io.erniegateway.connectors.ConnectorContract;

/** The contract over long polling. */
class TelegramContractTest extends ConnectorContract {
    @Override
    protected Stage open() {
        return TelegramStage.polling();
    }
}
