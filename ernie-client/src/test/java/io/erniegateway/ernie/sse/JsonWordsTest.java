package io.erniegateway.ernie.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonWordsTest {
    private static final ObjectMapper PLAIN = new ObjectMapper();
    private static final ObjectMapper ESCAPING =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final String LETTERS = "a\"\\/\b\f\n\r\t\u0001\u007f é߿ࠀ中文퟿\ue000\uffff𐀀😀𠮷\udbff\udfff0";

    @Test
    void what_jackson_writes_is_read_back() throws Exception {
        Random random = new Random(11);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(20); n > 0; n--) {
                int at = LETTERS.offsetByCodePoints(0, random.nextInt(LETTERS.codePointCount(0, LETTERS.length())));
                text.appendCodePoint(LETTERS.codePointAt(at));
            }
            for (ObjectMapper mapper : List.of(PLAIN, ESCAPING)) {
                byte[] json = mapper.writeValueAsString(text.toString()).getBytes(UTF_8);
                assertThat(read(json)).isEqualTo(text.toString());
            }
        }
    }

    @Test
    void bytes_that_are_no_utf8_are_left_to_others() {
        Random random = new Random(12);
        int taken = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] bytes = new byte[2 + random.nextInt(5)];
            random.nextBytes(bytes);
            // The first byte decides most: let all of them come.
            bytes[0] = (byte) i;
            byte[] json = new byte[bytes.length + 2];
            json[0] = '"';
            System.arraycopy(bytes, 0, json, 1, bytes.length);
            json[json.length - 1] = '"';
            String read = read(json);
            if (read != null) {
                taken++;
                String text = new String(bytes, UTF_8);
                assertThat(text).as(Arrays.toString(bytes)).doesNotContain("\uFFFD");
                assertThat(read).isEqualTo(jackson(json));
            }
        }
        assertThat(taken).isGreaterThan(1_000);
    }

    @Test
    void what_is_odd_or_long_or_not_whole_is_left_to_others() {
        for (String odd :
                List.of("\"\t\"", "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\\"", "\"", "\"abc", "\"\\", "\"\\u004")) {
            assertThat(read(odd.getBytes(UTF_8))).as(odd).isNull();
        }
        String longest = "字".repeat(JsonWords.MOST_BYTES / 3);
        assertThat(read(('"' + longest + '"').getBytes(UTF_8))).isEqualTo(longest);
        assertThat(read(('"' + longest + "字\"").getBytes(UTF_8))).isNull();
        assertThat(read(('"' + "😀".repeat(200) + '"').getBytes(UTF_8))).isNull();
        assertThat(read(('"' + "a".repeat(JsonWords.MOST_BYTES) + '"').getBytes(UTF_8)))
                .isNull();
    }

    private static @org.jspecify.annotations.Nullable String read(byte[] json) {
        JsonWords words = new JsonWords();
        int end = words.read(json, 1, json.length);
        return end < 0 || end != json.length - 1 ? null : words.words();
    }

    private static String jackson(byte[] json) {
        try {
            return PLAIN.readTree(new String(json, UTF_8)).textValue();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
