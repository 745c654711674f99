package io.erniegateway.ernie.simulated;

import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator answers, and how. Begin with {@link #of}.
 *
 * @param text the visible answer
 * @param reasoning what a thinking model says before it; empty for none
 * @param profile null for the dialect's usual one
 * @param flagged null if the content check has nothing to say
 */
public record Reply(
        String text,
        String reasoning,
        @Nullable Profile profile,
        Fault fault,
        Set<Quirk> quirks,
        @Nullable Flagged flagged,
        Reason reason) {

    /**
     * A word of the content check.
     *
     * @param fromChunk the first chunk that carries it, from 1
     */
    public record Flagged(int fromChunk, int flag, int banRound) {}

    public Reply {
        quirks = Set.copyOf(quirks);
    }

    public static Reply of(String text) {
        return new Reply(text, "", null, new Fault.None(), Set.of(), null, Reason.STOP);
    }

    /** A refusal or a broken answer. */
    public static Reply failing(Fault fault) {
        return of("这句话不应完整出现。This sentence should not arrive whole.").with(fault);
    }

    public Reply thinking(String thoughts) {
        return new Reply(text, thoughts, profile, fault, quirks, flagged, reason);
    }

    public Reply at(Profile speed) {
        return new Reply(text, reasoning, speed, fault, quirks, flagged, reason);
    }

    public Reply with(Fault mishap) {
        return new Reply(text, reasoning, profile, mishap, quirks, flagged, reason);
    }

    public Reply with(Quirk... more) {
        EnumSet<Quirk> all = EnumSet.noneOf(Quirk.class);
        all.addAll(quirks);
        all.addAll(Arrays.asList(more));
        return new Reply(text, reasoning, profile, fault, all, flagged, reason);
    }

    public Reply flagged(int fromChunk, int flag, int banRound) {
        return new Reply(text, reasoning, profile, fault, quirks, new Flagged(fromChunk, flag, banRound), reason);
    }

    public Reply ending(Reason why) {
        return new Reply(text, reasoning, profile, fault, quirks, flagged, why);
    }
}
