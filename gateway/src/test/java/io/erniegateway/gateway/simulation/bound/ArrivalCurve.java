package io.erniegateway.gateway.simulation.bound;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When the text of one answer came, and in which messages it must be shown.
 *
 * @param arrivals strictly rising in time and in characters; the last one is the answer's finish
 * @param partEnds the cumulative characters with which each message ends; the last is the whole text
 */
public record ArrivalCurve(List<Arrival> arrivals, List<Integer> partEnds) {

    public ArrivalCurve {
        arrivals = List.copyOf(arrivals);
        partEnds = List.copyOf(partEnds);
        if (arrivals.isEmpty() || arrivals.getFirst().characters() < 1) {
            throw new IllegalArgumentException("an answer needs at least one character");
        }
        for (int i = 1; i < arrivals.size(); i++) {
            if (arrivals.get(i).atMicros() <= arrivals.get(i - 1).atMicros()
                    || arrivals.get(i).characters() <= arrivals.get(i - 1).characters()) {
                throw new IllegalArgumentException("arrivals must rise in time and in characters: number " + i);
            }
        }
        int before = 0;
        for (int end : partEnds) {
            if (end <= before) {
                throw new IllegalArgumentException("part ends must rise");
            }
            before = end;
        }
        if (before != arrivals.getLast().characters()) {
            throw new IllegalArgumentException("the last part must end with the text");
        }
    }

    /** An answer of one message. */
    public static ArrivalCurve of(List<Arrival> arrivals) {
        return new ArrivalCurve(arrivals, List.of(arrivals.getLast().characters()));
    }

    /** The same text over several messages. */
    public ArrivalCurve inParts(List<Integer> ends) {
        return new ArrivalCurve(arrivals, ends);
    }

    /** The same answer, later. */
    public ArrivalCurve later(Duration delay) {
        long micros = Limit.micros(delay);
        List<Arrival> moved = new ArrayList<>(arrivals.size());
        for (Arrival arrival : arrivals) {
            moved.add(new Arrival(arrival.atMicros() + micros, arrival.characters()));
        }
        return new ArrivalCurve(moved, partEnds);
    }

    /** How many characters the whole answer has. */
    public int characters() {
        return arrivals.getLast().characters();
    }

    /** When its first character came, in microseconds. */
    public long startedAt() {
        return arrivals.getFirst().atMicros();
    }

    /** When its last character came, in microseconds. */
    public long finishedAt() {
        return arrivals.getLast().atMicros();
    }

    /**
     * One step of the curve.
     *
     * @param atMicros when, in microseconds on any clock shared by all answers
     * @param characters how many have come by then, in all
     */
    public record Arrival(long atMicros, int characters) {}
}
