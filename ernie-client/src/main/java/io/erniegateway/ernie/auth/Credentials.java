package io.erniegateway.ernie.auth;

import java.util.concurrent.CountDownLatch;
import okhttp3.Request;

/** Lets a request in. Thread-safe. */
public interface Credentials {

    /**
     * The request with its key or token; may block to get one.
     *
     * @param cancelled ends the wait for it
     * @throws io.erniegateway.ernie.ErnieException if none can be had; with the code {@code closed} if it was cancelled
     */
    Request sign(Request request, CountDownLatch cancelled);

    /** As {@link #sign(Request, CountDownLatch)}, for who never takes it back. */
    default Request sign(Request request) {
        return sign(request, new CountDownLatch(1));
    }

    /**
     * The server called the token of this signed request stale.
     *
     * @return whether {@link #sign} will now use another one, so that asking once more makes sense
     */
    boolean renew(Request rejected);
}
