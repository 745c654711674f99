package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.Typing;
import io.erniegateway.gateway.budget.Budgets;
import io.erniegateway.gateway.budget.Budgets.Ticket;
import io.erniegateway.gateway.delivery.Planner.Wish;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what the planner decided: one call at a time for an answer, and what follows from its outcome. */
final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    /** What every call needs. */
    record Equipment(
            BotDelivery delivery,
            Connector connector,
            BotDelivery.Setting setting,
            Calls calls,
            Ledger ledger,
            Refusals refusals,
            Rendered withdrawn) {}

    private final BotDelivery delivery;
    private final Connector connector;
    private final BotDelivery.Setting setting;
    private final Budgets budgets;
    private final Ticker ticker;
    private final Calls calls;
    private final Ledger ledger;
    private final Refusals refusals;
    private final Equipment equipment;

    Courier(BotDelivery delivery, Connector connector, BotDelivery.Setting setting, Budgets budgets) {
        this.delivery = delivery;
        this.connector = connector;
        this.setting = setting;
        this.budgets = budgets;
        this.ticker = setting.ticker();
        this.calls = new Calls(connector.bot(), setting.events(), ticker);
        this.ledger = new Ledger(connector.bot(), setting, budgets);
        this.refusals = new Refusals(delivery, connector.bot(), ledger, setting);
        this.equipment = new Equipment(
                delivery, connector, setting, calls, ledger, refusals, connector.render(Answer.WITHDRAWN));
    }

    /** Pays for the call and sends it on its way. Called under the loop's lock. */
    void send(Wish wish, long now) {
        Ticket ticket = budgets.take(wish.call(), wish.chat(), now);
        Answer answer = wish.answer();
        switch (wish.rank()) {
            case SIGN -> {
                answer.signed(connector.limits().typingLasts(), now);
                setting.calls().execute(() -> guarded(answer, ticket, () -> sign(answer, ticket)));
            }
            case FIRST, BURST, MORE -> {
                ticket.drawnFrom().forEach(meter -> meter.paced(now));
                fly(answer, ticket);
            }
            case LAST -> fly(answer, ticket);
        }
        delivery.plan(answer, now);
    }

    private void fly(Answer answer, Ticket ticket) {
        answer.takeOff();
        setting.calls().execute(() -> guarded(answer, ticket, () -> show(answer, ticket)));
    }

    private void guarded(Answer answer, Ticket ticket, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("a {} of {} failed by a bug of ours", ticket.call(), connector.bot(), e);
            delivery.locked(() -> {
                ledger.settle(ticket);
                if (!answer.patience.backOff(ticker.nanos())) {
                    refusals.lose(answer, "a bug of ours: " + e);
                }
            });
        } finally {
            delivery.locked(() -> {
                if (ticket.call() != Call.TYPING) {
                    answer.land();
                }
                delivery.plan(answer, ticker.nanos());
                delivery.wake();
            });
        }
    }

    private void sign(Answer answer, Ticket ticket) {
        Optional<Refusal> refusal = connector instanceof Typing typing
                ? calls.sign(Call.TYPING, () -> typing.typing(answer.chat))
                : Optional.empty();
        delivery.locked(() -> {
            if (refusal.isPresent() && refusal.get() instanceof Refusal.SlowDown slow) {
                ledger.refused(ticket, slow.retryAfter());
            } else {
                ledger.settle(ticket);
            }
        });
    }

    /** Nobody should wait for an answer that does not come. */
    void takeSignAway(Answer answer, long now) {
        if (connector instanceof Typing typing) {
            Ticket ticket = budgets.take(Call.TYPING, answer.chat, now);
            setting.calls().execute(() -> {
                Optional<Refusal> unused = calls.sign(Call.TYPING, () -> typing.typingEnds(answer.chat));
                delivery.locked(() -> ledger.settle(ticket));
            });
        }
    }

    // ---------------------------------------------------------------------------------------------------------

    private void show(Answer answer, Ticket ticket) {
        long now = ticker.nanos();
        if (delivery.locked(() -> answer.screen.isStreaming() && delivery.streamDue(answer.screen.openedAt()) <= now)) {
            answer.rollOver();
        }
        new Showing(this, equipment, answer, ticket, answer.snapshot()).run();
    }
}
