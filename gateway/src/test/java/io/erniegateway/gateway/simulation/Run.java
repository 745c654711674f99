package io.erniegateway.gateway.simulation;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.gateway.budget.LimitMemory;
import io.erniegateway.gateway.delivery.Answer;
import io.erniegateway.gateway.delivery.BotDelivery;
import io.erniegateway.gateway.delivery.Native;
import io.erniegateway.gateway.delivery.Pace;
import io.erniegateway.gateway.events.GatewayEvent;
import io.erniegateway.gateway.simulation.Outcome.Read;
import io.erniegateway.gateway.simulation.bound.ArrivalCurve;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lets scripted models write to the readers of one simulated platform, through the real delivery and connector. */
abstract class Run {
    /** Between the question and the first chunk. */
    static final long THINKING = 800_000;

    private static final long SECOND = 1_000_000_000L;

    /** Answers of an earlier hour, from which the delivery has learned how long answers grow. */
    private static final int LEARNED = 32;

    final SimulatedClock clock = new SimulatedClock();
    final Timeline timeline = new Timeline();
    private final Map<Long, TreeMap<Integer, String>> journal = new LinkedHashMap<>();
    private final List<Long> textMicros = new ArrayList<>();
    private final List<Long> slowedMicros = new ArrayList<>();
    private long told;
    private long began;

    abstract Connector connector();

    /** The chat of the scenario's room of this number. */
    abstract ChatId chat(int room);

    abstract long admitted();

    abstract long refused();

    BotDelivery delivery(Connector connector, Pace pace, Native mode, LimitMemory memory) {
        return new BotDelivery(
                connector,
                new BotDelivery.Setting(
                        pace,
                        mode,
                        (turn, part, message) -> journal.computeIfAbsent(turn, key -> new TreeMap<>())
                                .put(part, message.id()),
                        memory,
                        this::happened,
                        clock,
                        Clock.systemUTC(),
                        clock));
    }

    private void happened(GatewayEvent event) {
        if (event instanceof GatewayEvent.Called called) {
            told++;
            if (called.result() == GatewayEvent.Called.Result.SLOW_DOWN) {
                slowedMicros.add(clock.micros() - began / 1_000);
            }
            switch (called.call()) {
                case TYPING, LOOK -> {}
                case POST, EDIT, DRAFT, START_STREAM, APPEND, STOP_STREAM ->
                    textMicros.add(clock.micros() - called.took().toNanos() / 1_000);
            }
        }
    }

    /** Answers that grew as long as this one, an hour before. */
    void learn(BotDelivery delivery, long micros) {
        for (int i = 0; i < LEARNED; i++) {
            int room = 1_000_000 + i;
            clock.at(clock.nanos(), () -> {
                Answer answer = delivery.begin(BotDelivery.NO_TURN, chat(room), List.of(), new Answer.Author() {});
                answer.append("an earlier answer");
                clock.at(clock.nanos() + micros * 1_000, answer::finish);
            });
            clock.run(delivery, clock.nanos() + micros * 1_000 + 5 * SECOND);
        }
        clock.run(delivery, clock.nanos() + 3_600 * SECOND);
    }

    /** Plays the scripts and waits until every answer has ended. */
    Outcome play(BotDelivery delivery, List<Script> scripts, Duration longest) {
        long tellsBefore = told;
        long callsBefore = admitted();
        long refusedBefore = refused();
        textMicros.clear();
        slowedMicros.clear();
        began = clock.nanos() + THINKING * 1_000;
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < scripts.size(); i++) {
            long turn = i + 1L;
            Script script = scripts.get(i);
            clock.at(
                    began + (script.startMicros() - THINKING) * 1_000,
                    () -> answers.add(write(delivery, turn, script)));
        }
        long end = began + longest.toNanos();
        while (clock.nanos() < end
                && !(answers.size() == scripts.size() && answers.stream().allMatch(Run::isOver))) {
            clock.run(delivery, Math.min(end, clock.nanos() + SECOND));
        }
        List<Read> reads = new ArrayList<>();
        for (int i = 0; i < scripts.size(); i++) {
            reads.add(read(i + 1L, scripts.get(i)));
        }
        return new Outcome(
                reads,
                admitted() - callsBefore,
                refused() - refusedBefore,
                told - tellsBefore,
                List.copyOf(textMicros),
                List.copyOf(slowedMicros));
    }

    private Answer write(BotDelivery delivery, long turn, Script script) {
        Answer answer = delivery.begin(turn, chat(script.room()), List.of(), new Answer.Author() {});
        long start = began + script.startMicros() * 1_000;
        for (int i = 0; i < script.chunks().size(); i++) {
            Script.Chunk chunk = script.chunks().get(i);
            boolean last = i == script.chunks().size() - 1;
            clock.at(start + chunk.atMicros() * 1_000, () -> {
                answer.append(chunk.text());
                if (last) {
                    answer.finish();
                }
            });
        }
        return answer;
    }

    static boolean isOver(Answer answer) {
        return answer.isOver();
    }

    private Read read(long turn, Script script) {
        String room = chat(script.room()).room();
        List<String> messages =
                List.copyOf(journal.getOrDefault(turn, new TreeMap<>()).values());
        List<String> ids = new ArrayList<>(messages);
        timeline.ids(room).stream().filter(id -> id.startsWith(Seen.DRAFT)).forEach(ids::add);
        List<long[]> steps = timeline.letters(room, ids);
        ArrivalCurve curve = script.curve();
        long origin = began / 1_000;
        double waits = 0;
        int step = 0;
        int before = 0;
        long lastVisible = Long.MAX_VALUE / 4;
        for (ArrivalCurve.Arrival arrival : curve.arrivals()) {
            for (int letter = before + 1; letter <= arrival.characters(); letter++) {
                while (step < steps.size() && steps.get(step)[1] < letter) {
                    step++;
                }
                lastVisible = step < steps.size() ? steps.get(step)[0] : Long.MAX_VALUE / 4;
                waits += lastVisible - origin - arrival.atMicros();
            }
            before = arrival.characters();
        }
        long first = steps.isEmpty() ? Long.MAX_VALUE / 4 : steps.getFirst()[0];
        return new Read(
                curve.characters(),
                waits,
                lastVisible - origin - curve.finishedAt(),
                first - origin - curve.startedAt(),
                lastVisible - origin,
                standing(script));
    }

    /** What stands in the script's room, message by message. */
    List<String> standing(Script script) {
        String room = chat(script.room()).room();
        return timeline.ids(room).stream()
                .map(id -> timeline.last(room, id))
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
