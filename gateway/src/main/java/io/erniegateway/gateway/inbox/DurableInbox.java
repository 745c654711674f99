package io.erniegateway.gateway.inbox;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbound.Address;
import io.erniegateway.connectors.Inbox;
import io.erniegateway.gateway.conversation.Arrival;
import io.erniegateway.gateway.conversation.Command;
import io.erniegateway.gateway.conversation.Conversations;
import io.erniegateway.gateway.events.GatewayEvent;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The inbox of all connectors. */
public final class DurableInbox implements Inbox {
    private final InboxStore store;
    private final Mailboxes mailboxes;
    private final Conversations conversations;
    private final Consumer<GatewayEvent> events;

    public DurableInbox(
            InboxStore store, Mailboxes mailboxes, Conversations conversations, Consumer<GatewayEvent> events) {
        this.store = store;
        this.mailboxes = mailboxes;
        this.conversations = conversations;
        this.events = events;
    }

    /** Puts what a former process left undone back into the mailboxes. Call it once, before any connector starts. */
    public int recover() {
        var waiting = store.waiting();
        waiting.forEach(left -> mailboxes.put(new Arrival(left.id(), left.inbound(), cut(left.id(), left.inbound()))));
        return waiting.size();
    }

    @Override
    public Receipt accept(Inbound inbound) {
        Receipt receipt = admit(inbound);
        events.accept(new GatewayEvent.Arrived(inbound.chat().bot(), receipt));
        return receipt;
    }

    private Receipt admit(Inbound inbound) {
        if (!isMeantForUs(inbound)) {
            return Receipt.IGNORED;
        }
        boolean cuts = cutsRunningAnswer(inbound);
        if (!mailboxes.hasRoom(inbound.chat(), cuts)) {
            return tooMany(inbound, cuts);
        }
        OptionalLong id = store.put(inbound);
        if (id.isEmpty()) {
            return Receipt.DUPLICATE;
        }
        mailboxes.put(new Arrival(id.getAsLong(), inbound, cut(id.getAsLong(), inbound)));
        return Receipt.STORED;
    }

    /** Whether it cuts an answer that is running, or whose question was taken a moment ago. */
    private boolean cut(long arrival, Inbound inbound) {
        ChatId chat = inbound.chat();
        return cutsRunningAnswer(inbound)
                && (conversations.cut(chat, inbound.from())
                        || (mailboxes.isAtWork(chat) && conversations.cutNext(chat, arrival)));
    }

    private Receipt tooMany(Inbound inbound, boolean cuts) {
        if (store.knows(inbound.chat().bot(), inbound.keys())) {
            return Receipt.DUPLICATE;
        }
        if (!cuts || !conversations.cut(inbound.chat(), inbound.from())) {
            conversations.sayTooMany(inbound);
        }
        return Receipt.FULL;
    }

    private boolean isMeantForUs(Inbound inbound) {
        return switch (inbound) {
            case Inbound.Written written -> isMeantForUs(written.address(), inbound);
            case Inbound.Unreadable unreadable -> isMeantForUs(unreadable.address(), inbound);
            case Inbound.Stopped stopped -> true;
        };
    }

    private boolean isMeantForUs(Address address, Inbound inbound) {
        return switch (address) {
            case DIRECT, CALLED -> true;
            case THREAD -> conversations.takesPart(inbound.chat());
            case OVERHEARD -> false;
        };
    }

    private static boolean cutsRunningAnswer(Inbound inbound) {
        return switch (inbound) {
            case Inbound.Stopped stopped -> true;
            case Inbound.Written written ->
                Command.in(written.text()).map(Command::cutsRunningAnswer).orElse(false);
            case Inbound.Unreadable unreadable -> false;
        };
    }
}
