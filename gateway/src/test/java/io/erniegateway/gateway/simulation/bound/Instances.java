package io.erniegateway.gateway.simulation.bound;

import io.erniegateway.gateway.simulation.bound.ArrivalCurve.Arrival;
import io.erniegateway.gateway.simulation.bound.Limit.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Tiny random instances, a few microseconds long, the same for the same seed. */
final class Instances {
    private final Random random;

    Instances(long seed) {
        random = new Random(seed);
    }

    /** 2 to {@code most} arrivals, each 1 to 3 microseconds after the one before, in 1 to 3 parts. */
    ArrivalCurve curve(int most) {
        int count = random.nextInt(2, most + 1);
        List<Arrival> arrivals = new ArrayList<>();
        long at = random.nextInt(3);
        int characters = 0;
        for (int i = 0; i < count; i++) {
            characters += random.nextInt(1, 6);
            arrivals.add(new Arrival(at, characters));
            at += random.nextInt(1, 4);
        }
        TreeSet<Integer> ends = new TreeSet<>(List.of(characters));
        while (random.nextInt(3) == 0) {
            ends.add(random.nextInt(1, characters + 1));
        }
        return ArrivalCurve.of(arrivals).inParts(List.copyOf(ends));
    }

    Limit bucket() {
        return Limit.bucket(random.nextInt(1, 4), micros(random.nextInt(1, 7)), scope());
    }

    Limit window() {
        return Limit.window(random.nextInt(1, 5), micros(random.nextInt(2, 13)), scope(), kinds());
    }

    List<Limit> limits() {
        return switch (random.nextInt(4)) {
            case 0 -> List.of(bucket());
            case 1 -> List.of(window());
            case 2 -> List.of(bucket(), window());
            default -> List.of(window(), window());
        };
    }

    /** 1 to 3 answers in one or two rooms; three of them are short, as all their schedules will be tried. */
    List<Answer> answers() {
        int count = random.nextInt(1, 4);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean twin = i > 0 && random.nextBoolean();
            ArrivalCurve curve = twin ? answers.getFirst().curve() : curve(count == 3 ? 3 : 4);
            answers.add(new Answer("room" + random.nextInt(2), count == 3 ? ArrivalCurve.of(curve.arrivals()) : curve));
        }
        return answers;
    }

    private Scope scope() {
        return random.nextBoolean() ? Scope.ROOM : Scope.GLOBAL;
    }

    private CallKind[] kinds() {
        return switch (random.nextInt(3)) {
            case 0 -> new CallKind[] {CallKind.LATER};
            case 1 -> new CallKind[] {CallKind.LATER, CallKind.LAST};
            default -> CallKind.values();
        };
    }

    private static Duration micros(int count) {
        return Duration.ofNanos(1000L * count);
    }
}
