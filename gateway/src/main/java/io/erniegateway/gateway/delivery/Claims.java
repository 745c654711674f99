package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.gateway.budget.Meter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the meters hold back for one answer. Guarded by the delivery's lock. */
final class Claims {

    private record Claim(Meter meter, boolean grows, boolean last) {}

    private List<Claim> claims = List.of();
    private @Nullable Call by;
    private long firstTextAt;

    /** Announces what the answer is going to need; anew when the way of showing has changed. */
    void make(Call call, List<Meter> interim, List<Meter> last, long firstText, long now) {
        by = call;
        release(true, now);
        firstTextAt = firstText;
        claims = Stream.concat(interim.stream(), last.stream())
                .distinct()
                .map(meter -> new Claim(meter, interim.contains(meter), last.contains(meter)))
                .toList();
        for (Claim claim : claims) {
            if (claim.grows()) {
                claim.meter().joined(firstTextAt, now);
            }
            if (claim.last()) {
                claim.meter().expectLast();
            }
        }
    }

    /** By which call it has announced to grow, if it has. */
    @Nullable
    Call by() {
        return by;
    }

    /** It grows no more, but its last text is still to come. */
    void grown(long now) {
        List<Claim> grown = claims;
        release(false, now);
        claims = grown.stream()
                .filter(Claim::last)
                .map(claim -> new Claim(claim.meter(), false, true))
                .toList();
    }

    /** Nothing more is needed. */
    void drop(long now) {
        release(true, now);
    }

    private void release(boolean last, long now) {
        for (Claim claim : claims) {
            if (claim.grows()) {
                claim.meter().left(firstTextAt, now);
            }
            if (claim.last() && last) {
                claim.meter().lastDone();
            }
        }
        claims = List.of();
    }
}
