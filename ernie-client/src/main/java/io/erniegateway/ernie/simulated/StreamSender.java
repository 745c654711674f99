package io.erniegateway.ernie.simulated;

import io.erniegateway.ernie.Dialect;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/** Sends one reply at its pace, with its quirks and its fault. One thread sends; any may make it {@link #stop}. */
final class StreamSender {
    private static final int LONG_LINE_BYTES = 70_000;
    private static final int HUGE_LINE_BYTES = 5 * 1024 * 1024;
    private static final int SPLIT_BYTES = 7;
    private static final int EVENTS_PER_PACKET = 3;

    /** Whatever the time scale, for this one never ends. */
    private static final Duration BETWEEN_COMMENTS = Duration.ofMillis(5);

    private final HttpServerExchange exchange;
    private final Dialect dialect;
    private final Reply reply;
    private final Profile profile;
    private final double timeScale;
    private final RandomGenerator random;
    private final Traffic traffic;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean settled = new AtomicBoolean();
    private final ByteArrayOutputStream packet = new ByteArrayOutputStream();
    private int eventsInPacket;

    StreamSender(
            HttpServerExchange exchange,
            Dialect dialect,
            Reply reply,
            Profile profile,
            double timeScale,
            RandomGenerator random,
            Traffic traffic) {
        this.exchange = exchange;
        this.dialect = dialect;
        this.reply = reply;
        this.profile = profile;
        this.timeScale = timeScale;
        this.random = random;
        this.traffic = traffic;
    }

    void send(List<String> frames) {
        traffic.openStreams.incrementAndGet();
        Hangup hangup = Hangup.watch(exchange, this::stop);
        try {
            sendAll(frames);
        } catch (IOException e) {
            // Writing to a client that has left.
            settle(false);
        } catch (InterruptedException e) {
            settle(false);
            Thread.currentThread().interrupt();
        } finally {
            hangup.stop();
        }
    }

    /** The client has left, or the simulator closes. */
    void stop() {
        settle(false);
        stopped.countDown();
    }

    private void sendAll(List<String> frames) throws IOException, InterruptedException {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        pause(profile.first());
        for (int i = 0; i < frames.size(); i++) {
            if (faulted(i)) {
                return;
            }
            if (i > 0) {
                pause(between(profile.shortestGap(), profile.longestGap()));
            }
            boolean last = i == frames.size() - 1;
            event(frames.get(i), i, last && !endsWithDone());
        }
        if (faulted(frames.size())) {
            return;
        }
        if (endsWithDone()) {
            write(bytes(line("[DONE]")), true);
        } else {
            write(new byte[0], true);
        }
    }

    private boolean endsWithDone() {
        return dialect != Dialect.QIANFAN_V1 && !reply.quirks().contains(Quirk.NO_DONE);
    }

    /** Whether the fault strikes here, after so many chunks; the reply is then over. */
    private boolean faulted(int sent) throws IOException, InterruptedException {
        if (stopped.getCount() == 0) {
            return true;
        }
        if (reply.fault().afterChunks() != sent) {
            return false;
        }
        switch (reply.fault()) {
            case Fault.Cut cut -> write(new byte[0], true);
            case Fault.Reset reset -> {
                flush(false);
                tear();
            }
            case Fault.Stall stall -> {
                flush(false);
                stopped.await();
            }
            case Fault.Babble babble -> babble();
            case Fault.ErrorLine error -> errorLine(error);
            case Fault.None none -> throw misplaced(none);
            case Fault.OkError error -> throw misplaced(error);
            case Fault.Status status -> throw misplaced(status);
        }
        return true;
    }

    private void babble() throws IOException, InterruptedException {
        while (!stopped.await(BETWEEN_COMMENTS.toMillis(), TimeUnit.MILLISECONDS)) {
            write(bytes(": keep-alive" + newline() + newline()), false);
        }
    }

    private void errorLine(Fault.ErrorLine error) throws IOException {
        int status = dialect == Dialect.QIANFAN_V1 ? 200 : 500;
        String body = Rejected.scripted(dialect, status, error.code(), error.message())
                .body(dialect, "as-simulated");
        write(bytes(dialect == Dialect.QIANFAN_V1 ? body + newline() : line(body)), true);
    }

    private static IllegalStateException misplaced(Fault fault) {
        return new IllegalStateException("no fault of a stream: " + fault);
    }

    private void tear() throws IOException {
        settle(true);
        WholeSender.tear(exchange);
    }

    private void event(String frame, int index, boolean last) throws IOException {
        String json = frame;
        if (index == 0 && reply.quirks().contains(Quirk.LONG_LINE)) {
            json = padded(frame, LONG_LINE_BYTES);
        } else if (index == 1 && reply.quirks().contains(Quirk.HUGE_LINE)) {
            json = padded(frame, HUGE_LINE_BYTES);
        }
        if (reply.quirks().contains(Quirk.COMMENT_LINES)) {
            packet.writeBytes(bytes(": keep-alive" + newline() + newline()));
        }
        byte[] event = bytes(line(json));
        packet.writeBytes(reply.quirks().contains(Quirk.BROKEN_UTF8) ? broken(event) : event);
        eventsInPacket++;
        if (!reply.quirks().contains(Quirk.SEVERAL_PER_PACKET) || eventsInPacket >= EVENTS_PER_PACKET) {
            flush(last);
        }
    }

    private void write(byte[] bytes, boolean last) throws IOException {
        packet.writeBytes(bytes);
        flush(last);
    }

    /** Settled before the last bytes leave: the client may hang up on them at once. */
    private void flush(boolean last) throws IOException {
        if (last) {
            settle(true);
        }
        byte[] bytes = packet.toByteArray();
        packet.reset();
        eventsInPacket = 0;
        OutputStream out = exchange.getOutputStream();
        int step = reply.quirks().contains(Quirk.SPLIT_UTF8) ? SPLIT_BYTES : Math.max(1, bytes.length);
        for (int at = 0; at < bytes.length; at += step) {
            out.write(bytes, at, Math.min(step, bytes.length - at));
            out.flush();
        }
    }

    private void settle(boolean finished) {
        if (settled.compareAndSet(false, true)) {
            (finished ? traffic.finishedStreams : traffic.cancelledStreams).incrementAndGet();
            traffic.openStreams.decrementAndGet();
        }
    }

    private void pause(Duration length) throws IOException, InterruptedException {
        long nanos = (long) (length.toNanos() * timeScale);
        if (nanos > 0 && stopped.await(nanos, TimeUnit.NANOSECONDS)) {
            throw new IOException("the client has left");
        }
    }

    private Duration between(Duration least, Duration most) {
        long spread = most.minus(least).toNanos();
        return spread <= 0 ? least : least.plusNanos(random.nextLong(spread));
    }

    private String line(String json) {
        boolean tight = reply.quirks().contains(Quirk.NO_SPACE_AFTER_DATA);
        boolean blank = !reply.quirks().contains(Quirk.NO_BLANK_LINES);
        return (tight ? "data:" : "data: ") + json + newline() + (blank ? newline() : "");
    }

    private String newline() {
        return reply.quirks().contains(Quirk.CRLF) ? "\r\n" : "\n";
    }

    private static String padded(String frame, int bytes) {
        return "{\"padding\":\"" + "x".repeat(bytes) + "\"," + frame.substring(1);
    }

    /** Puts a byte that no UTF-8 has before the first character of the text. */
    private static byte[] broken(byte[] event) {
        String latin = new String(event, StandardCharsets.ISO_8859_1);
        return latin.replaceFirst("\"(content|result)\":\"(?!\")", "$0\u00FF").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
