package io.erniegateway.connectors.slack;

import io.erniegateway.connectors.ConnectorContract;

/** The contract over Socket Mode. */
class SlackSocketContractTest extends ConnectorContract {
    @Override
    protected Stage open() {
        return SlackStage.socket();
    }
}
