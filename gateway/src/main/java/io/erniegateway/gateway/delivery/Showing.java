package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.Doubts;
import io.erniegateway.connectors.Drafts;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.Streams;
import io.erniegateway.gateway.budget.Budgets.Ticket;
import io.erniegateway.gateway.delivery.Answer.Snapshot;
import io.erniegateway.gateway.delivery.Screen.Step;
import io.erniegateway.gateway.events.GatewayEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call that shows text of one answer, and what follows from its outcome. */
final class Showing implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Showing.class);

    private final Courier courier;
    private final BotDelivery delivery;
    private final Connector connector;
    private final BotDelivery.Setting setting;
    private final Ticker ticker;
    private final Calls calls;
    private final Ledger ledger;
    private final Refusals refusals;
    private final Rendered withdrawn;
    private final Answer answer;
    private final Ticket ticket;
    private final Snapshot snapshot;

    Showing(Courier courier, Courier.Equipment with, Answer answer, Ticket ticket, Snapshot snapshot) {
        this.courier = courier;
        this.delivery = with.delivery();
        this.connector = with.connector();
        this.setting = with.setting();
        this.ticker = setting.ticker();
        this.calls = with.calls();
        this.ledger = with.ledger();
        this.refusals = with.refusals();
        this.withdrawn = with.withdrawn();
        this.answer = answer;
        this.ticket = ticket;
        this.snapshot = snapshot;
    }

    /** Sends what is to be seen by now, if that takes a call of the kind that was paid for; else gives it back. */
    @Override
    public void run() {
        Step step = delivery.locked(() -> next(ticker.nanos()));
        if (Screen.callOf(step) != ticket.call()) {
            delivery.locked(() -> {
                ledger.giveBack(ticket);
                planOn(step);
            });
            return;
        }
        switch (step) {
            case Step.Post(int part, Rendered text) ->
                afterPost(part, text, false, () -> connector.post(answer.chat, text));
            case Step.Start(int part, Rendered text) ->
                afterPost(part, text, true, () -> streams().start(answer.chat, text));
            case Step.Look(int part, Rendered text, boolean stream, int attempt) ->
                afterLook(part, text, stream, attempt);
            case Step.Edit(int part, MessageRef message, Rendered text) ->
                afterEdit(part, text, () -> connector.edit(message, text));
            case Step.Append(int part, MessageRef message, String piece, Rendered whole) ->
                afterEdit(part, whole, () -> streams().append(message, piece));
            case Step.Stop(int part, MessageRef message, String piece, @Nullable Rendered whole) ->
                afterStop(part, whole, () -> streams().stop(message, piece));
            case Step.Draft(int part, Rendered text) -> afterDraft(part, text);
            case Step.Nothing() -> throw new IllegalStateException("nothing to send is no call");
        }
    }

    private Step next(long now) {
        boolean draftDue = delivery.draftDue(answer.screen.draftAt()) <= now;
        return answer.screen.next(snapshot.parts(), snapshot.growing(), draftDue, withdrawn);
    }

    /** What comes after what was just found or done. */
    private void planOn(Step next) {
        Call call = Screen.callOf(next);
        if (call != null) {
            answer.expect(call);
            answer.unseen.notAll();
            return;
        }
        long now = ticker.nanos();
        boolean news = !answer.unseen.hasSeen(snapshot);
        Duration lag = news ? Duration.ofNanos(now - answer.unseen.since()) : Duration.ZERO;
        answer.allSeen(snapshot, now);
        answer.expect(answer.screen.likely(answer.isFinished()));
        if (news || answer.isComplete()) {
            setting.events().accept(new GatewayEvent.TextShown(connector.bot(), lag, answer.isComplete()));
        }
        answer.noteChange(now);
    }

    private void progressed() {
        answer.patience.succeeded();
        planOn(next(ticker.nanos()));
    }

    private void afterPost(int part, Rendered text, boolean stream, Supplier<PostOutcome> post) {
        PostOutcome outcome = calls.post(ticket.call(), post);
        if (outcome instanceof PostOutcome.Posted(MessageRef message)) {
            write(part, message);
        }
        delivery.locked(() -> {
            switch (outcome) {
                case PostOutcome.Posted(MessageRef message) -> {
                    long now = ticker.nanos();
                    settle();
                    if (stream) {
                        answer.screen.started(message, text, now);
                        answer.pin(snapshot);
                    } else {
                        answer.screen.posted(message, text);
                    }
                    progressed();
                }
                case Refusal refusal -> {
                    if (refusal instanceof Refusal.Unreachable(String why, boolean mayHaveActed) && mayHaveActed) {
                        doubt(text, ticket.call() == Call.START_STREAM, 0);
                    }
                    refusals.refused(answer, ticket, part, refusal);
                }
            }
        });
    }

    /** Where it can be found out whether the post arrived, it is; else it is sent again, and may stand twice. */
    private void doubt(Rendered text, boolean stream, int attempt) {
        if (connector instanceof Doubts) {
            answer.screen.doubt(text, stream, attempt);
            answer.expect(Call.LOOK);
        } else {
            setting.events().accept(new GatewayEvent.PostInDoubt(connector.bot()));
        }
    }

    private void afterLook(int part, Rendered text, boolean stream, int attempt) {
        Doubts.Look look = calls.look(() -> connector instanceof Doubts doubts
                ? doubts.look(answer.chat, text, attempt)
                : new Doubts.Look.Missing());
        if (look instanceof Doubts.Look.Found(MessageRef message)) {
            write(part, message);
        }
        delivery.locked(() -> {
            switch (look) {
                case Doubts.Look.Found(MessageRef message) -> {
                    settle();
                    answer.screen.found(message, ticker.nanos());
                    progressed();
                }
                case Doubts.Look.Missing() -> {
                    settle();
                    answer.screen.noDoubt();
                    progressed();
                }
                case Doubts.Look.Elsewhere() -> {
                    settle();
                    doubt(text, stream, attempt + 1);
                    progressed();
                }
                case Doubts.Look.Refused(Refusal refusal) -> refusals.refused(answer, ticket, part, refusal);
            }
        });
    }

    private void afterEdit(int part, Rendered text, Supplier<EditOutcome> edit) {
        EditOutcome outcome = calls.edit(ticket.call(), edit);
        delivery.locked(() -> {
            switch (outcome) {
                case EditOutcome.Applied applied -> {
                    settle();
                    answer.screen.shows(part, text);
                    if (ticket.call() == Call.APPEND) {
                        answer.pin(snapshot);
                    }
                    progressed();
                }
                case EditOutcome.Unchanged unchanged -> {
                    settle();
                    answer.screen.shows(part, text);
                    progressed();
                }
                case EditOutcome.StreamOver(boolean byReader) -> {
                    settle();
                    answer.screen.over(part);
                    if (byReader) {
                        answer.stoppedByReader();
                        courier.takeSignAway(answer, ticker.nanos());
                    }
                    progressed();
                }
                case EditOutcome.StreamOpen open -> {
                    settle();
                    answer.screen.stillOpen(part);
                    progressed();
                }
                case Refusal refusal -> {
                    if (ticket.call() == Call.APPEND
                            && refusal instanceof Refusal.Unreachable(String why, boolean mayHaveActed)
                            && mayHaveActed) {
                        answer.screen.unsure(part);
                        answer.expect(Call.STOP_STREAM);
                    }
                    refusals.refused(answer, ticket, part, refusal);
                }
            }
        });
    }

    private void afterStop(int part, @Nullable Rendered whole, Supplier<EditOutcome> stop) {
        EditOutcome outcome = calls.edit(ticket.call(), stop);
        delivery.locked(() -> {
            switch (outcome) {
                case EditOutcome.Applied applied -> {
                    settle();
                    answer.screen.closed(part, whole);
                    progressed();
                }
                case EditOutcome.Unchanged unchanged -> {
                    settle();
                    answer.screen.closed(part, whole);
                    progressed();
                }
                case EditOutcome.StreamOver over -> {
                    settle();
                    answer.screen.over(part);
                    progressed();
                }
                case EditOutcome.StreamOpen open ->
                    throw new IllegalStateException("a stream that is open can be stopped");
                case Refusal refusal -> {
                    if (refusal instanceof Refusal.Unreachable(String why, boolean mayHaveActed) && mayHaveActed) {
                        answer.screen.unsure(part);
                    }
                    refusals.refused(answer, ticket, part, refusal);
                }
            }
        });
    }

    private void afterDraft(int part, Rendered text) {
        Optional<Refusal> refusal = connector instanceof Drafts drafts
                ? calls.sign(Call.DRAFT, () -> drafts.draft(answer.chat, answer.number, text))
                : Optional.of(new Refusal.Rejected("no previews"));
        delivery.locked(() -> {
            long now = ticker.nanos();
            if (refusal.isEmpty()) {
                settle();
                answer.screen.drafted(text, now);
                progressed();
            } else if (connector instanceof Drafts drafts && drafts.draftsIn(answer.chat)) {
                refusals.refused(answer, ticket, part, refusal.get());
            } else {
                settle();
                delivery.onlyEdit(answer, now);
                progressed();
            }
        });
    }

    private Streams streams() {
        if (connector instanceof Streams streams) {
            return streams;
        }
        throw new IllegalStateException("a stream on a platform without streams");
    }

    /** A journal that fails must not make us post again: the message stands, whatever the disk says. */
    private void write(int part, MessageRef message) {
        if (answer.turn == BotDelivery.NO_TURN) {
            return;
        }
        try {
            setting.journal().posted(answer.turn, part, message);
        } catch (RuntimeException e) {
            LOG.error(
                    "a message of {} stands but is not in the journal; a restart would post it again",
                    connector.bot(),
                    e);
        }
    }

    private void settle() {
        ledger.settle(ticket);
    }
}
