package io.erniegateway.gateway.simulation.bound;

/** One schedule that answers of one kin may follow, seen from the rows: its waiting and how often it is counted. */
final class Column {
    final int kin;
    /** Its waiting, without any price. */
    final double waits;
    /** The rows that count it, and how often each does. */
    final int[] rows;

    final double[] uses;

    Column(int kin, double waits, int[] rows, double[] uses) {
        this.kin = kin;
        this.waits = waits;
        this.rows = rows;
        this.uses = uses;
    }
}
