package io.erniegateway.ernie.chain;

import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.Window;
import java.util.Set;

/** When another model is asked. Pure. */
final class Switching {
    /** The caller's own will, not a server's trouble. */
    private static final Set<String> CALLERS_WILL = Set.of("closed", "interrupted");

    private Switching() {}

    /**
     * Whether a model that reads {@code to} may answer what one that reads {@code from} could not.
     *
     * <p>What one server rejects for good ({@code GiveUp}) another may take: they differ in what they know. What a
     * content check has refused is sent to nobody else.
     */
    static boolean helps(ErnieFailure why, Window from, Window to) {
        return switch (why) {
            case ErnieFailure.RetryLater later -> true;
            case ErnieFailure.ChooseAnotherModel model -> true;
            case ErnieFailure.FixAccess access -> true;
            case ErnieFailure.GiveUp lasting ->
                !CALLERS_WILL.contains(lasting.details().code());
            case ErnieFailure.Shorten shorten -> readsMore(from, to);
            case ErnieFailure.ClearHistory history -> false;
        };
    }

    /** Whether a reader may have been shown something after this event, so that no other model may begin anew. */
    static boolean commits(ErnieEvent event) {
        return switch (event) {
            case ErnieEvent.Searching searching -> false;
            case ErnieEvent.Switched switched -> false;
            case ErnieEvent.Text text -> true;
            case ErnieEvent.Reasoning reasoning -> true;
            // Their numbers are the superscripts of this answer, and of no other.
            case ErnieEvent.SearchResults results -> true;
            case ErnieEvent.ToolWanted wanted -> true;
            case ErnieEvent.ToolAnswered answered -> true;
            // The content check has spoken about this conversation.
            case ErnieEvent.Verdict verdict -> true;
            case ErnieEvent.Usage usage -> true;
            case ErnieEvent.Finished finished -> true;
        };
    }

    /** Only if it is known. */
    private static boolean readsMore(Window from, Window to) {
        if (from.tokens() > 0 && to.tokens() > 0) {
            return to.tokens() > from.tokens();
        }
        return from.characters() > 0 && to.characters() > from.characters();
    }
}
