package io.erniegateway.gateway.conversation;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbound.Address;
import io.erniegateway.connectors.Inbound.Keys;
import io.erniegateway.connectors.Inbox.Receipt;
import io.erniegateway.connectors.Person;
import io.erniegateway.gateway.delivery.BotDelivery;
import io.erniegateway.gateway.delivery.Native;
import io.erniegateway.gateway.delivery.Pace;
import io.erniegateway.gateway.delivery.Ticker;
import io.erniegateway.gateway.events.GatewayEvent;
import io.erniegateway.gateway.inbox.DurableInbox;
import io.erniegateway.gateway.inbox.Mailboxes;
import io.erniegateway.gateway.model.Model;
import io.erniegateway.gateway.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The real rooms from the inbox to the delivery, between a model and a {@link Screen}. */
final class Stage implements AutoCloseable {
    static final ChatId CHAT = ChatId.direct(Screen.BOT, "anna");

    /** Tests are about something else than the wait for a first text. */
    private static final Pace AT_ONCE = new Pace(Duration.ofMillis(1), 1);

    private static final Person ANNA = new Person("anna", "Anna", "en");

    final Screen screen = new Screen();
    final List<GatewayEvent> events = new CopyOnWriteArrayList<>();
    final BotDelivery delivery;
    final Database database;
    private final Model model;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final Mailboxes mailboxes;
    private final DurableInbox inbox;
    private final AtomicInteger updates = new AtomicInteger();

    /** What the thread of a chat does before it looks at what it was given. */
    volatile Runnable beforeAnswering = () -> {};

    Stage(Path folder, Model model) {
        this.model = model;
        database = Database.open(folder.resolve("gateway.db"), Clock.systemUTC());
        delivery = new BotDelivery(
                screen,
                new BotDelivery.Setting(
                        AT_ONCE,
                        Native.AUTO,
                        database.journal(),
                        database.limits(),
                        events::add,
                        Ticker.SYSTEM,
                        Clock.systemUTC(),
                        calls));
        delivery.start();
        Conversations conversations = new Conversations(
                Map.of(Screen.BOT, new Conversations.Bot(delivery, model, "/")),
                database.conversations(),
                new Conversations.Manners("", 20, 10_000, 1_000, Duration.ofSeconds(5)),
                events::add);
        Mailboxes.Handler handler = arrival -> {
            beforeAnswering.run();
            conversations.handle(arrival);
        };
        mailboxes = new Mailboxes(8, handler, database.inbox());
        inbox = new DurableInbox(database.inbox(), mailboxes, conversations, events::add);
    }

    /** A person writes; returns as soon as it is stored, and what is to be cut is cut. */
    Receipt write(ChatId chat, String text) {
        return inbox.accept(new Inbound.Written(keys(), chat, ANNA, text, Address.DIRECT, Instant.EPOCH));
    }

    /** A person presses Stop. */
    Receipt pressStop(ChatId chat) {
        return inbox.accept(new Inbound.Stopped(keys(), chat, ANNA));
    }

    private Keys keys() {
        return Keys.of(String.valueOf(updates.incrementAndGet()));
    }

    List<String> texts() {
        return screen.texts(CHAT);
    }

    /** How the turns ended so far. */
    List<String> endings() {
        return events.stream()
                .filter(GatewayEvent.TurnEnded.class::isInstance)
                .map(event -> ((GatewayEvent.TurnEnded) event).ending())
                .toList();
    }

    /** Waits where nothing may be thrown. */
    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        mailboxes.close();
        delivery.close();
        calls.close();
        model.close();
        database.close();
    }
}
