package io.erniegateway.gateway.simulation;

import java.util.List;

/**
 * How a run went.
 *
 * @param answers one for each script, in the order of the scripts
 * @param calls calls of the delivery that the platform let through
 * @param refused those it refused for coming too early
 * @param told calls that the delivery told of
 * @param textMicros when each call that carries text was sent
 * @param slowedMicros when each "not now" of the platform was heard, after the first chunk of the run
 */
record Outcome(
        List<Read> answers, long calls, long refused, long told, List<Long> textMicros, List<Long> slowedMicros) {

    /**
     * How one answer was read.
     *
     * @param letters in all
     * @param waits the sum over all letters of the time from coming to being visible, in microseconds
     * @param finalMicros from the last letter's coming to the whole text's being visible
     * @param firstMicros from the first letter's coming to anything's being visible
     * @param lastAtMicros when the whole text was visible
     * @param standing what stands in its room at the end, message by message
     */
    record Read(
            int letters, double waits, long finalMicros, long firstMicros, long lastAtMicros, List<String> standing) {
        double meanMillis() {
            return waits / letters / 1_000;
        }
    }

    /** The same run of one answer, looked at later. */
    Outcome with(List<String> standing) {
        Read read = answers.getFirst();
        Read later = new Read(
                read.letters(), read.waits(), read.finalMicros(), read.firstMicros(), read.lastAtMicros(), standing);
        return new Outcome(List.of(later), calls, refused, told, textMicros, slowedMicros);
    }

    double meanMillis() {
        double waits = answers.stream().mapToDouble(Read::waits).sum();
        return waits / answers.stream().mapToLong(Read::letters).sum() / 1_000;
    }

    double worstMeanMillis() {
        return answers.stream().mapToDouble(Read::meanMillis).max().orElse(0);
    }

    double lastFinalMillis() {
        return answers.stream().mapToLong(Read::finalMicros).max().orElse(0) / 1e3;
    }

    double meanFinalMillis() {
        return answers.stream().mapToLong(Read::finalMicros).average().orElse(0) / 1e3;
    }
}
