package io.erniegateway.gateway.budget;

import java.time.Instant;
import java.util.List;

/** Where what was learned of a platform's limits outlives a restart. */
public interface LimitMemory {

    /**
     * What is believed of one limit.
     *
     * @param budget the budget's name
     * @param room the chat it is about, empty for the whole bot
     * @param share how much of the published limit is there, above 0, at most 1
     * @param probeAfterSeconds how long without a refusal until more is tried
     * @param closedUntil nothing is sent before that
     */
    record Lesson(String budget, String room, double share, long probeAfterSeconds, Instant closedUntil) {}

    List<Lesson> lessons(String bot);

    /** Writes it down in the place of an earlier one for the same limit. */
    void keep(String bot, Lesson lesson);

    /** Remembers nothing. */
    LimitMemory NONE = new LimitMemory() {
        @Override
        public List<Lesson> lessons(String bot) {
            return List.of();
        }

        @Override
        public void keep(String bot, Lesson lesson) {
            // Nothing is to outlive this process.
        }
    };
}
