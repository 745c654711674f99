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
import io.erniegateway.connectors.Typing;
import io.erniegateway.gateway.budget.Budgets;
import io.erniegateway.gateway.budget.Budgets.Ticket;
import io.erniegateway.gateway.budget.LimitMemory;
import io.erniegateway.gateway.budget.Meter;
import io.erniegateway.gateway.delivery.Answer.Snapshot;
import io.erniegateway.gateway.delivery.Planner.Wish;
import io.erniegateway.gateway.delivery.Screen.Step;
import io.erniegateway.gateway.events.GatewayEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what the planner decided: one call at a time for an answer, and what follows from its outcome. */
final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    /** An answer that is finished is not kept from its reader for longer than this if a new message may be posted. */
    private static final Duration LONG_PENALTY = Duration.ofSeconds(30);

    private final BotDelivery delivery;
    private final Connector connector;
    private final BotDelivery.Setting setting;
    private final Budgets budgets;
    private final Calls calls;
    private final Ticker ticker;
    private final Rendered withdrawn;

    Courier(BotDelivery delivery, Connector connector, BotDelivery.Setting setting, Budgets budgets) {
        this.delivery = delivery;
        this.connector = connector;
        this.setting = setting;
        this.budgets = budgets;
        this.ticker = setting.ticker();
        this.calls = new Calls(connector.bot(), setting.events(), ticker);
        this.withdrawn = connector.render(Answer.WITHDRAWN);
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
                settle(ticket, ticker.nanos());
                if (!answer.backOff(ticker.nanos())) {
                    lose(answer, "a bug of ours: " + e);
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
                refusedFor(ticket, slow.retryAfter());
            } else {
                settle(ticket, ticker.nanos());
            }
        });
    }

    /** Nobody should wait for an answer that does not come. */
    void takeSignAway(Answer answer, long now) {
        if (connector instanceof Typing typing) {
            Ticket ticket = budgets.take(Call.TYPING, answer.chat, now);
            setting.calls().execute(() -> {
                Optional<Refusal> unused = calls.sign(Call.TYPING, () -> typing.typingEnds(answer.chat));
                delivery.locked(() -> settle(ticket, ticker.nanos()));
            });
        }
    }

    // --- text
    // ---------------------------------------------------------------------------------------------------------

    private void show(Answer answer, Ticket ticket) {
        long now = ticker.nanos();
        if (delivery.locked(() -> answer.screen.isStreaming() && delivery.streamDue(answer.screen.openedAt()) <= now)) {
            answer.rollOver();
        }
        Snapshot snapshot = answer.snapshot();
        Step step = delivery.locked(() -> next(answer, snapshot, now));
        if (Screen.callOf(step) != ticket.call()) {
            delivery.locked(() -> {
                budgets.giveBack(ticket);
                planOn(answer, snapshot, step);
            });
            return;
        }
        switch (step) {
            case Step.Post(int part, Rendered text) ->
                afterPost(answer, snapshot, ticket, part, text, false, () -> connector.post(answer.chat, text));
            case Step.Start(int part, Rendered text) ->
                afterPost(
                        answer,
                        snapshot,
                        ticket,
                        part,
                        text,
                        true,
                        () -> streams().start(answer.chat, text));
            case Step.Look(int part, Rendered text, int attempt) ->
                afterLook(answer, snapshot, ticket, part, text, attempt);
            case Step.Edit(int part, MessageRef message, Rendered text) ->
                afterEdit(answer, snapshot, ticket, part, text, () -> connector.edit(message, text));
            case Step.Append(int part, MessageRef message, String piece, Rendered whole) ->
                afterEdit(answer, snapshot, ticket, part, whole, () -> streams().append(message, piece));
            case Step.Stop(int part, MessageRef message, String piece, @Nullable Rendered whole) ->
                afterStop(answer, snapshot, ticket, part, whole, () -> streams().stop(message, piece));
            case Step.Draft(int part, Rendered text) -> afterDraft(answer, snapshot, ticket, part, text);
            case Step.Nothing() -> throw new IllegalStateException("nothing to send is no call");
        }
    }

    private Step next(Answer answer, Snapshot snapshot, long now) {
        boolean draftDue = delivery.draftDue(answer.screen.draftAt()) <= now;
        return answer.screen.next(snapshot.parts(), snapshot.growing(), draftDue, withdrawn);
    }

    /** What comes after what was just found or done. */
    private void planOn(Answer answer, Snapshot snapshot, Step next) {
        Call call = Screen.callOf(next);
        if (call != null) {
            answer.expect(call);
            answer.moreToDo();
            return;
        }
        long now = ticker.nanos();
        boolean news = !answer.hasSeen(snapshot);
        Duration lag = news ? Duration.ofNanos(now - answer.unseenSince()) : Duration.ZERO;
        answer.allSeen(snapshot, now);
        answer.expect(answer.screen.likely(answer.isFinished()));
        if (news || answer.isComplete()) {
            setting.events().accept(new GatewayEvent.TextShown(connector.bot(), lag, answer.isComplete()));
        }
        answer.noteChange(now);
    }

    private void progressed(Answer answer, Snapshot snapshot) {
        answer.succeeded();
        planOn(answer, snapshot, next(answer, snapshot, ticker.nanos()));
    }

    private void afterPost(
            Answer answer,
            Snapshot snapshot,
            Ticket ticket,
            int part,
            Rendered text,
            boolean stream,
            Supplier<PostOutcome> post) {
        PostOutcome outcome = calls.post(ticket.call(), post);
        if (outcome instanceof PostOutcome.Posted(MessageRef message)) {
            write(answer, part, message);
        }
        delivery.locked(() -> {
            switch (outcome) {
                case PostOutcome.Posted(MessageRef message) -> {
                    long now = ticker.nanos();
                    settle(ticket, now);
                    if (stream) {
                        answer.screen.started(message, text, now);
                        answer.pin(snapshot);
                    } else {
                        answer.screen.posted(message, text);
                    }
                    progressed(answer, snapshot);
                }
                case Refusal refusal -> {
                    if (refusal instanceof Refusal.Unreachable(String why, boolean mayHaveActed) && mayHaveActed) {
                        doubt(answer, text, 0);
                    }
                    refused(answer, ticket, part, refusal);
                }
            }
        });
    }

    /** Where it can be found out whether the post arrived, it is; else it is sent again, and may stand twice. */
    private void doubt(Answer answer, Rendered text, int attempt) {
        if (connector instanceof Doubts) {
            answer.screen.doubt(text, attempt);
            answer.expect(Call.LOOK);
        } else {
            setting.events().accept(new GatewayEvent.PostInDoubt(connector.bot()));
        }
    }

    private void afterLook(Answer answer, Snapshot snapshot, Ticket ticket, int part, Rendered text, int attempt) {
        Doubts.Look look = calls.look(() -> connector instanceof Doubts doubts
                ? doubts.look(answer.chat, text, attempt)
                : new Doubts.Look.Missing());
        if (look instanceof Doubts.Look.Found(MessageRef message)) {
            write(answer, part, message);
        }
        delivery.locked(() -> {
            switch (look) {
                case Doubts.Look.Found(MessageRef message) -> {
                    settle(ticket, ticker.nanos());
                    answer.screen.posted(message, text);
                    progressed(answer, snapshot);
                }
                case Doubts.Look.Missing() -> {
                    settle(ticket, ticker.nanos());
                    answer.screen.noDoubt();
                    progressed(answer, snapshot);
                }
                case Doubts.Look.Elsewhere() -> {
                    settle(ticket, ticker.nanos());
                    doubt(answer, text, attempt + 1);
                    progressed(answer, snapshot);
                }
                case Doubts.Look.Refused(Refusal refusal) -> refused(answer, ticket, part, refusal);
            }
        });
    }

    private void afterEdit(
            Answer answer, Snapshot snapshot, Ticket ticket, int part, Rendered text, Supplier<EditOutcome> edit) {
        EditOutcome outcome = calls.edit(ticket.call(), edit);
        delivery.locked(() -> {
            switch (outcome) {
                case EditOutcome.Applied applied -> {
                    settle(ticket, ticker.nanos());
                    answer.screen.shows(part, text);
                    if (ticket.call() == Call.APPEND) {
                        answer.pin(snapshot);
                    }
                    progressed(answer, snapshot);
                }
                case EditOutcome.Unchanged unchanged -> {
                    settle(ticket, ticker.nanos());
                    answer.screen.shows(part, text);
                    progressed(answer, snapshot);
                }
                case EditOutcome.StreamOver(boolean byReader) -> {
                    settle(ticket, ticker.nanos());
                    answer.screen.over(part);
                    if (byReader) {
                        answer.stoppedByReader();
                        takeSignAway(answer, ticker.nanos());
                    }
                    progressed(answer, snapshot);
                }
                case EditOutcome.StreamOpen open -> {
                    settle(ticket, ticker.nanos());
                    answer.screen.stillOpen(part);
                    progressed(answer, snapshot);
                }
                case Refusal refusal -> {
                    if (ticket.call() == Call.APPEND
                            && refusal instanceof Refusal.Unreachable(String why, boolean mayHaveActed)
                            && mayHaveActed) {
                        answer.screen.unsure(part);
                        answer.expect(Call.STOP_STREAM);
                    }
                    refused(answer, ticket, part, refusal);
                }
            }
        });
    }

    private void afterStop(
            Answer answer,
            Snapshot snapshot,
            Ticket ticket,
            int part,
            @Nullable Rendered whole,
            Supplier<EditOutcome> stop) {
        EditOutcome outcome = calls.edit(ticket.call(), stop);
        delivery.locked(() -> {
            switch (outcome) {
                case EditOutcome.Applied applied -> {
                    settle(ticket, ticker.nanos());
                    answer.screen.closed(part, whole);
                    progressed(answer, snapshot);
                }
                case EditOutcome.Unchanged unchanged -> {
                    settle(ticket, ticker.nanos());
                    answer.screen.closed(part, whole);
                    progressed(answer, snapshot);
                }
                case EditOutcome.StreamOver over -> {
                    settle(ticket, ticker.nanos());
                    answer.screen.over(part);
                    progressed(answer, snapshot);
                }
                case EditOutcome.StreamOpen open ->
                    throw new IllegalStateException("a stream that is open can be stopped");
                case Refusal refusal -> {
                    if (refusal instanceof Refusal.Unreachable(String why, boolean mayHaveActed) && mayHaveActed) {
                        answer.screen.unsure(part);
                    }
                    refused(answer, ticket, part, refusal);
                }
            }
        });
    }

    private void afterDraft(Answer answer, Snapshot snapshot, Ticket ticket, int part, Rendered text) {
        Optional<Refusal> refusal = connector instanceof Drafts drafts
                ? calls.sign(Call.DRAFT, () -> drafts.draft(answer.chat, answer.number, text))
                : Optional.of(new Refusal.Rejected("no previews"));
        delivery.locked(() -> {
            long now = ticker.nanos();
            if (refusal.isEmpty()) {
                settle(ticket, now);
                answer.screen.drafted(text, now);
                progressed(answer, snapshot);
            } else if (connector instanceof Drafts drafts && drafts.draftsIn(answer.chat)) {
                refused(answer, ticket, part, refusal.get());
            } else {
                settle(ticket, now);
                delivery.onlyEdit(answer, now);
                progressed(answer, snapshot);
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
    private void write(Answer answer, int part, MessageRef message) {
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

    // --- refusals
    // -----------------------------------------------------------------------------------------------------

    private void refused(Answer answer, Ticket ticket, int part, Refusal refusal) {
        long now = ticker.nanos();
        LOG.info("{} refused a {}: {}", connector.bot(), ticket.call(), refusal);
        switch (refusal) {
            case Refusal.SlowDown slow -> {
                refusedFor(ticket, slow.retryAfter());
                slowedDown(answer, ticket.call(), part, slow.retryAfter(), now);
            }
            case Refusal.Gone gone -> {
                settle(ticket, now);
                lose(answer, gone.why());
            }
            case Refusal.Rejected rejected -> {
                settle(ticket, now);
                rejected(answer, ticket.call(), part, rejected.why(), now);
            }
            case Refusal.Unreachable unreachable -> {
                settle(ticket, now);
                if (!answer.backOff(now)) {
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
            answer.moreToDo();
            left.forEach(message -> delivery.withdraw(answer.chat, message));
            return;
        }
        answer.waitFor(call, retryAfter, now);
    }

    private void lose(Answer answer, String why) {
        LOG.warn("an answer of {} does not reach its reader: {}", connector.bot(), why);
        setting.events().accept(new GatewayEvent.AnswerLost(connector.bot(), why));
        answer.finishWith(new Answer.End.Lost(why), ticker.nanos());
    }

    // --- budgets
    // ------------------------------------------------------------------------------------------------------

    private void settle(Ticket ticket, long now) {
        keep(budgets.settle(ticket, now), now);
    }

    private void refusedFor(Ticket ticket, Duration retryAfter) {
        long now = ticker.nanos();
        keep(budgets.refused(ticket, now, retryAfter), now);
    }

    /** What was learned is written down beside the loop: it waits for no disk. */
    private void keep(List<Meter> learned, long now) {
        for (Meter meter : learned) {
            LimitMemory.Lesson lesson =
                    Budgets.lesson(meter, now, setting.wall().instant());
            setting.events().accept(new GatewayEvent.LimitLearned(connector.bot(), lesson.budget(), lesson.share()));
            setting.calls().execute(() -> keep(lesson));
        }
    }

    private void keep(LimitMemory.Lesson lesson) {
        try {
            setting.memory().keep(connector.bot(), lesson);
        } catch (RuntimeException e) {
            LOG.error("what was learned of a limit of {} is not written down", connector.bot(), e);
        }
    }
}
