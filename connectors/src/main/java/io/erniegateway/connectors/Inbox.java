package io.erniegateway.connectors;

/** Where connectors put what arrives. Implemented by the gateway. */
@FunctionalInterface
public interface Inbox {

    /**
     * Stores an update durably. After it returns, the update may be acknowledged to the platform; if it throws, it may
     * not. Thread-safe; updates of one chat must be handed over in their order.
     */
    Receipt accept(Inbound inbound);

    enum Receipt {
        /** Stored, and will be worked on. */
        STORED,
        /** Known already; acknowledge it and forget it. */
        DUPLICATE,
        /** Not meant for the bot; acknowledge it and forget it. */
        IGNORED,
        /** Too much is waiting in this chat: acknowledged, and answered with a kind sentence where possible. */
        FULL
    }
}
