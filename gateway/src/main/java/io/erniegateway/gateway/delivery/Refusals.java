package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.gateway.budget.Budgets.Ticket;
import io.erniegateway.gateway.events.GatewayEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows for an answer when its platform refuses a call. Called under the loop's lock. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    /** An answer that is finished is not kept from its reader for longer than this if a new message may be posted. */
    private static final Duration LONG_PENALTY = Duration.ofSeconds(30);

    private final BotDelivery delivery;
    private final String bot;
    private final Ledger ledger;
    private final Consumer<GatewayEvent> events;
    private final Ticker ticker;

    Refusals(BotDelivery delivery, String bot, Ledger ledger, BotDelivery.Setting setting) {
        this.delivery = delivery;
        this.bot = bot;
        this.ledger = ledger;
        this.events = setting.events();
        this.ticker = setting.ticker();
    }

    void refused(Answer answer, Ticket ticket, int part, Refusal refusal) {
        long now = ticker.nanos();
        LOG.info("{} refused a {}: {}", bot, ticket.call(), refusal);
        switch (refusal) {
            case Refusal.SlowDown slow -> {
                ledger.refused(ticket, slow.retryAfter());
                slowedDown(answer, ticket.call(), part, slow.retryAfter(), now);
            }
            case Refusal.Gone gone -> {
                ledger.settle(ticket);
                lose(answer, gone.why());
            }
            case Refusal.Rejected rejected -> {
                ledger.settle(ticket);
                rejected(answer, ticket.call(), part, rejected.why(), now);
            }
            case Refusal.Unreachable unreachable -> {
                ledger.settle(ticket);
                if (!answer.patience.backOff(now)) {
                    lose(answer, unreachable.why());
                }
            }
        }
    }

    private void rejected(Answer answer, Call call, int part, String why, long now) {
        if (call == Call.START_STREAM || call == Call.DRAFT) {
            delivery.onlyEdit(answer, now);
            answer.expect(answer.screen.likely(answer.isFinished()));
        } else if (call == Call.APPEND || call == Call.STOP_STREAM) {
            // What the platform does not take as a piece it may take as a whole.
            answer.screen.closed(part, null);
            answer.expect(Call.EDIT);
        } else if (!answer.screen.fallBackToPlain(part)) {
            lose(answer, why);
        }
    }

    /**
     * A new stream that has to wait may be a post instead, and a finished answer whose edits are closed for long may be
     * posted anew; the message that is left over is withdrawn when it can be.
     */
    private void slowedDown(Answer answer, Call call, int part, Duration retryAfter, long now) {
        if (call == Call.START_STREAM) {
            answer.screen.mayStart(false);
            answer.expect(Call.POST);
            return;
        }
        boolean mayPost =
                call != Call.POST && delivery.earliest(Call.POST, answer.chat, now) - now < LONG_PENALTY.toNanos();
        if (answer.isFinished() && retryAfter.compareTo(LONG_PENALTY) > 0 && mayPost && call == Call.EDIT) {
            List<MessageRef> left = answer.screen.giveUp(part);
            answer.expect(Call.POST);
            answer.unseen.notAll();
            left.forEach(message -> delivery.withdraw(answer.chat, message));
            return;
        }
        answer.waitFor(call, retryAfter, now);
    }

    void lose(Answer answer, String why) {
        LOG.warn("an answer of {} does not reach its reader: {}", bot, why);
        events.accept(new GatewayEvent.AnswerLost(bot, why));
        answer.finishWith(new Answer.End.Lost(why), ticker.nanos());
    }
}
