package io.erniegateway.gateway.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbound.Address;
import io.erniegateway.connectors.Inbound.Keys;
import io.erniegateway.connectors.Inbox;
import io.erniegateway.connectors.Inbox.Receipt;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.Person;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.gateway.conversation.Conversations;
import io.erniegateway.gateway.delivery.BotDelivery;
import io.erniegateway.gateway.delivery.Native;
import io.erniegateway.gateway.delivery.Pace;
import io.erniegateway.gateway.delivery.Ticker;
import io.erniegateway.gateway.model.EchoModel;
import io.erniegateway.gateway.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrival with real conversations and a real database; the bot repeats the question, one character an hour or at once. */
class DurableInboxTest {
    private static final ChatId SLOW = ChatId.direct("slow", "c");
    private static final ChatId QUICK_THREAD = new ChatId("quick", "group", "t1", true);

    /** A platform that keeps what it is given. */
    private static final class Screen implements Connector {
        private final String bot;
        private final Map<String, String> messages = new ConcurrentSkipListMap<>();
        private final AtomicInteger ids = new AtomicInteger(100);

        Screen(String bot) {
            this.bot = bot;
        }

        @Override
        public String bot() {
            return bot;
        }

        @Override
        public Limits limits() {
            return new Limits(1000, 1000, List.of(), Duration.ofSeconds(5));
        }

        @Override
        public Rendered render(String markdown) {
            return new Rendered(markdown, "", markdown.length());
        }

        @Override
        public void start(Inbox inbox) {
            throw new UnsupportedOperationException("nobody writes here");
        }

        @Override
        public PostOutcome post(ChatId chat, Rendered text) {
            String id = String.valueOf(ids.incrementAndGet());
            messages.put(id, text.text());
            return new PostOutcome.Posted(new MessageRef(chat, id));
        }

        @Override
        public EditOutcome edit(MessageRef message, Rendered text) {
            messages.put(message.id(), text.text());
            return new EditOutcome.Applied();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    @TempDir
    private Path folder;

    private final Screen slowScreen = new Screen("slow");
    private final Screen quickScreen = new Screen("quick");
    private Database database;
    private Mailboxes mailboxes;
    private List<BotDelivery> deliveries;
    private DurableInbox inbox;
    private int next;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("g.db"), Clock.systemUTC());
        var slow = delivery(slowScreen);
        var quick = delivery(quickScreen);
        deliveries = List.of(slow, quick);
        Conversations conversations = new Conversations(
                Map.of(
                        "slow", new Conversations.Bot(slow, EchoModel.streaming("slow", Duration.ofHours(1)), "/"),
                        "quick", new Conversations.Bot(quick, EchoModel.whole("quick"), "!")),
                database.conversations(),
                new Conversations.Manners("", 20, 1000, 50, Duration.ofSeconds(5)),
                event -> {});
        mailboxes = new Mailboxes(2, conversations::handle, database.inbox());
        inbox = new DurableInbox(database.inbox(), mailboxes, conversations, event -> {});
    }

    private BotDelivery delivery(Screen screen) {
        BotDelivery delivery = new BotDelivery(
                screen,
                new BotDelivery.Setting(
                        Pace.DEFAULT,
                        Native.AUTO,
                        database.journal(),
                        database.limits(),
                        event -> {},
                        Ticker.SYSTEM,
                        Clock.systemUTC(),
                        Executors.newVirtualThreadPerTaskExecutor()));
        delivery.start();
        return delivery;
    }

    @AfterEach
    void close() {
        mailboxes.close();
        deliveries.forEach(BotDelivery::close);
        database.close();
    }

    private static Inbound written(String key, ChatId chat, Address address, String text) {
        return new Inbound.Written(Keys.of(key), chat, new Person("p", "", "en"), text, address, Instant.EPOCH);
    }

    private Receipt write(ChatId chat, Address address, String text) {
        return inbox.accept(written("k" + next++, chat, address, text));
    }

