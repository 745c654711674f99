package io.erniegateway.gateway.conversation;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbound.Keys;
import io.erniegateway.connectors.Person;
import io.erniegateway.gateway.conversation.ConversationStore.OpenTurn;
import io.erniegateway.gateway.conversation.ConversationStore.PastTurn;
import io.erniegateway.gateway.conversation.Ending.Closing;
import io.erniegateway.gateway.delivery.Answer;
import io.erniegateway.gateway.delivery.BotDelivery;
import io.erniegateway.gateway.events.GatewayEvent;
import io.erniegateway.gateway.model.Model;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Answers what arrives. {@link #handle} blocks for a whole turn; the inbox calls it for one arrival at a time per chat. */
public final class Conversations {
    /** Conversations of one person in one room that a command without a thread may concern. */
    private static final int MOST_CHATS = 20;

    /**
     * What one bot answers with.
     *
     * @param commandPrefix what stands before the name of a command on its platform
     */
    public record Bot(BotDelivery delivery, Model model, String commandPrefix) {}

    /**
     * What the operator set.
     *
     * @param persona who the bot is, told to the model with every question
     * @param historyTurns turns of the conversation sent along, at most
     * @param historyCharacters characters of them, at most; whole turns are left out, the oldest first
     * @param maxQuestionCharacters the longest question the model is asked, in UTF-16 units
     * @param signAfter how long a model may be silent in the middle of an answer until its reader is told; above 0
     */
    public record Manners(
            String persona, int historyTurns, int historyCharacters, int maxQuestionCharacters, Duration signAfter) {}

    /** A turn that has begun and is not yet delivered; the next one of its chat waits for it. */
    private record Running(Person asker, TurnRunner runner, CountDownLatch ended) {
        boolean cut() {
            boolean cut = !runner.isOver();
            runner.tell(new TurnEvent.Stopped());
            return cut;
        }
    }

    private final Map<String, Bot> bots;
    private final ConversationStore store;
    private final Manners manners;
    private final Consumer<GatewayEvent> events;
    private final Map<ChatId, Running> running = new ConcurrentHashMap<>();
    /** By chat, the stop that wants to cut what is about to begin. */
    private final Map<ChatId, Long> cutAtBeginning = new ConcurrentHashMap<>();

    private final Set<ChatId> toldTooMany = ConcurrentHashMap.newKeySet();

    public Conversations(
            Map<String, Bot> bots, ConversationStore store, Manners manners, Consumer<GatewayEvent> events) {
        this.bots = Map.copyOf(bots);
        this.store = store;
        this.manners = manners;
        this.events = events;
    }

    /** Whether a message of a group thread is meant for the bot, because it has a part in it. */
    public boolean takesPart(ChatId chat) {
        return store.takesPart(chat);
    }

    /**
     * Cuts the running answer of a chat. Where the chat has none and names no thread (a Slack slash command never
     * does), it cuts what this person has running in the same room.
     *
     * @return whether there was one
     */
    public boolean cut(ChatId chat, Person from) {
        Running here = running.get(chat);
        if (here != null) {
            return here.cut();
        }
        if (!chat.thread().isEmpty()) {
            return false;
        }
        boolean any = false;
        for (Map.Entry<ChatId, Running> other : running.entrySet()) {
            if (sameRoom(chat, other.getKey()) && other.getValue().asker().id().equals(from.id())) {
                any |= other.getValue().cut();
            }
        }
        return any;
    }

    /**
     * Cuts the next answer of a chat in which something was taken to be answered, but nothing runs yet: a stop that is
     * right behind its question overtakes the thread that is to answer it. Undone when the turn of the stop itself comes.
     *
     * @param arrival the stop's
     * @return whether there may be one
     */
    public boolean cutNext(ChatId chat, long arrival) {
        if (running.containsKey(chat)) {
            return false;
        }
        Long earlier = cutAtBeginning.putIfAbsent(chat, arrival);
        Running begun = running.get(chat);
        if (earlier != null || begun == null || !cutAtBeginning.remove(chat, arrival)) {
            return true;
        }
        return begun.cut();
    }

    private static boolean sameRoom(ChatId a, ChatId b) {
        return a.bot().equals(b.bot()) && a.room().equals(b.room());
    }

    /** Says that too much is waiting, beside the queue and without blocking; once per chat until that is read. */
    public void sayTooMany(Inbound inbound) {
        ChatId chat = inbound.chat();
        if (!toldTooMany.add(chat)) {
            return;
        }
        Answer answer = bot(chat).delivery().begin(BotDelivery.NO_TURN, chat, List.of(), new Answer.Author() {});
        answer.append(Phrase.TOO_MANY.in(
                Tongue.of(inbound.from(), textOf(inbound)), bot(chat).commandPrefix()));
        answer.finish();
        Thread.ofVirtual().name("too-many").start(() -> {
            try {
                Answer.End unused = answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                toldTooMany.remove(chat);
            }
        });
    }

    /** Answers one arrival, and returns when the reader has the last text or never will. */
    public void handle(Arrival arrival) throws InterruptedException {
        switch (arrival.inbound()) {
            case Inbound.Written written -> answer(arrival, written);
            case Inbound.Unreadable unreadable ->
                say(
                        arrival,
                        switch (unreadable.why()) {
                            case NOT_TEXT -> Phrase.NOT_TEXT;
                            case TOO_LONG -> Phrase.QUESTION_TOO_LONG;
                        });
            case Inbound.Stopped(Keys keys, ChatId chat, Person from) ->
                // Its whole effect was to cut the running answer, when it arrived.
                cutAtBeginning.remove(chat, arrival.id());
        }
    }

    private void answer(Arrival arrival, Inbound.Written written) throws InterruptedException {
        Optional<Command> command = Command.in(written.text());
        if (command.isPresent()) {
            obey(arrival, written, command.get());
        } else if (written.text().length() > manners.maxQuestionCharacters()) {
            say(arrival, Phrase.QUESTION_TOO_LONG);
        } else {
            ask(arrival, written.chat(), written.text());
        }
    }

    private void obey(Arrival arrival, Inbound.Written written, Command command) throws InterruptedException {
        boolean cutNothing = cutAtBeginning.remove(written.chat(), arrival.id());
        switch (command) {
            case START -> say(arrival, Phrase.WELCOME);
            case HELP -> say(arrival, Phrase.HELP);
            case STOP -> {
                // A cut answer says so itself.
                if (cutNothing || !arrival.cutSomething()) {
                    say(arrival, Phrase.NOTHING_RUNNING);
                }
            }
            case NEW -> {
                concerned(written).forEach(store::forget);
                say(arrival, Phrase.FORGOTTEN);
            }
            case RETRY -> {
                for (ChatId chat : concerned(written)) {
                    Optional<String> question = store.takeLastQuestion(chat);
                    if (question.isPresent()) {
                        ask(arrival, chat, question.get());
                        return;
                    }
                }
                say(arrival, Phrase.NOTHING_TO_RETRY);
            }
        }
    }

    /** The conversations that a command is about: this one, or in a room where threads are used, the person's own. */
    private List<ChatId> concerned(Inbound.Written written) {
        List<ChatId> chats = new ArrayList<>(List.of(written.chat()));
        if (written.chat().thread().isEmpty() && !store.hasAsked(written.chat())) {
            chats.addAll(store.chatsOf(written.chat(), written.from(), MOST_CHATS));
        }
        return chats;
    }

    private void ask(Arrival arrival, ChatId chat, String question) throws InterruptedException {
        TurnRunner runner = new TurnRunner(bot(chat).model(), manners.signAfter(), events);
        Running mine = begin(chat, arrival.inbound().from(), runner);
        if (cutAtBeginning.remove(chat) != null) {
            runner.tell(new TurnEvent.Stopped());
        }
        try {
            ask(arrival, chat, question, runner);
        } finally {
            running.remove(chat, mine);
            mine.ended().countDown();
        }
    }

    /** One turn of a chat at a time, also when a command from elsewhere in the room asks here. */
    private Running begin(ChatId chat, Person person, TurnRunner runner) throws InterruptedException {
        Running mine = new Running(person, runner, new CountDownLatch(1));
        for (Running other = running.putIfAbsent(chat, mine); other != null; other = running.putIfAbsent(chat, mine)) {
            other.ended().await();
        }
        return mine;
    }

    private void ask(Arrival arrival, ChatId chat, String question, TurnRunner runner) throws InterruptedException {
        long from = System.nanoTime();
        Person person = arrival.inbound().from();
        OpenTurn turn = store.begin(arrival.id(), chat, person, question);
        Model.Question asked = question(chat, person, question);
        Answer answer = bot(chat).delivery().begin(turn.id(), chat, turn.posted(), new Answer.Author() {
            @Override
            public void lost() {
                runner.tell(new TurnEvent.Unwanted());
            }

            @Override
            public void stopped() {
                runner.tell(new TurnEvent.Stopped());
            }
        });
        Ending ending = runner.run(asked, answer);
        String said = answer.markdown();
        close(answer, ending, Tongue.of(person, question), bot(chat).commandPrefix());
        // Written down before the last text is on the screen: a question asked right after it has to know the answer.
        remember(turn, chat, ending, said);
        Answer.End unused = answer.await();
        events.accept(
                new GatewayEvent.TurnEnded(chat.bot(), ending.name(), Duration.ofNanos(System.nanoTime() - from)));
    }

    private static void close(Answer answer, Ending ending, Tongue tongue, String commandPrefix) {
        switch (ending.closing()) {
            case Closing.Nothing() -> {}
            case Closing.Below(Phrase phrase) -> answer.append("\n\n" + phrase.in(tongue, commandPrefix));
            case Closing.Instead(Phrase phrase) -> answer.replace(phrase.in(tongue, commandPrefix));
        }
        answer.finish();
    }

    private void remember(OpenTurn turn, ChatId chat, Ending ending, String said) {
        switch (ending.memory()) {
            case KEEP -> store.end(turn.id(), Optional.of(said));
            case SKIP -> store.end(turn.id(), Optional.empty());
            case FORGET_ALL -> {
                store.end(turn.id(), Optional.empty());
                store.forget(chat);
            }
        }
    }

    private Model.Question question(ChatId chat, Person person, String question) {
        List<Model.Turn> turns = new ArrayList<>();
        int characters = question.length();
        List<PastTurn> past = store.past(chat, manners.historyTurns());
        for (PastTurn turn : past.reversed()) {
            characters += turn.question().length() + turn.answer().length();
            if (characters > manners.historyCharacters()) {
                break;
            }
            turns.addFirst(new Model.Turn(false, turn.answer()));
            turns.addFirst(new Model.Turn(true, turn.question()));
        }
        turns.add(new Model.Turn(true, question));
        return new Model.Question(manners.persona(), turns, Pseudonym.of(chat.bot(), person));
    }

    /** Says one sentence as the answer to an arrival. */
    private void say(Arrival arrival, Phrase phrase) throws InterruptedException {
        Inbound inbound = arrival.inbound();
        OpenTurn turn = store.begin(arrival.id(), inbound.chat(), inbound.from(), "");
        Answer answer =
                bot(inbound.chat()).delivery().begin(turn.id(), inbound.chat(), turn.posted(), new Answer.Author() {});
        answer.append(phrase.in(
                Tongue.of(inbound.from(), textOf(inbound)), bot(inbound.chat()).commandPrefix()));
        answer.finish();
        Answer.End unused = answer.await();
        store.end(turn.id(), Optional.empty());
    }

    private static String textOf(Inbound inbound) {
        return inbound instanceof Inbound.Written written ? written.text() : "";
    }

    private Bot bot(ChatId chat) {
        Bot bot = bots.get(chat.bot());
        if (bot == null) {
            throw new IllegalStateException("no bot is called " + chat.bot());
        }
        return bot;
    }
}
