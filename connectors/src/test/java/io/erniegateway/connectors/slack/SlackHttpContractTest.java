package io.erniegateway.connectors.slack;

import io.erniegateway.connectors.ConnectorContract;

/** The contract over signed HTTP requests. */
class SlackHttpContractTest extends ConnectorContract {
    @Override
    protected Stage open() {
        return SlackStage.http();
    }
}
