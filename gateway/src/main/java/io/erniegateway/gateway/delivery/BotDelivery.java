package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.Typing;
import io.erniegateway.gateway.delivery.Answer.Step;
import io.erniegateway.gateway.delivery.Planner.Decision;
import io.erniegateway.gateway.delivery.Planner.Wish;
import io.erniegateway.gateway.draft.Draft;
import io.erniegateway.gateway.events.GatewayEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one edit loop: brings the answers of one bot to its readers, as fast as the platform allows and never faster. */
public final class BotDelivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BotDelivery.class);

    /** What is said outside of a turn (that too much is waiting) is not finished after a restart. */
    public static final long NO_TURN = 0;

    private final Connector connector;
    private final Pace pace;
    private final Journal journal;
    private final Consumer<GatewayEvent> events;
    private final Ticker ticker;
    private final Executor calls;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Answer> live = new LinkedHashSet<>();
    private final Buckets buckets;
    private final ToldCalls told;
    private final Rendered withdrawn;
    private boolean closed;

    /**
     * A delivery that is not yet running.
     *
     * @param calls runs one network call a task, each on a thread of its own
     * @param ticker the clock; a test that brings its own drives {@link #step} by itself
     */
    public BotDelivery(
            Connector connector,
            Pace pace,
            Journal journal,
            Consumer<GatewayEvent> events,
            Ticker ticker,
            Executor calls) {
        this.connector = connector;
        this.pace = pace;
        this.journal = journal;
        this.events = events;
        this.ticker = ticker;
        this.calls = calls;
        this.buckets = new Buckets(connector.limits());
        this.told = new ToldCalls(connector.bot(), events, ticker);
        this.withdrawn = connector.render(Answer.WITHDRAWN);
    }

    /** Starts the loop on a virtual thread of its own; {@link #close} ends it. */
    public void start() {
        Thread.ofVirtual().name("delivery-" + connector.bot()).start(this::run);
    }

    /**
     * Begins an answer: the reader sees a typing sign at once.
     *
     * @param turn the turn it belongs to, for the journal
     * @param posted messages of this answer that stand already (after a restart); they are edited in place
     * @param lost called, under the loop's lock and so without delay, when the answer can no longer reach its reader
     */
    public Answer begin(long turn, ChatId chat, List<MessageRef> posted, Runnable lost) {
        Draft draft = new Draft(connector::render, connector.limits().maxSize());
        return locked(() -> {
            Answer answer = new Answer(this, turn, chat, posted, pace, draft, lost, ticker.nanos());
            live.add(answer);
            changed.signalAll();
            return answer;
        });
    }

    void changed(Answer answer) {
        locked(() -> {
            answer.noteChange(ticker.nanos());
            changed.signalAll();
        });
    }

    Answer.End endOf(Answer answer) {
        return locked(() -> {
            Answer.End end = answer.end();
            if (end == null) {
                throw new IllegalStateException("the answer has not ended");
            }
            return end;
        });
    }

    /** Ends the loop. Answers that are not delivered by now are not delivered by this process. */
    @Override
    public void close() {
        locked(() -> {
            closed = true;
            live.forEach(answer -> answer.finishWith(new Answer.End.Lost("the gateway stopped")));
            changed.signalAll();
        });
    }

    private void run() {
        lock.lock();
        try {
            while (!closed) {
                long wait = step();
                if (wait == Long.MAX_VALUE) {
                    changed.awaitUninterruptibly();
                } else if (wait > 0) {
                    long unused = changed.awaitNanos(wait);
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("the delivery of {} was interrupted", connector.bot());
        } finally {
            lock.unlock();
        }
    }

    /** Sends one thing if it may, and tells in how many nanoseconds to look again ({@code MAX_VALUE}: when told). */
    long step() {
        return locked(() -> {
            long now = ticker.nanos();
            return switch (Planner.next(wishes(), buckets, now)) {
                case Decision.Send(Wish wish) -> {
                    buckets.spend(wish.call(), wish.chat(), now);
                    wish.answer().takeOff();
                    calls.execute(() -> carryOut(wish));
                    yield 0L;
                }
                case Decision.WaitUntil(long at) -> at - now;
                case Decision.Rest() -> Long.MAX_VALUE;
            };
        });
    }

    private List<Wish> wishes() {
        List<Wish> wishes = new ArrayList<>(live.size());
        boolean canSign = connector instanceof Typing;
        live.removeIf(Answer::isOver);
        for (Answer answer : live) {
            Wish wish = answer.wish(canSign);
            if (wish != null) {
                wishes.add(wish);
            }
        }
        return wishes;
    }

    private void carryOut(Wish wish) {
        try {
            if (wish.call() == Call.TYPING) {
                sign(wish);
            } else {
                show(wish);
            }
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("a {} of {} failed by a bug of ours", wish.call(), connector.bot(), e);
            locked(() -> {
                if (!wish.answer().backOff(ticker.nanos())) {
                    lose(wish.answer(), "a bug of ours: " + e);
                }
            });
        } finally {
            locked(() -> {
                wish.answer().land();
                changed.signalAll();
            });
        }
    }

    private void sign(Wish wish) {
        Optional<Refusal> refusal =
                connector instanceof Typing typing ? told.typing(() -> typing.typing(wish.chat())) : Optional.empty();
        locked(() -> {
            long now = ticker.nanos();
            wish.answer().signed(connector.limits(), now);
            if (refusal.isPresent() && refusal.get() instanceof Refusal.SlowDown slow) {
                buckets.close(Call.TYPING, wish.chat(), now, slow.retryAfter());
            }
        });
    }

    private void show(Wish wish) {
        Answer answer = wish.answer();
        Answer.Snapshot snapshot = answer.snapshot();
        Step step = locked(() -> answer.nextStep(snapshot.parts(), withdrawn));
        Call needed = callFor(step);
        if (needed != wish.call()) {
            locked(() -> {
                buckets.refund(wish.call(), wish.chat());
                if (needed == null) {
                    seenAll(answer, snapshot);
                    if (answer.isComplete()) {
                        events.accept(new GatewayEvent.TextShown(connector.bot(), Duration.ZERO, true));
                    }
                } else {
                    answer.moreToDo(needed);
                }
            });
            return;
        }
        switch (step) {
            case Step.Post post ->
                afterPost(answer, snapshot, post, told.post(() -> connector.post(answer.chat, post.text())));
            case Step.Edit edit ->
                afterEdit(answer, snapshot, edit, told.edit(() -> connector.edit(edit.message(), edit.text())));
            case Step.Nothing() -> throw new IllegalStateException("nothing to send is no call");
        }
    }

    private static @Nullable Call callFor(Step step) {
        return switch (step) {
            case Step.Post unused -> Call.POST;
            case Step.Edit unused -> Call.EDIT;
            case Step.Nothing() -> null;
        };
    }

    private void afterPost(Answer answer, Answer.Snapshot snapshot, Step.Post post, PostOutcome outcome) {
        if (outcome instanceof PostOutcome.Posted(MessageRef message)) {
            write(answer, post, message);
        }
        locked(() -> {
            buckets.settle(Call.POST, answer.chat, ticker.nanos());
            switch (outcome) {
                case PostOutcome.Posted(MessageRef message) -> {
                    answer.posted(message, post.text());
                    progressed(answer, snapshot);
                }
                case Refusal refusal -> refused(answer, Call.POST, post.part(), refusal);
            }
        });
    }

    /** A journal that fails must not make us post again: the message stands, whatever the disk says. */
    private void write(Answer answer, Step.Post post, MessageRef message) {
        if (answer.turn == NO_TURN) {
            return;
        }
        try {
            journal.posted(answer.turn, post.part(), message);
        } catch (RuntimeException e) {
            LOG.error(
                    "a message of {} stands but is not in the journal; a restart would post it again",
                    connector.bot(),
                    e);
        }
    }

    private void afterEdit(Answer answer, Answer.Snapshot snapshot, Step.Edit edit, EditOutcome outcome) {
        locked(() -> {
            buckets.settle(Call.EDIT, answer.chat, ticker.nanos());
            if (outcome instanceof Refusal refusal) {
                refused(answer, Call.EDIT, edit.part(), refusal);
            } else {
                answer.edited(edit.part(), edit.text());
                progressed(answer, snapshot);
            }
        });
    }

    /** A part is seen. Either that was all of this version, or the next part's turn comes. */
    private void progressed(Answer answer, Answer.Snapshot snapshot) {
        Call next = callFor(answer.nextStep(snapshot.parts(), withdrawn));
        if (next == null) {
            Duration lag = Duration.ofNanos(ticker.nanos() - answer.unseenSince());
            seenAll(answer, snapshot);
            events.accept(new GatewayEvent.TextShown(connector.bot(), lag, answer.isComplete()));
        } else {
            answer.moreToDo(next);
        }
    }

    private void seenAll(Answer answer, Answer.Snapshot snapshot) {
        answer.allSeen(snapshot.version());
        answer.noteChange(ticker.nanos());
    }

    private void refused(Answer answer, Call call, int part, Refusal refusal) {
        long now = ticker.nanos();
        LOG.info("{} refused a {}: {}", connector.bot(), call, refusal);
        switch (refusal) {
            case Refusal.SlowDown slow -> {
                buckets.close(call, answer.chat, now, slow.retryAfter());
                answer.waitFor(slow.retryAfter(), now);
            }
            case Refusal.Gone gone -> lose(answer, gone.why());
            case Refusal.Rejected rejected -> {
                if (!answer.fallBackToPlain(part)) {
                    lose(answer, rejected.why());
                }
            }
            case Refusal.Unreachable unreachable -> {
                if (call == Call.POST && unreachable.mayHaveActed()) {
                    events.accept(new GatewayEvent.PostInDoubt(connector.bot()));
                }
                if (!answer.backOff(now)) {
                    lose(answer, unreachable.why());
                }
            }
        }
    }

    private void lose(Answer answer, String why) {
        LOG.warn("an answer of {} does not reach its reader: {}", connector.bot(), why);
        events.accept(new GatewayEvent.AnswerLost(connector.bot(), why));
        answer.finishWith(new Answer.End.Lost(why));
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
