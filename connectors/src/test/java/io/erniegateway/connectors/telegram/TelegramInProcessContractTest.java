package io.erniegateway.connectors.telegram;

import io.erniegateway.connectors.ConnectorContract;

/** The contract without a network. */
class TelegramInProcessContractTest extends ConnectorContract {
    @Override
    protected Stage open() {
        return TelegramStage.inProcess(TelegramStage.WORLD);
    }
}