    @Test
    void what_is_overheard_is_ignored_and_a_thread_counts_once_the_bot_takes_part() {
        assertThat(write(QUICK_THREAD, Address.OVERHEARD, "hello")).isEqualTo(Receipt.IGNORED);
        assertThat(write(QUICK_THREAD, Address.THREAD, "hello")).isEqualTo(Receipt.IGNORED);
        assertThat(write(QUICK_THREAD, Address.CALLED, "one")).isEqualTo(Receipt.STORED);
        await().until(() -> quickScreen.messages.containsValue("你输入: one"));
        assertThat(write(QUICK_THREAD, Address.THREAD, "two")).isEqualTo(Receipt.STORED);
        await().until(() -> quickScreen.messages.containsValue("你输入: two"));
    }

    @Test
    void the_same_update_is_answered_once() {
        assertThat(inbox.accept(written("same", QUICK_THREAD, Address.CALLED, "a")))
                .isEqualTo(Receipt.STORED);
        assertThat(inbox.accept(written("same", QUICK_THREAD, Address.CALLED, "a")))
                .isEqualTo(Receipt.DUPLICATE);
        await().until(() -> quickScreen.messages.size() == 1);
    }

    @Test
    void when_too_much_waits_the_person_is_told_once_and_what_was_taken_stays_taken() {
        write(SLOW, Address.DIRECT, "first");
        await().until(() -> mailboxes.hasRoom(SLOW, false));
        assertThat(inbox.accept(written("second", SLOW, Address.DIRECT, "b"))).isEqualTo(Receipt.STORED);
        assertThat(write(SLOW, Address.DIRECT, "c")).isEqualTo(Receipt.STORED);
        assertThat(write(SLOW, Address.DIRECT, "d")).isEqualTo(Receipt.FULL);
        assertThat(inbox.accept(written("second", SLOW, Address.DIRECT, "b"))).isEqualTo(Receipt.DUPLICATE);
        await().until(() -> slowScreen.messages.values().stream().anyMatch(text -> text.contains("please wait")));
    }

    @Test
    void a_stop_is_heard_while_the_model_is_silent_and_even_when_much_is_waiting() {
        write(SLOW, Address.DIRECT, "first");
        write(SLOW, Address.DIRECT, "second");
        write(SLOW, Address.DIRECT, "third");
        await().until(() -> write(SLOW, Address.DIRECT, "/stop") == Receipt.STORED
                && slowScreen.messages.containsValue("⏹ Stopped."));
    }

    @Test
    void a_question_that_is_too_long_is_declined_with_a_sentence() {
        write(QUICK_THREAD, Address.CALLED, "x".repeat(51));
        await().until(() -> quickScreen.messages.values().stream().anyMatch(text -> text.contains("too long for me")));
    }

    @Test
    void a_command_in_the_room_reaches_the_persons_threads_every_time() {
        ChatId room = new ChatId("quick", "group", "", true);
        for (int i = 0; i < 2; i++) {
            write(QUICK_THREAD, Address.CALLED, "question " + i);
            String asked = "你输入: question " + i;
            await().until(() -> quickScreen.messages.containsValue(asked));
            int before = quickScreen.messages.size();
            write(room, Address.CALLED, "/retry");
            await().until(() -> quickScreen.messages.size() == before + 1);
            assertThat(quickScreen.messages.values().stream().filter(asked::equals))
                    .hasSize(2);
            write(room, Address.CALLED, "/new");
            await().until(() -> quickScreen.messages.size() == before + 2);
            assertThat(database.conversations().past(QUICK_THREAD, 10)).isEmpty();
        }
    }

    @Test
    void what_was_stored_and_not_answered_is_answered_after_a_restart() {
        write(SLOW, Address.DIRECT, "never finished");
        close();
        open();
        assertThat(inbox.recover()).isEqualTo(1);
        assertThat(database.inbox().waiting()).hasSize(1);
    }
}
