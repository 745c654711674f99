package io.erniegateway.connectors.simulated.slack;

/**
 * What became of the calls of one method.
 *
 * @param admitted those that the rate limits let through
 * @param refused those that came too early (HTTP 429)
 * @param failed those among the admitted that were not answered with {@code ok:true}, a fault included
 */
public record CallCount(long admitted, long refused, long failed) {

    static final CallCount NONE = new CallCount(0, 0, 0);

    CallCount withAdmitted() {
        return new CallCount(admitted + 1, refused, failed);
    }

    CallCount withRefused() {
        return new CallCount(admitted, refused + 1, failed);
    }

    CallCount withFailed() {
        return new CallCount(admitted, refused, failed + 1);
    }
}
