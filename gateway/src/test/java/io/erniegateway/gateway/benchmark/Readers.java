package io.erniegateway.gateway.benchmark;

import io.erniegateway.connectors.telegram.TelegramBot;
import io.erniegateway.connectors.telegram.TelegramConnector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One round's readers: what each of them has to see in the end, and when they saw it. On the wire's thread, but for {@link #await}. */
final class Readers {
    private static final class Reader {
        final int expectedLength;
        final long expectedHash;
        final Map<Integer, String> messages = new HashMap<>();
        long lastChunkAt = Long.MAX_VALUE;
        long wholeAt;

        Reader(String expected) {
            this.expectedLength = expected.length();
            this.expectedHash = hash(expected);
        }
    }

    private final Map<Long, Reader> readers = new HashMap<>();
    private final CountDownLatch waiting;
    private final List<String> faults = new ArrayList<>();
    private int posts;
    private int edits;
    private int signs;

    Readers(Script script, long first, int count) {
        this.waiting = new CountDownLatch(count);
        try (TelegramConnector telegram =
                new TelegramConnector(TelegramBot.polling("expected", TelegramBot.CLOUD, "1:none"))) {
            // Only the number differs, so one rendering tells all.
            String expected = telegram.render(script.markdown(first)).text();
            String number = Long.toString(first);
            for (long chat = first; chat < first + count; chat++) {
                readers.put(chat, new Reader(letters(expected.replaceFirst(number, Long.toString(chat)))));
            }
        }
    }

    /** Messages are cut at white space, which then stands in neither. */
    private static String letters(String text) {
        StringBuilder letters = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                letters.append(text.charAt(i));
            }
        }
        return letters.toString();
    }

    private static long hash(String text) {
        long hash = 1125899906842597L;
        for (int i = 0; i < text.length(); i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    boolean has(long chat) {
        return readers.containsKey(chat);
    }

    void lastChunk(long chat, long now) {
        reader(chat).lastChunkAt = now;
    }

    void signed() {
        signs++;
    }

    void posted(long chat, int message, String text, long now) {
        posts++;
        show(chat, message, text, now);
    }

    void edited(long chat, int message, String text, long now) {
        edits++;
        show(chat, message, text, now);
    }

    private void show(long chat, int message, String text, long now) {
        Reader reader = reader(chat);
        reader.messages.put(message, text);
        if (reader.lastChunkAt == Long.MAX_VALUE) {
            return;
        }
        StringBuilder all = new StringBuilder();
        reader.messages.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(part -> all.append(letters(part.getValue())));
        if (all.length() == reader.expectedLength && hash(all.toString()) == reader.expectedHash) {
            if (reader.wholeAt == 0) {
                reader.wholeAt = now;
                waiting.countDown();
            }
        } else if (reader.wholeAt != 0) {
            faults.add("the answer of chat " + chat + " was whole and is not any more");
        }
    }

    private Reader reader(long chat) {
        Reader reader = readers.get(chat);
        if (reader == null) {
            throw new IllegalStateException("nobody is in chat " + chat);
        }
        return reader;
    }

    /** Waits until all have seen the whole of their answers; from any thread. */
    boolean await(long seconds) throws InterruptedException {
        return waiting.await(seconds, TimeUnit.SECONDS);
    }

    long missing() {
        return waiting.getCount();
    }

    List<String> faults() {
        return faults;
    }

    /** Milliseconds from the last chunk to the whole text, in rising order; when all is over. */
    List<Double> lags() {
        return readers.values().stream()
                .map(reader -> (reader.wholeAt - reader.lastChunkAt) / 1e6)
                .sorted()
                .toList();
    }

    /** When the last of them saw the whole answer ({@link System#nanoTime}); when all is over. */
    long allWholeAt() {
        return readers.values().stream()
                .mapToLong(reader -> reader.wholeAt)
                .max()
                .orElseThrow();
    }

    /** Posts, edits and signs. */
    record Calls(int posts, int edits, int signs) {}

    Calls calls() {
        return new Calls(posts, edits, signs);
    }
}
