package io.erniegateway.connectors.simulated.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.connectors.simulated.telegram.UpdateQueue.Pending;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Posts updates to the bot's webhook: one lane per chat and one update in flight per lane, so that a failing update holds
 * back its chat and no other. Repeats after anything but 2xx: at once, then after 2, 4, 8 … s.
 */
final class WebhookCaller {
    private static final MediaType JSON = MediaType.get("application/json");

    /** "60 s idle timeout" of the official server. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Pauses stop doubling at 30 times the first, 60 s with the official 2 s. */
    private static final int LONGEST = 30;

    /** A bot's own Retry-After is honoured up to this. */
    private static final long LONGEST_RETRY_AFTER = 3600;

    /** One setting of the webhook; compared by identity, since the same URL set anew begins anew. */
    private static final class Target {
        private final String url;
        private final String secret;
        private final int maxConnections;
        private final Semaphore connections;

        Target(String url, String secret, int maxConnections) {
            this.url = url;
            this.secret = secret;
            this.maxConnections = maxConnections;
            this.connections = new Semaphore(maxConnections);
        }
    }

    private final UpdateQueue queue;
    private final Duration pause;
    private final OkHttpClient client = new OkHttpClient.Builder()
            .readTimeout(PATIENCE)
            .callTimeout(PATIENCE)
            .build();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Deque<Pending>> lanes = new HashMap<>();
    private @Nullable Target target;
    private String lastError = "";
    private long lastErrorAt;

    WebhookCaller(UpdateQueue queue, Duration pause) {
        this.queue = queue;
        this.pause = pause;
    }

    void start(String url, String secret, int maxConnections) {
        stop();
        lock.lock();
        try {
            target = new Target(url, secret, maxConnections);
        } finally {
            lock.unlock();
        }
        queue.openWebhook(this::offer);
    }

    void stop() {
        queue.closeWebhook();
        lock.lock();
        try {
            target = null;
            lanes.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        client.dispatcher().cancelAll();
    }

    void close() {
        stop();
        client.connectionPool().evictAll();
    }

    ObjectNode info() {
        lock.lock();
        try {
            ObjectNode info = ApiReply.MAPPER.createObjectNode();
            info.put("url", target == null ? "" : target.url);
            info.put("has_custom_certificate", false);
            info.put("pending_update_count", queue.ids().size());
            if (target != null) {
                info.put("max_connections", target.maxConnections);
                if (!lastError.isEmpty()) {
                    info.put("last_error_date", lastErrorAt).put("last_error_message", lastError);
                }
            }
            return info;
        } finally {
            lock.unlock();
        }
    }

    private void offer(Pending update) {
        lock.lock();
        try {
            Target now = target;
            if (now == null) {
                return;
            }
            Deque<Pending> lane = lanes.get(update.chat());
            if (lane == null) {
                Deque<Pending> opened = new ArrayDeque<>();
                opened.add(update);
                lanes.put(update.chat(), opened);
                Thread.ofVirtual().name("simulated-telegram-webhook").start(() -> run(update.chat(), opened, now));
            } else {
                lane.add(update);
            }
        } finally {
            lock.unlock();
        }
    }

    private void run(String chat, Deque<Pending> lane, Target to) {
        try {
            for (Pending update = next(chat, lane, to); update != null; update = next(chat, lane, to)) {
                deliver(update, to);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Pending next(String chat, Deque<Pending> lane, Target to) {
        lock.lock();
        try {
            Pending update = target == to ? lane.poll() : null;
            if (update == null) {
                lanes.remove(chat, lane);
            }
            return update;
        } finally {
            lock.unlock();
        }
    }

    private void deliver(Pending update, Target to) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            to.connections.acquire();
            long retryAfter;
            try {
                retryAfter = call(update, to);
            } finally {
                to.connections.release();
            }
            if (retryAfter < 0) {
                queue.delivered(update.id());
                return;
            }
            Duration own = attempt == 0
                    ? Duration.ZERO
                    : pause.multipliedBy(Math.min(1L << Math.min(attempt - 1, 20), LONGEST));
            if (!rest(Math.max(own.toNanos(), TimeUnit.SECONDS.toNanos(retryAfter)), to)) {
                return;
            }
        }
    }

    /** False if the webhook was changed in the meantime. */
    private boolean rest(long nanos, Target to) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (target == to && left > 0) {
                left = changed.awaitNanos(left);
            }
            return target == to;
        } finally {
            lock.unlock();
        }
    }

    /** Negative if it was taken, else the Retry-After of the answer or 0. */
    private long call(Pending update, Target to) {
        Request.Builder request = new Request.Builder().url(to.url).post(RequestBody.create(update.json(), JSON));
        if (!to.secret.isEmpty()) {
            request.header("X-Telegram-Bot-Api-Secret-Token", to.secret);
        }
        try (Response response = client.newCall(request.build()).execute()) {
            if (response.isSuccessful()) {
                return -1;
            }
            failed("Wrong response from the webhook: " + response.code() + " " + response.message());
            String header = response.header("Retry-After");
            return header != null && header.matches("[0-9]{1,9}")
                    ? Math.min(Long.parseLong(header), LONGEST_RETRY_AFTER)
                    : 0;
        } catch (IOException e) {
            failed("Connection failed");
            return 0;
        }
    }

    private void failed(String why) {
        lock.lock();
        try {
            lastError = why;
            lastErrorAt = Rooms.now();
        } finally {
            lock.unlock();
        }
    }
}
