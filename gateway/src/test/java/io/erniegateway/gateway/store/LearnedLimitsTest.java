package io.erniegateway.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbound.Keys;
import io.erniegateway.connectors.Person;
import io.erniegateway.gateway.budget.LimitMemory.Lesson;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedLimitsTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Lesson ROOM = new Lesson("group", "-100", 0.4375, 1200, NOON.plusMillis(31_500));
    private static final Lesson BOT = new Lesson("bot", "", 0.8, 600, NOON);

    @TempDir
    private Path folder;

    private Database open() {
        return Database.open(folder.resolve("gateway.db"), Clock.fixed(NOON, ZoneOffset.UTC));
    }

    @Test
    void what_was_learned_comes_back_as_it_was_after_a_restart_and_only_for_its_bot() {
        try (Database database = open()) {
            database.limits().keep("one", ROOM);
            database.limits().keep("one", BOT);
            database.limits().keep("two", new Lesson("bot", "", 0.1, 600, NOON));
        }
        try (Database database = open()) {
            assertThat(database.limits().lessons("one")).containsExactly(BOT, ROOM);
            assertThat(database.limits().lessons("two")).hasSize(1);
            assertThat(database.limits().lessons("three")).isEmpty();
        }
    }

    @Test
    void a_new_lesson_takes_the_place_of_the_old_one() {
        try (Database database = open()) {
            database.limits().keep("one", ROOM);
            Lesson later = new Lesson("group", "-100", 0.5, 600, NOON.plusSeconds(1));
            database.limits().keep("one", later);
            assertThat(database.limits().lessons("one")).containsExactly(later);
        }
    }

    @Test
    void a_limit_that_is_as_published_again_takes_no_room() {
        try (Database database = open()) {
            database.limits().keep("one", ROOM);
            database.limits().keep("one", BOT);
            database.limits().keep("one", new Lesson("group", "-100", 1, 600, NOON));
            assertThat(database.limits().lessons("one")).containsExactly(BOT);
        }
    }

    @Test
    void a_penalty_of_a_chat_whose_limit_is_as_published_outlives_a_restart() {
        Lesson penalty = new Lesson("group", "-100", 1, 600, NOON.plusSeconds(60));
        try (Database database = open()) {
            database.limits().keep("one", penalty);
        }
        try (Database database = open()) {
            assertThat(database.limits().lessons("one")).containsExactly(penalty);
        }
    }

    @Test
    void a_file_of_the_first_version_keeps_its_content_and_learns_limits() {
        String url = "jdbc:sqlite:" + folder.resolve("gateway.db");
        Flyway.configure().dataSource(url, "", "").target("1").load().migrate();
        Jdbi old = Jdbi.create(url);
        int tables =
                old.withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM sqlite_master WHERE name = :name")
                        .bind("name", "learned_limit")
                        .mapTo(Integer.class)
                        .one());
        assertThat(tables).isZero();
        try (Database database = open()) {
            assertThat(database.limits().lessons("one")).isEmpty();
            database.inbox()
                    .put(new Inbound.Written(
                            Keys.of("1"),
                            ChatId.direct("one", "c"),
                            new Person("u1", "Ann", "en"),
                            "hello",
                            Inbound.Address.DIRECT,
                            NOON));
            database.limits().keep("one", ROOM);
        }
        try (Database database = open()) {
            assertThat(database.limits().lessons("one")).containsExactly(ROOM);
            assertThat(database.inbox().waiting()).hasSize(1);
        }
    }
}
