package io.erniegateway.ernie.auth;

import okhttp3.Request;

/** Lets a request in. Thread-safe. */
public interface Credentials {

    /**
     * The request with its key or token; may block to get one.
     *
     * @throws io.erniegateway.ernie.ErnieException if none can be had
     */
    Request sign(Request request);

    /**
     * The server called the token of this signed request stale.
     *
     * @return whether {@link #sign} will now use another one, so that asking once more makes sense
     */
    boolean renew(Request rejected);
}
