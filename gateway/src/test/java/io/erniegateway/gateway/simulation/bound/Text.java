package io.erniegateway.gateway.simulation.bound;

import java.util.Arrays;
import java.util.List;

/**
 * An arrival curve as the path searches need it: what has come at each instant a call may be sent.
 *
 * <p>{@code sum(x)}, the sum of the arrival times of the first {@code x} characters, makes the cost of one call local:
 * showing the characters {@code x} to {@code y} at {@code t} costs {@code t * (y - x) - (sum(y) - sum(x))}.
 */
final class Text {
    /** The instants at which a call may be sent, rising. */
    final long[] times;
    /** Characters come at each of them. */
    final int[] arrived;
    /** {@code sum} of these. */
    final double[] arrivedSum;
    /** The characters with which each part ends. */
    final int[] ends;
    /** {@code sum} of these. */
    final double[] endSums;

    Text(ArrivalCurve curve, long[] times) {
        this.times = times;
        arrived = new int[times.length];
        arrivedSum = new double[times.length];
        ends = curve.partEnds().stream().mapToInt(Integer::intValue).toArray();
        endSums = new double[ends.length];
        List<ArrivalCurve.Arrival> arrivals = curve.arrivals();
        int shown = 0;
        double sum = 0;
        int t = 0;
        int part = 0;
        for (ArrivalCurve.Arrival arrival : arrivals) {
            for (; t < times.length && times[t] < arrival.atMicros(); t++) {
                arrived[t] = shown;
                arrivedSum[t] = sum;
            }
            for (; part < ends.length && ends[part] <= arrival.characters(); part++) {
                endSums[part] = sum + (double) arrival.atMicros() * (ends[part] - shown);
            }
            sum += (double) arrival.atMicros() * (arrival.characters() - shown);
            shown = arrival.characters();
        }
        Arrays.fill(arrived, t, times.length, shown);
        Arrays.fill(arrivedSum, t, times.length, sum);
    }

    int parts() {
        return ends.length;
    }

    /** Characters before this part. */
    int begin(int part) {
        return part == 0 ? 0 : ends[part - 1];
    }

    /** {@code sum} of {@link #begin}. */
    double beginSum(int part) {
        return part == 0 ? 0 : endSums[part - 1];
    }

    /** What a call to this part at this instant leaves visible. */
    int shows(int part, int time) {
        return Math.min(arrived[time], ends[part]);
    }

    /** {@code sum} of {@link #shows}. */
    double showsSum(int part, int time) {
        return arrived[time] >= ends[part] ? endSums[part] : arrivedSum[time];
    }
}
