package io.erniegateway.ernie.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieEvent.Finished;
import io.erniegateway.ernie.sse.StreamDecoder.State;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamFuzzTest {
    private static final int STREAMS = 5_000;
    private static final long SEED = 20_261_124;
    private static final List<String> SPLICES = List.of(
            "\n",
            "\r",
            "data:",
            "data: [DONE]\n",
            "{",
            "}",
            "\"",
            "\\",
            "[",
            "null",
            "1e999",
            "-1",
            "\u0000",
            "\\ud83d",
            "{\"error_code\":18}\n",
            "\"is_end\":true",
            "\"finish_reason\":\"stop\"",
            "[[[[[[[[",
            ":",
            "true",
            "字");

    @Test
    void thousands_of_mutated_streams_give_bounded_events_and_an_end_or_a_typed_failure() {
        Random random = new Random(SEED);
        int failed = 0;
        int ended = 0;
        for (int i = 0; i < STREAMS; i++) {
            Recorded recorded = Recorded.all().get(random.nextInt(Recorded.all().size()));
            byte[] bytes = mutated(recorded.stream().getBytes(UTF_8), random);
            Decoding decoding = Decoding.of(recorded.dialect(), bytes, 1 + random.nextInt(200));
            long finishes = decoding.events().stream()
                    .filter(Finished.class::isInstance)
                    .count();
            switch (decoding.state()) {
                case State.Ended end -> {
                    ended++;
                    assertThat(finishes).isEqualTo(1);
                    assertThat(decoding.events().getLast()).isInstanceOf(Finished.class);
                }
                case State.Failed failure -> {
                    failed++;
                    assertThat(finishes).isZero();
                    assertThat(failure.failure().details().message()).hasSizeBetween(1, 500);
                }
                case State.Running running ->
                    throw new AssertionError("still running after the end: seed " + SEED + ", stream " + i);
            }
            assertWellFormed(decoding);
        }
        // Else the mutations are too mild or too wild to test anything.
        assertThat(failed).isGreaterThan(STREAMS / 10);
        assertThat(ended).isGreaterThan(STREAMS / 10);
    }

    private static void assertWellFormed(Decoding decoding) {
        assertThat(decoding.text().length()).isLessThanOrEqualTo(Decoding.ANSWER_CHARACTERS);
        String all = decoding.text() + decoding.reasoning();
        assertThat(WellFormed.text(all)).isEqualTo(all);
        for (ErnieEvent event : decoding.events()) {
            if (event instanceof ErnieEvent.Text(String delta)) {
                assertThat(delta).isNotEmpty();
            }
        }
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        int mutations = 1 + random.nextInt(2);
        for (int m = 0; m < mutations; m++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 2 ->
                    bytes = spliced(
                            bytes,
                            at,
                            at,
                            SPLICES.get(random.nextInt(SPLICES.size())).getBytes(UTF_8));
                case 3 -> bytes = spliced(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(30)), new byte[0]);
                default -> {
                    int from = random.nextInt(bytes.length);
                    int to = Math.min(bytes.length, from + 1 + random.nextInt(200));
                    bytes = spliced(bytes, at, at, Arrays.copyOfRange(bytes, from, to));
                }
            }
            if (bytes.length == 0) {
                bytes = new byte[] {'\n'};
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] inserted) {
        byte[] result = new byte[bytes.length - (to - from) + inserted.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(inserted, 0, result, from, inserted.length);
        System.arraycopy(bytes, to, result, from + inserted.length, bytes.length - to);
        return result;
    }
}
