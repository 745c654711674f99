package io.erniegateway.gateway.budget;

import io.erniegateway.connectors.Limits.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** At most so many calls in any stretch of time of one length. */
final class WindowCount implements Count {
    /** A call that is on its way for longer than the window: when to look again. */
    private static final long LOOK_AGAIN = 20_000_000;

    private final Rule.Window window;
    private final long per;
    private int allowed;
    /** When the calls were counted at the latest, oldest first. */
    private final List<Long> counted = new ArrayList<>();
    /** When the calls were sent that are on their way. */
    private final List<Long> flying = new ArrayList<>();

    WindowCount(Rule.Window window, double share) {
        this.window = window;
        this.per = window.per().toNanos();
        this.allowed = share(share);
    }

    private int share(double share) {
        return Math.max(1, (int) Math.round(window.calls() * share));
    }

    @Override
    public int capacity() {
        return allowed;
    }

    @Override
    public long wholeAfter() {
        return per;
    }

    @Override
    public double left(long now) {
        return Math.max(0, allowed - spentLately(now));
    }

    @Override
    public double returning(long now, long within) {
        if (within >= per) {
            // All that may be sent in this time, less what may be sent now.
            return (double) allowed * within / per - left(now);
        }
        forget(now);
        return firstAfter(now - per + within);
    }

    @Override
    public long availableAt(int tokens, long now) {
        int over = spentLately(now) + Math.min(tokens, allowed) - allowed;
        if (over <= 0) {
            return now;
        }
        long oldest = over <= counted.size() ? counted.get(over - 1) : flying.get(over - counted.size() - 1);
        return Math.max(oldest + per, over <= counted.size() ? now : now + LOOK_AGAIN);
    }

    @Override
    public long nextReturn(long now) {
        forget(now);
        return (counted.isEmpty() ? now : counted.getFirst()) + per;
    }

    @Override
    public void take(long now) {
        flying.add(now);
    }

    @Override
    public void settle(long taken, long at) {
        giveBack(taken);
        int place = Collections.binarySearch(counted, at);
        counted.add(place < 0 ? -place - 1 : place, at);
    }

    @Override
    public void giveBack(long taken) {
        flying.remove((Long) taken);
    }

    @Override
    public void trust(long at) {
        int most = Math.max(0, allowed - 1 - flying.size());
        int gone = Math.max(firstAfter(at - per), counted.size() - most);
        counted.subList(0, gone).clear();
    }

    @Override
    public void believe(double share, long now) {
        allowed = share(share);
    }

    @Override
    public int spentLately(long now) {
        forget(now);
        return counted.size() + flying.size();
    }

    private void forget(long now) {
        int gone = firstAfter(now - per);
        if (gone > 0) {
            counted.subList(0, gone).clear();
        }
    }

    /** How many were counted at this time or before. */
    private int firstAfter(long time) {
        int place = Collections.binarySearch(counted, time);
        if (place < 0) {
            return -place - 1;
        }
        while (place < counted.size() && counted.get(place) <= time) {
            place++;
        }
        return place;
    }
}
