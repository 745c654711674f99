package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.app_backend.SlackSignature;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Signed requests (docs.slack.dev {@code apis/events-api/using-http-request-urls}), again at once, after one minute and
 * after five if the app does not answer with 2xx in three seconds. Signed by Slack's own SDK, so that the connector's
 * check has an independent witness.
 */
final class HttpCourier implements Courier {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");
    /** More than that waits only if the app is dead; Slack would have dropped them long ago. */
    private static final int MAX_WAITING = 10_000;

    private static final Duration VERIFICATION = Duration.ofSeconds(10);

    private record Parcel(URI to, MediaType type, String body, boolean again, int attempt, String reason) {
        Parcel next(String why) {
            return new Parcel(to, type, body, again, attempt + 1, why);
        }
    }

    private final URI events;
    private final URI commands;
    private final SlackSignature.Generator signature;
    private final SlackTimes times;
    private final Clock clock;
    private final Alarms alarms;
    private final OkHttpClient client;
    private final BlockingQueue<Parcel> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final Thread worker;

    HttpCourier(URI events, URI commands, String secret, SlackTimes times, Clock clock, Alarms alarms) {
        this.events = events;
        this.commands = commands;
        this.signature = new SlackSignature.Generator(secret);
        this.times = times;
        this.clock = clock;
        this.alarms = alarms;
        this.client = new OkHttpClient.Builder()
                .callTimeout(times.ackWithin())
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .build();
        this.worker = Thread.ofVirtual().name("simulated-slack-http").start(this::work);
    }

    @Override
    public void event(ObjectNode payload) {
        waiting.offer(new Parcel(events, JSON, payload.toString(), true, 0, ""));
    }

    @Override
    public void command(Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        waiting.offer(new Parcel(commands, FORM, body, false, 0, ""));
    }

    /** Whether the address answers {@code url_verification} with its challenge, as a new subscription asks. */
    boolean isVerified() {
        String challenge = "challenge-" + clock.millis();
        String body = "{\"token\":\"simulated\",\"type\":\"url_verification\",\"challenge\":\"" + challenge + "\"}";
        Request request = request(new Parcel(events, JSON, body, false, 0, ""));
        // A person stands before the page and waits: never shortened with the other times.
        OkHttpClient patient = client.newBuilder().callTimeout(VERIFICATION).build();
        try (Response answer = patient.newCall(request).execute()) {
            return answer.code() == 200 && answer.body().string().contains(challenge);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        worker.interrupt();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private void work() {
        try {
            while (true) {
                bring(waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void bring(Parcel parcel) {
        try (Response answer = client.newCall(request(parcel)).execute()) {
            if (!answer.isSuccessful() && !"1".equals(answer.header("x-slack-no-retry"))) {
                failed(parcel, "http_error");
            }
        } catch (InterruptedIOException e) {
            failed(parcel, "http_timeout");
        } catch (IOException e) {
            failed(parcel, "connection_failed");
        }
    }

    private void failed(Parcel parcel, String reason) {
        if (parcel.again() && parcel.attempt() < times.retries().size()) {
            alarms.in(times.retries().get(parcel.attempt()), () -> waiting.offer(parcel.next(reason)));
        }
    }

    private Request request(Parcel parcel) {
        String timestamp = String.valueOf(clock.instant().getEpochSecond());
        Request.Builder request = new Request.Builder()
                .url(parcel.to().toString())
                .header("X-Slack-Request-Timestamp", timestamp)
                .header("X-Slack-Signature", signature.generate(timestamp, parcel.body()))
                .post(RequestBody.create(parcel.body().getBytes(StandardCharsets.UTF_8), parcel.type()));
        if (parcel.attempt() > 0) {
            request.header("x-slack-retry-num", String.valueOf(parcel.attempt()))
                    .header("x-slack-retry-reason", parcel.reason());
        }
        return request.build();
    }
}
