package io.erniegateway.gateway.simulation.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The cheapest mix of the schedules found so far that keeps every row: a linear program, solved by the simplex method
 * with an explicit inverse. It is asked for what one call more in each row would be worth. Its answers are suggestions:
 * a wrong one makes a bound weak, never wrong.
 */
final class PathMix {
    private static final double TINY = 1e-9;
    /** Below this a schedule does not make the mix cheaper; costs are millions of characters times microseconds. */
    private static final double WORTHLESS = 1e-3;
    /** Rows with equal capacities make the method stand still; a ten-thousandth more or less avoids it. */
    private static final double UNEVENNESS = 1e-4;

    private static final int MOST_PIVOTS = 3_000;

    private final int rows;
    private final int size;
    private final List<Column> columns = new ArrayList<>();
    /** What stands in the basis: a column by its number, the slack of row {@code r} as {@code -(r + 1)}. */
    private final int[] basis;

    private final List<Boolean> columnIsBasic = new ArrayList<>();
    private final boolean[] slackIsBasic;
    private final double[][] inverse;
    private final double[] amounts;
    private final double[] duals;
    private final double[] direction;

    /**
     * Starts with one schedule for each kin, counted by no row.
     *
     * @param capacities of the rows
     * @param counts how many answers each kin has
     */
    PathMix(double[] capacities, int[] counts, List<Column> first) {
        rows = capacities.length;
        size = rows + counts.length;
        Random random = new Random(1);
        amounts = new double[size];
        inverse = new double[size][size];
        basis = new int[size];
        duals = new double[size];
        direction = new double[size];
        slackIsBasic = new boolean[rows];
        Arrays.fill(slackIsBasic, true);
        for (int i = 0; i < size; i++) {
            inverse[i][i] = 1;
            boolean row = i < rows;
            amounts[i] = row ? capacities[i] * (1 + UNEVENNESS * random.nextDouble()) : counts[i - rows];
            basis[i] = row ? -(i + 1) : i - rows;
            if (!row) {
                columns.add(first.get(i - rows));
                columnIsBasic.add(true);
                duals[i] = first.get(i - rows).waits;
            }
        }
    }

    void add(Column column) {
        columns.add(column);
        columnIsBasic.add(false);
    }

    /** What the mix costs. */
    double cost() {
        double cost = 0;
        for (int i = 0; i < size; i++) {
            cost += basis[i] < 0 ? 0 : columns.get(basis[i]).waits * amounts[i];
        }
        return cost;
    }

    /** What one call more in this row would be worth. */
    double worth(int row) {
        return Math.max(0, -duals[row]);
    }

    void solve() {
        for (int pivot = 0; pivot < MOST_PIVOTS; pivot++) {
            int entering = Integer.MIN_VALUE;
            double gain = -WORTHLESS;
            for (int c = 0; c < columns.size(); c++) {
                double reduced = columnIsBasic.get(c) ? 0 : reduced(columns.get(c));
                if (reduced < gain) {
                    gain = reduced;
                    entering = c;
                }
            }
            for (int r = 0; r < rows; r++) {
                if (!slackIsBasic[r] && -duals[r] < gain) {
                    gain = -duals[r];
                    entering = -(r + 1);
                }
            }
            if (entering == Integer.MIN_VALUE || !enter(entering, gain)) {
                return;
            }
        }
    }

    private double reduced(Column column) {
        double reduced = column.waits - duals[rows + column.kin];
        for (int i = 0; i < column.rows.length; i++) {
            reduced -= duals[column.rows[i]] * column.uses[i];
        }
        return reduced;
    }

    private boolean enter(int entering, double gain) {
        for (int i = 0; i < size; i++) {
            direction[i] = step(inverse[i], entering);
        }
        int leaving = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            if (direction[i] > TINY && amounts[i] / direction[i] < least) {
                least = amounts[i] / direction[i];
                leaving = i;
            }
        }
        if (leaving < 0) {
            return false;
        }
        pivot(leaving, Math.max(0, least));
        mark(basis[leaving], false);
        basis[leaving] = entering;
        mark(entering, true);
        for (int k = 0; k < size; k++) {
            duals[k] += gain * inverse[leaving][k];
        }
        return true;
    }

    private double step(double[] inverseRow, int entering) {
        if (entering < 0) {
            return inverseRow[-entering - 1];
        }
        Column column = columns.get(entering);
        double sum = inverseRow[rows + column.kin];
        for (int i = 0; i < column.rows.length; i++) {
            sum += inverseRow[column.rows[i]] * column.uses[i];
        }
        return sum;
    }

    private void pivot(int leaving, double amount) {
        double[] pivotRow = inverse[leaving];
        for (int k = 0; k < size; k++) {
            pivotRow[k] /= direction[leaving];
        }
        for (int i = 0; i < size; i++) {
            if (i != leaving && direction[i] != 0) {
                double factor = direction[i];
                double[] row = inverse[i];
                for (int k = 0; k < size; k++) {
                    row[k] -= factor * pivotRow[k];
                }
                amounts[i] = Math.max(0, amounts[i] - amount * factor);
            }
        }
        amounts[leaving] = amount;
    }

    private void mark(int entry, boolean basic) {
        if (entry < 0) {
            slackIsBasic[-entry - 1] = basic;
        } else {
            columnIsBasic.set(entry, basic);
        }
    }
}
