package io.erniegateway.gateway.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbound.Keys;
import io.erniegateway.connectors.Person;
import io.erniegateway.gateway.conversation.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailboxesTest {
    private static final ChatId ANN = ChatId.direct("bot", "ann");
    private static final ChatId BOB = ChatId.direct("bot", "bob");

    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final Map<Long, Boolean> done = new ConcurrentHashMap<>();
    private final Semaphore annMayGoOn = new Semaphore(0);
    private final InboxStore store = new InboxStore() {
        @Override
        public OptionalLong put(Inbound inbound) {
            throw new UnsupportedOperationException("mailboxes put nothing");
        }

        @Override
        public boolean knows(String bot, Keys keys) {
            throw new UnsupportedOperationException("mailboxes know no keys");
        }

        @Override
        public void done(long id) {
            done.put(id, true);
        }

        @Override
        public List<Waiting> waiting() {
            return List.of();
        }
    };
    private final Mailboxes mailboxes = new Mailboxes(2, this::handle, store);

    private void handle(Arrival arrival) throws InterruptedException {
        String text = ((Inbound.Written) arrival.inbound()).text();
        if (arrival.inbound().chat().equals(ANN)) {
            annMayGoOn.acquire();
        }
        handled.add(text);
        if (text.equals("poison")) {
            throw new IllegalStateException("a bug");
        }
    }

    private void put(long id, ChatId chat, String text) {
        Person person = new Person("p", "", "");
        mailboxes.put(new Arrival(
                id,
                new Inbound.Written(Keys.of("k" + id), chat, person, text, Inbound.Address.DIRECT, Instant.EPOCH),
                false));
    }

    @AfterEach
    void close() {
        mailboxes.close();
    }

    @Test
    void one_chat_is_answered_in_order_and_holds_up_no_other() {
        put(1, ANN, "a1");
        put(2, ANN, "a2");
        put(3, BOB, "b1");
        await().until(() -> handled.contains("b1"));
        annMayGoOn.release(2);
        await().until(() -> done.size() == 3);
        assertThat(handled).containsExactly("b1", "a1", "a2");
    }

    @Test
    void so_many_may_wait_and_no_more() {
        put(1, ANN, "a1");
        assertThat(mailboxes.hasRoom(ANN, false)).isTrue();
        put(2, ANN, "a2");
        put(3, ANN, "a3");
        await().until(() -> !mailboxes.hasRoom(ANN, false));
        assertThat(mailboxes.hasRoom(ANN, true))
                .as("what cuts the answer still gets in")
                .isTrue();
        assertThat(mailboxes.hasRoom(BOB, false)).isTrue();
        annMayGoOn.release(1);
        await().until(() -> mailboxes.hasRoom(ANN, false));
    }

    @Test
    void what_fails_by_a_bug_does_not_block_what_comes_after_it() {
        put(1, BOB, "poison");
        put(2, BOB, "next");
        await().until(() -> done.size() == 2);
        assertThat(handled).containsExactly("poison", "next");
    }

    @Test
    void what_is_cut_by_the_end_is_not_done() {
        put(1, ANN, "a1");
        put(2, ANN, "a2");
        mailboxes.close(Duration.ofMillis(20));
        assertThat(done).isEmpty();
        assertThat(handled).isEmpty();
        assertThatThrownBy(() -> mailboxes.hasRoom(BOB, false)).hasMessage("the gateway is stopping");
    }

    @Test
    void the_end_waits_for_a_running_answer_within_its_grace() {
        put(1, ANN, "a1");
        Thread.ofVirtual().start(() -> annMayGoOn.release());
        mailboxes.close(Duration.ofSeconds(10));
        assertThat(done).containsOnlyKeys(1L);
    }
}
