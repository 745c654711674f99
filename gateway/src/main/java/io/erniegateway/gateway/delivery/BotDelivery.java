package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.Drafts;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.Streams;
import io.erniegateway.connectors.Typing;
import io.erniegateway.gateway.budget.Budgets;
import io.erniegateway.gateway.budget.LimitMemory;
import io.erniegateway.gateway.delivery.Planner.Decision;
import io.erniegateway.gateway.delivery.Planner.Wish;
import io.erniegateway.gateway.delivery.Screen.Way;
import io.erniegateway.gateway.draft.Draft;
import io.erniegateway.gateway.events.GatewayEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
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

    /** A preview is shown again when this part of its life is over. */
    private static final double DRAFT_RENEWED = 0.75;

    /** A stream is ended so long before the platform would end it: the call may have to wait for its turn. */
    private static final Duration STREAM_MARGIN = Duration.ofSeconds(15);

    /** Shorter than any answer of a model: a fixed sentence, which says nothing about how long answers grow. */
    private static final Duration NO_GROWTH = Duration.ofMillis(500);

    /**
     * What a delivery needs besides its platform.
     *
     * @param pace how an answer begins
     * @param mode how far the platform's own streaming is used
     * @param journal where posted messages are written down
     * @param memory where learned limits are kept
     * @param events is told what happens
     * @param ticker the clock; a test that brings its own drives {@link #step} by itself
     * @param wall the clock of learned limits
     * @param calls runs one network call a task, each on a thread of its own
     */
    public record Setting(
            Pace pace,
            Native mode,
            Journal journal,
            LimitMemory memory,
            Consumer<GatewayEvent> events,
            Ticker ticker,
            Clock wall,
            Executor calls) {}

    private final Connector connector;
    private final Setting setting;
    private final Ticker ticker;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Answer> live = new LinkedHashSet<>();
    private final Budgets budgets;
    private final Planner planner;
    private final Ways ways;
    private final Courier courier;
    private int numbers;
    private boolean closed;

    /** A delivery that is not yet running. */
    public BotDelivery(Connector connector, Setting setting) {
        this.connector = connector;
        this.setting = setting;
        this.ticker = setting.ticker();
        long now = ticker.nanos();
        this.budgets = new Budgets(connector.limits(), now);
        budgets.recall(
                setting.memory().lessons(connector.bot()), now, setting.wall().instant());
        if (connector instanceof Streams && setting.mode() == Native.AUTO) {
            budgets.wide(Call.APPEND).forEach(append -> budgets.wide(Call.EDIT).forEach(append::goesOnWith));
        }
        this.planner = new Planner(budgets);
        this.ways = new Ways(connector, setting.mode(), budgets);
        this.courier = new Courier(this, connector, setting, budgets);
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
     */
    public Answer begin(long turn, ChatId chat, List<MessageRef> posted, Answer.Author author) {
        return locked(() -> {
            long now = ticker.nanos();
            Way way = ways.choose(chat, now);
            ways.began(way);
            numbers = numbers == Integer.MAX_VALUE ? 1 : numbers + 1;
            Answer answer = new Answer(
                    this,
                    turn,
                    chat,
                    numbers,
                    new Screen(way, posted),
                    setting.pace(),
                    draft(way),
                    author,
                    planner,
                    now);
            live.add(answer);
            plan(answer, now);
            return answer;
        });
    }

    private Draft draft(Way way) {
        return way == Way.STREAM && connector instanceof Streams streams
                ? new Draft(streams::streamed, streams.maxStreamSize(), true)
                : new Draft(connector::render, connector.limits().maxSize(), false);
    }

    void changed(Answer answer) {
        locked(() -> {
            long now = ticker.nanos();
            boolean finished = answer.isFinished();
            answer.noteChange(now);
            if (!finished && answer.isFinished()) {
                grown(answer, now);
            }
            plan(answer, now);
        });
    }

    private void grown(Answer answer, long now) {
        answer.claims.grown(now);
        long grew = now - answer.unseen.firstTextAt();
        if (answer.unseen.hasText() && grew > NO_GROWTH.toNanos()) {
            budgets.lifetimes().ended(grew);
        }
    }

    void stalled(Answer answer, boolean is) {
        locked(() -> {
            answer.noteStall(is, ticker.nanos());
            plan(answer, ticker.nanos());
        });
    }

    boolean isStalled(Answer answer) {
        return locked(answer::hasStalled);
    }

    /** Holds back for this answer what it is going to need. */
    private void claim(Answer answer, long now) {
        Call interim = answer.screen.growsBy();
        Call last = switch (interim) {
            case DRAFT -> Call.POST;
            case APPEND -> Call.STOP_STREAM;
            case POST, EDIT, TYPING, START_STREAM, STOP_STREAM, LOOK -> interim;
        };
        answer.claims.make(
                interim,
                ways.meters(interim, answer.chat, now),
                ways.meters(last, answer.chat, now),
                answer.unseen.firstTextAt(),
                now);
    }

    /** Tells the planner what the answer wishes now, and wakes the loop if that is news. */
    void plan(Answer answer, long now) {
        if (answer.isOver()) {
            if (live.remove(answer)) {
                ways.ended(answer.screen.way());
                if (answer.leavesSign() && !closed) {
                    courier.takeSignAway(answer, now);
                }
            }
            planner.put(answer.textPlace, null, now);
            planner.put(answer.signPlace, null, now);
            return;
        }
        ways.steer(answer, now);
        if (answer.unseen.hasText() && !answer.isFinished() && answer.claims.by() != answer.screen.growsBy()) {
            claim(answer, now);
        }
        boolean news = put(answer.textPlace, answer.wishes.text(), now);
        news |= connector instanceof Typing && put(answer.signPlace, answer.wishes.sign(now), now);
        if (news) {
            changed.signalAll();
        }
    }

    /** When a call that nothing is held back from may be sent in this chat. */
    long earliest(Call call, ChatId chat, long now) {
        return ways.earliest(call, chat, now);
    }

    /** From now on this answer is shown by edits. */
    void onlyEdit(Answer answer, long now) {
        ways.ended(answer.screen.way());
        answer.screen.onlyEdit();
        ways.began(answer.screen.way());
    }

    /** A message that was given up shows so as soon as the platform allows it. */
    void withdraw(ChatId chat, MessageRef message) {
        Answer leftOver = begin(NO_TURN, chat, List.of(message), new Answer.Author() {});
        leftOver.append(Answer.WITHDRAWN);
        leftOver.finish();
    }

    /** Something may have become possible. */
    void wake() {
        changed.signalAll();
    }

    private boolean put(Planner.Place place, @Nullable Wish wish, long now) {
        boolean same = wish == null ? place.wish() == null : wish.equals(place.wish());
        if (!same) {
            planner.put(place, wish, now);
        }
        return !same;
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

    /** When a preview that was shown then has to be shown again. */
    long draftDue(long shownAt) {
        return connector instanceof Drafts drafts
                ? shownAt + (long) (drafts.draftLasts().toNanos() * DRAFT_RENEWED)
                : Long.MAX_VALUE;
    }

    /** When a stream that was opened then has to end. */
    long streamDue(long openedAt) {
        return connector instanceof Streams streams
                ? openedAt + streams.streamLasts().minus(STREAM_MARGIN).toNanos()
                : Long.MAX_VALUE;
    }

    /** Ends the loop. Answers that are not delivered by now are not delivered by this process. */
    @Override
    public void close() {
        locked(() -> {
            closed = true;
            live.forEach(answer -> answer.finishWith(new Answer.End.Lost("the gateway stopped"), ticker.nanos()));
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

    /**
     * Sends one thing if it may, and tells in how many nanoseconds to look again ({@code MAX_VALUE}: when told). What the
     * loop does; for whoever drives a delivery that was not started by a clock of their own.
     */
    public long step() {
        return locked(() -> {
            long now = ticker.nanos();
            return switch (planner.next(now)) {
                case Decision.Send(Wish wish) -> {
                    courier.send(wish, now);
                    yield 0L;
                }
                case Decision.WaitUntil(long at) -> at - now;
                case Decision.Rest() -> Long.MAX_VALUE;
            };
        });
    }

    void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
