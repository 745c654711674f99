package io.erniegateway.ernie.simulated;

import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.SearchResults.Hit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator answers, and how. Begin with {@link #of}.
 *
 * @param text the visible answer
 * @param reasoning what a thinking model says before it; empty for none
 * @param calls the functions the model wants to be called, several of them in parallel. V1 can tell one, the first, and
 *     no text beside it
 * @param found the pages found on the web, told with the first of the text if the question asked for them
 * @param profile null for the dialect's usual one
 * @param flagged null if the content check has nothing to say
 */
public record Reply(
        String text,
        String reasoning,
        List<Call> calls,
        List<Hit> found,
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

    /**
     * A wanted call; its id is the server's affair.
     *
     * @param arguments JSON text, or whatever else a model may write instead
     * @param thoughts V1's reasoning about the call; the other dialects have no place for it
     */
    public record Call(String name, String arguments, String thoughts) {}

    public Reply {
        calls = List.copyOf(calls);
        found = List.copyOf(found);
        quirks = Set.copyOf(quirks);
    }

    public static Reply of(String text) {
        return new Reply(text, "", List.of(), List.of(), null, new Fault.None(), Set.of(), null, Reason.STOP);
    }

    /** A refusal or a broken answer. */
    public static Reply failing(Fault fault) {
        return of("这句话不应完整出现。This sentence should not arrive whole.").with(fault);
    }

    public Reply thinking(String thoughts) {
        return new Reply(text, thoughts, calls, found, profile, fault, quirks, flagged, reason);
    }

    /** With one more function to be called. */
    public Reply calling(String name, String arguments) {
        List<Call> more = new ArrayList<>(calls);
        more.add(new Call(name, arguments, "我需要调用" + name + "来回答。"));
        return new Reply(text, reasoning, more, found, profile, fault, quirks, flagged, Reason.TOOL_CALLS);
    }

    /** With pages found on the web. */
    public Reply found(Hit... pages) {
        return new Reply(text, reasoning, calls, List.of(pages), profile, fault, quirks, flagged, reason);
    }

    public Reply at(Profile speed) {
        return new Reply(text, reasoning, calls, found, speed, fault, quirks, flagged, reason);
    }

    public Reply with(Fault mishap) {
        return new Reply(text, reasoning, calls, found, profile, mishap, quirks, flagged, reason);
    }

    public Reply with(Quirk... more) {
        EnumSet<Quirk> all = EnumSet.noneOf(Quirk.class);
        all.addAll(quirks);
        all.addAll(Arrays.asList(more));
        return new Reply(text, reasoning, calls, found, profile, fault, all, flagged, reason);
    }

    public Reply flagged(int fromChunk, int flag, int banRound) {
        Flagged word = new Flagged(fromChunk, flag, banRound);
        return new Reply(text, reasoning, calls, found, profile, fault, quirks, word, reason);
    }

    public Reply ending(Reason why) {
        return new Reply(text, reasoning, calls, found, profile, fault, quirks, flagged, why);
    }
}
