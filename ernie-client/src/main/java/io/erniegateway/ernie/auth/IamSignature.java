package io.erniegateway.ernie.auth;

import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import okhttp3.Request;

/** V1 with an IAM user's keys instead of an OAuth token: every call is signed, nothing has to be fetched. */
public final class IamSignature implements Credentials {
    private final BceSigner signer;
    private final InstantSource clock;

    /**
     * Signs with these keys.
     *
     * @throws IllegalArgumentException if one of them cannot be a key
     */
    public IamSignature(String accessKey, String secretKey, InstantSource clock) {
        this.signer = new BceSigner(new AccessKeys(accessKey, secretKey));
        this.clock = clock;
    }

    @Override
    public Request sign(Request request, CountDownLatch cancelled) {
        return signer.sign(request, clock.instant());
    }

    /** A refused signature means wrong keys or a wrong clock, and the next one would come of the same. */
    @Override
    public boolean renew(Request rejected) {
        return false;
    }
}
