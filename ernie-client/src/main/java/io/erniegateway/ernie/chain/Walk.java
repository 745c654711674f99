package io.erniegateway.ernie.chain;

import io.erniegateway.ernie.ErnieEvent.Switched;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure.Details;
import io.erniegateway.ernie.ErnieFailure.GiveUp;
import io.erniegateway.ernie.chain.FallbackChain.Link;
import java.util.ArrayList;
import java.util.List;

/** The way of one question down the chain, from failure to failure. Not thread-safe. */
final class Walk {
    private final List<Link> links;
    private final List<ErnieException> earlier = new ArrayList<>();
    private int at;

    Walk(List<Link> links) {
        this.links = links;
    }

    /** Whose turn it is. */
    Link link() {
        return links.get(at);
    }

    /**
     * On to the next link that may help.
     *
     * @param committed whether something was handed out, so that no other may answer
     * @throws ErnieException if there is none: this failure, with the earlier ones suppressed in it
     */
    Switched goOn(ErnieException failed, boolean committed) {
        Link from = link();
        for (int next = committed ? links.size() : at + 1; next < links.size(); next++) {
            Link to = links.get(next);
            if (Switching.helps(failed.failure(), from.window(), to.window())) {
                earlier.add(failed);
                at = next;
                return new Switched(from.name(), to.name(), failed.failure());
            }
        }
        earlier.forEach(failed::addSuppressed);
        throw failed;
    }

    /**
     * The link does not take the request. Before it another did, so it is not the caller's fault: this dialect cannot say
     * it (images in V1).
     *
     * @throws IllegalArgumentException itself, if this was the first
     */
    Switched goOn(IllegalArgumentException unfit) {
        if (earlier.isEmpty()) {
            throw unfit;
        }
        Details details = new Details(0, "unfit", String.valueOf(unfit.getMessage()), "");
        ErnieException failed = new ErnieException(new GiveUp(details), unfit);
        if (at + 1 < links.size()) {
            return goOn(failed, false);
        }
        // What the caller can act upon is why the one before, who took the request, did not answer.
        ErnieException last = earlier.removeLast();
        last.addSuppressed(failed);
        earlier.forEach(last::addSuppressed);
        throw last;
    }
}
