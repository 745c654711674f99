package io.erniegateway.gateway.simulation.bound;

import java.util.Arrays;
import java.util.List;

/** What a call is charged, by kind and instant, in characters times microseconds. Never negative. */
final class Prices {
    private final double[] first;
    private final double[] later;
    private final double[] last;

    private Prices(int instants) {
        first = new double[instants];
        later = new double[instants];
        last = new double[instants];
    }

    static Prices none(int instants) {
        return new Prices(instants);
    }

    double of(CallKind kind, int time) {
        return row(kind)[time];
    }

    void clear() {
        for (double[] row : List.of(first, later, last)) {
            Arrays.fill(row, 0);
        }
    }

    /** Charges {@code amount} for calls of this kind from one instant to before another: needs {@link #settle}. */
    void charge(CallKind kind, int from, int to, double amount) {
        double[] row = row(kind);
        if (from < row.length) {
            row[from] += amount;
        }
        if (to < row.length) {
            row[to] -= amount;
        }
    }

    /** Turns the charges of {@link #charge}, which are kept as differences, into prices. */
    void settle() {
        for (double[] row : List.of(first, later, last)) {
            for (int i = 1; i < row.length; i++) {
                row[i] += row[i - 1];
            }
        }
    }

    private double[] row(CallKind kind) {
        return switch (kind) {
            case FIRST -> first;
            case LATER -> later;
            case LAST -> last;
        };
    }
}
