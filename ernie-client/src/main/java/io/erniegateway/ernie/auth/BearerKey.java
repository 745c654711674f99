package io.erniegateway.ernie.auth;

import java.util.concurrent.CountDownLatch;
import okhttp3.Request;

/** A long-lived key in the {@code Authorization} header; an empty one sends no header at all. */
public final class BearerKey implements Credentials {
    private final String key;

    public BearerKey(String key) {
        this.key = key;
    }

    @Override
    public Request sign(Request request, CountDownLatch cancelled) {
        return key.isEmpty()
                ? request
                : request.newBuilder().header("Authorization", "Bearer " + key).build();
    }

    /** A refused key stays refused. */
    @Override
    public boolean renew(Request rejected) {
        return false;
    }
}
