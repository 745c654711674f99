package io.erniegateway.ernie.simulated;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Another script's replies at a chosen pace, with quirks, and some of them broken. */
final class ArrangedScript implements Script {
    /** Enough for the five seconds that a thinking model takes at least. */
    private static final String THOUGHTS = "What is asked here? I read the question twice and look for what it does not"
            + " say. There are two ways to answer: the short one leaves out why, the long one tires. I take the one in"
            + " between, and check each step of it before I write it down. ";

    private final Script base;
    private final @Nullable Profile profile;
    private final Quirk[] quirks;
    private final List<Fault> faults;
    private final int every;
    private final AtomicLong questions = new AtomicLong();

    /**
     * @param profile null for each dialect's own
     * @param faults taken in turn
     * @param every which question is hit: 1 for all, 3 for the third, the sixth and so on
     */
    ArrangedScript(Script base, @Nullable Profile profile, Set<Quirk> quirks, List<Fault> faults, int every) {
        this.base = base;
        this.profile = profile;
        this.quirks = quirks.toArray(Quirk[]::new);
        this.faults = faults;
        this.every = every;
    }

    /** One reply after the other, and the first again after the last. */
    static Script inCircles(List<Reply> replies) {
        AtomicLong next = new AtomicLong();
        return question -> replies.get(Math.toIntExact(next.getAndIncrement() % replies.size()));
    }

    @Override
    public Reply answer(Question question) {
        Reply reply = base.answer(question).with(quirks);
        if (profile != null) {
            reply = reply.at(profile);
        }
        if (Profile.V2_THINKING.equals(profile) && reply.reasoning().isEmpty()) {
            reply = reply.thinking(THOUGHTS);
        }
        long number = questions.incrementAndGet();
        return faults.isEmpty() || number % every != 0 ? reply : reply.with(faultOf(number / every));
    }

    /** Counted from 1. */
    private Fault faultOf(long hit) {
        return faults.get(Math.toIntExact((hit - 1) % faults.size()));
    }
}
