package io.erniegateway.gateway.simulation;

import io.erniegateway.gateway.simulation.bound.ArrivalCurve;
import io.erniegateway.gateway.simulation.bound.ArrivalCurve.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a model writes in one answer, and when.
 *
 * @param room which of the scenario's rooms it is for
 * @param startMicros when the first chunk comes
 * @param chunks what comes, in order; the last one ends the answer
 */
record Script(int room, long startMicros, List<Chunk> chunks) {

    /** @param atMicros after the start */
    record Chunk(long atMicros, String text) {}

    private static final long MILLI = 1_000;
    private static final long PACE = 20 * MILLI;

    Script {
        chunks = List.copyOf(chunks);
    }

    Script in(int otherRoom, long otherStart) {
        return new Script(otherRoom, otherStart, chunks);
    }

    String text() {
        StringBuilder all = new StringBuilder();
        chunks.forEach(chunk -> all.append(chunk.text()));
        return all.toString();
    }

    long micros() {
        return chunks.getLast().atMicros();
    }

    /**
     * What of a text counts as read: letters and digits. Markup has none in these scripts, so that the same letters are in
     * what the model writes and in what a reader sees.
     */
    static int letters(String text) {
        return (int) text.codePoints().filter(Character::isLetterOrDigit).count();
    }

    /** When its letters came. */
    ArrivalCurve curve() {
        List<Arrival> arrivals = new ArrayList<>();
        int letters = 0;
        for (Chunk chunk : chunks) {
            int more = letters(chunk.text());
            letters += more;
            if (more > 0) {
                arrivals.add(new Arrival(startMicros + chunk.atMicros(), letters));
            }
        }
        return ArrivalCurve.of(arrivals);
    }

    /** W1: 400 Chinese characters in chunks of 6 to 60, 0.3 to 1.5 s apart. */
    static Script bursty(long seed) {
        Random random = new Random(seed);
        List<Chunk> chunks = new ArrayList<>();
        long at = 0;
        int characters = 0;
        while (characters < 400) {
            int size = Math.min(400 - characters, random.nextInt(6, 61));
            chunks.add(new Chunk(at, chinese(characters, size)));
            characters += size;
            at += random.nextInt(300, 1_501) * MILLI;
        }
        return new Script(0, 0, chunks);
    }

    private static String chinese(int from, int size) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < from + size; i++) {
            text.appendCodePoint(0x4e00 + i * 37 % 5000);
        }
        return text.toString();
    }

    /** W2: 1,500 characters of Markdown, 3 every 20 ms. */
    static Script steady(int characters) {
        String text = markdown(characters);
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < text.length(); i += 3) {
            chunks.add(new Chunk(i / 3 * PACE, text.substring(i, Math.min(text.length(), i + 3))));
        }
        return new Script(0, 0, chunks);
    }

    private static final List<String> BLOCKS = List.of(
            "Streaming keeps a reader **with the writer**: each sentence is on the screen while the next is thought of.\n\n",
            "- the model sends a few characters at a time\n- the gateway *gathers* them\n- the platform shows what it was sent\n\n",
            "A call costs a token, and `tokens` come back slowly, so every call should carry as much as it can.\n\n",
            "## How it goes on\n\nWhat was said stays said, and **nothing is lost** on the way from one side to the other.\n\n");

    private static String markdown(int characters) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < characters; i++) {
            text.append(BLOCKS.get(i % BLOCKS.size()));
        }
        // The last character is a letter, so that the end of the text is something that can be seen.
        return text.substring(0, characters - 1).stripTrailing() + "z";
    }
}
