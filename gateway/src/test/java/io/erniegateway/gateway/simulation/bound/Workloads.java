package io.erniegateway.gateway.simulation.bound;

import io.erniegateway.gateway.simulation.bound.ArrivalCurve.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The arrival curves of the report's workloads. The same seed gives the same curve. */
public final class Workloads {
    private static final long MILLI = 1_000;

    private Workloads() {}

    /** W1: 400 characters in chunks of 6 to 60, 0.3 to 1.5 seconds apart; the first comes at once. */
    public static ArrivalCurve bursty(long seed) {
        Random random = new Random(seed);
        List<Arrival> arrivals = new ArrayList<>();
        long at = 0;
        int characters = 0;
        while (characters < 400) {
            characters = Math.min(400, characters + random.nextInt(6, 61));
            arrivals.add(new Arrival(at, characters));
            at += random.nextInt(300, 1_501) * MILLI;
        }
        return ArrivalCurve.of(arrivals);
    }

    /** W2: 1,500 characters, 3 every 20 milliseconds. */
    public static ArrivalCurve steady() {
        return steady(1_500);
    }

    /** W4: 12,000 characters in the pace of W2, in messages with these ends. */
    public static ArrivalCurve longAnswer(List<Integer> partEnds) {
        return steady(12_000).inParts(partEnds);
    }

    private static ArrivalCurve steady(int characters) {
        List<Arrival> arrivals = new ArrayList<>();
        for (int shown = 3; shown <= characters; shown += 3) {
            arrivals.add(new Arrival((shown / 3 - 1) * 20L * MILLI, shown));
        }
        return ArrivalCurve.of(arrivals);
    }
}
