package io.erniegateway.gateway.delivery;

import io.erniegateway.gateway.budget.Budgets;
import io.erniegateway.gateway.budget.Budgets.Ticket;
import io.erniegateway.gateway.budget.LimitMemory;
import io.erniegateway.gateway.budget.Meter;
import io.erniegateway.gateway.events.GatewayEvent;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Books what became of each call, and writes down what is learned from it. Called under the loop's lock. */
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final String bot;
    private final BotDelivery.Setting setting;
    private final Budgets budgets;

    Ledger(String bot, BotDelivery.Setting setting, Budgets budgets) {
        this.bot = bot;
        this.setting = setting;
        this.budgets = budgets;
    }

    /** The platform took the call or may have taken it. */
    void settle(Ticket ticket) {
        long now = setting.ticker().nanos();
        keep(budgets.settle(ticket, now), now);
    }

    /** The platform wants no such call for so long. */
    void refused(Ticket ticket, Duration retryAfter) {
        long now = setting.ticker().nanos();
        keep(budgets.refused(ticket, now, retryAfter), now);
    }

    /** The call was not sent after all. */
    void giveBack(Ticket ticket) {
        budgets.giveBack(ticket);
    }

    /** What was learned is written down beside the loop: it waits for no disk. */
    private void keep(List<Meter> learned, long now) {
        for (Meter meter : learned) {
            LimitMemory.Lesson lesson =
                    Budgets.lesson(meter, now, setting.wall().instant());
            setting.events().accept(new GatewayEvent.LimitLearned(bot, lesson.budget(), lesson.share()));
            setting.calls().execute(() -> keep(lesson));
        }
    }

    private void keep(LimitMemory.Lesson lesson) {
        try {
            setting.memory().keep(bot, lesson);
        } catch (RuntimeException e) {
            LOG.error("what was learned of a limit of {} is not written down", bot, e);
        }
    }
}
