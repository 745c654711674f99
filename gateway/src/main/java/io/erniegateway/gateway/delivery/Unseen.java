package io.erniegateway.gateway.delivery;

import io.erniegateway.gateway.delivery.Answer.Snapshot;

/** How much of an answer has been written, how much of it is seen, and since when the rest waits. Guarded by the delivery's lock. */
final class Unseen {
    private static final long NEVER = Long.MIN_VALUE;

    private final Flow flow = new Flow();
    private long version;
    private long shownVersion;
    private long length;
    private long shownLength;
    private boolean finished;
    private long firstTextAt = NEVER;
    private long since;
    /** When the first text came that the call in flight may not show; {@link #NEVER} if none did. */
    private long laterSince = NEVER;

    /** This is what was written by now. */
    void written(long newVersion, long newLength, boolean isFinished, boolean inFlight, long now) {
        boolean more = newVersion != version;
        if (more && version == shownVersion) {
            since = now;
        }
        if (more && inFlight && laterSince == NEVER) {
            laterSince = now;
        }
        version = newVersion;
        flow.came(now, (int) Math.max(0, newLength - length));
        length = newLength;
        finished = isFinished;
        if (firstTextAt == NEVER && length > 0) {
            firstTextAt = now;
        }
    }

    /** A call is on its way: what comes from now on it may not show. */
    void calling() {
        laterSince = NEVER;
    }

    boolean hasSeen(Snapshot seen) {
        return shownVersion == seen.version();
    }

    /** All of this version is seen. */
    void seen(Snapshot seen) {
        shownVersion = seen.version();
        shownLength = seen.length();
        if (seen.version() != version && laterSince != NEVER) {
            since = laterSince;
        }
    }

    /** More of the present version is left to send. */
    void notAll() {
        shownVersion = -1;
    }

    boolean isEverything(Snapshot seen) {
        return finished && seen.version() == version;
    }

    boolean isNothing() {
        return version == shownVersion;
    }

    boolean isFinished() {
        return finished;
    }

    boolean hasText() {
        return firstTextAt != NEVER;
    }

    long firstTextAt() {
        return firstTextAt;
    }

    /** When the oldest text came that is not seen. */
    long since() {
        return since;
    }

    /** How much has been written, in UTF-16 units of Markdown. */
    long length() {
        return length;
    }

    /** How much of it is not seen. */
    long size() {
        return length - shownLength;
    }

    /** How the text comes. */
    Flow flow() {
        return flow;
    }
}
