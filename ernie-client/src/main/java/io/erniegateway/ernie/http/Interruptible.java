package io.erniegateway.ernie.http;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.Response;

/** Runs a call, and says what OkHttp does not. */
final class Interruptible {
    private Interruptible() {}

    /**
     * Sends the call and waits for the head of its response.
     *
     * @throws InterruptedException if the thread is interrupted while a connection is being made: OkHttp 5 waits for that
     *     in a queue and lets the exception through, which Kotlin need not declare and Java could not catch
     */
    @SuppressWarnings("RedundantThrows")
    static Response execute(Call call) throws IOException, InterruptedException {
        return call.execute();
    }
}
