package io.erniegateway.gateway.simulation.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The calls a search has thought of, each with the call before it: a tree of schedules. */
final class Labels {
    /** The label before the first call. */
    static final int ROOT = -1;

    private int[] times = new int[1024];
    private int[] parents = new int[1024];
    private CallKind[] kinds = new CallKind[1024];
    private int size;

    int add(int time, CallKind kind, int parent) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            parents = Arrays.copyOf(parents, 2 * size);
            kinds = Arrays.copyOf(kinds, 2 * size);
        }
        times[size] = time;
        parents[size] = parent;
        kinds[size] = kind;
        return size++;
    }

    int time(int label) {
        return times[label];
    }

    /** The schedule that ends with this label, in order of time. */
    List<Call> calls(int last, long[] instants) {
        List<Call> calls = new ArrayList<>();
        for (int label = last; label != ROOT; label = parents[label]) {
            calls.add(new Call(instants[times[label]], kinds[label]));
        }
        return calls.reversed();
    }
}
