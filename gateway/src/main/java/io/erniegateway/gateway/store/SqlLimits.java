package io.erniegateway.gateway.store;

import io.erniegateway.gateway.budget.LimitMemory;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Learned limits in the database. What is as published again, and open, takes no room. */
final class SqlLimits implements LimitMemory {
    private final Jdbi jdbi;
    private final Clock clock;

    SqlLimits(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @Override
    public List<Lesson> lessons(String bot) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT budget, room, share, probe_after_seconds, closed_until FROM learned_limit
                        WHERE bot = :bot ORDER BY budget, room""")
                .bind("bot", bot)
                .map((row, context) -> new Lesson(
                        row.getString("budget"),
                        row.getString("room"),
                        row.getDouble("share"),
                        row.getLong("probe_after_seconds"),
                        Instant.ofEpochMilli(row.getLong("closed_until"))))
                .list());
    }

    @Override
    public void keep(String bot, Lesson lesson) {
        if (lesson.share() >= 1 && !lesson.closedUntil().isAfter(clock.instant())) {
            jdbi.useHandle(handle -> handle.createUpdate(
                            "DELETE FROM learned_limit WHERE bot = :bot AND budget = :budget AND room = :room")
                    .bind("bot", bot)
                    .bind("budget", lesson.budget())
                    .bind("room", lesson.room())
                    .execute());
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO learned_limit (bot, budget, room, share, probe_after_seconds, closed_until)
                        VALUES (:bot, :budget, :room, :share, :probe, :closed)
                        ON CONFLICT (bot, budget, room) DO UPDATE SET share = excluded.share,
                        probe_after_seconds = excluded.probe_after_seconds, closed_until = excluded.closed_until""")
                .bind("bot", bot)
                .bind("budget", lesson.budget())
                .bind("room", lesson.room())
                .bind("share", lesson.share())
                .bind("probe", lesson.probeAfterSeconds())
                .bind("closed", lesson.closedUntil().toEpochMilli())
                .execute());
    }
}
