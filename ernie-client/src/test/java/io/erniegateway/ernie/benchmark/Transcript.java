package io.erniegateway.ernie.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.erniegateway.ernie.Dialect;
import java.io.ByteArrayOutputStream;
import java.util.Random;

/** The bytes of one long answer, as the server of a dialect writes them. */
final class Transcript {
    /** Pieces of text, and so the fewest events that tell all of it. */
    static final int PIECES = 1_000;

    private static final int SEED = 5;

    /** Most of what an answer is written with: characters of three bytes. */
    private static final String LETTERS = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多，。";

    /** Of so many pieces one ends with a new line, which JSON escapes. */
    private static final int PIECES_IN_A_PARAGRAPH = 40;

    private final byte[] bytes;
    private final int characters;

    private Transcript(byte[] bytes, int characters) {
        this.bytes = bytes;
        this.characters = characters;
    }

    /** V2 writes token by token, one to four characters; V1 sentence by sentence. */
    static Transcript of(Dialect dialect) {
        boolean v1 = dialect == Dialect.QIANFAN_V1;
        Random random = new Random(SEED);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        int characters = 0;
        for (int number = 0; number < PIECES; number++) {
            StringBuilder text = new StringBuilder();
            int length = v1 ? random.nextInt(6, 61) : random.nextInt(1, 5);
            for (int i = 0; i < length; i++) {
                text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            characters += length;
            if (random.nextInt(PIECES_IN_A_PARAGRAPH) == 0) {
                text.append("\\n");
                characters++;
            }
            stream.writeBytes(line(v1 ? sentence(number, text) : token(number, text, "")));
        }
        if (v1) {
            stream.writeBytes(line(sentence(PIECES, "")));
        } else {
            stream.writeBytes(line(token(PIECES, "", "\"finish_reason\":\"stop\",")));
            stream.writeBytes(line("[DONE]"));
        }
        return new Transcript(stream.toByteArray(), characters);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** How many the answer's text has. */
    int characters() {
        return characters;
    }

    private static String token(int number, CharSequence text, String end) {
        int created = 1_780_000_000 + number / 30;
        return "{\"id\":\"as-6b8c1t9xq2\",\"object\":\"chat.completion.chunk\",\"created\":" + created
                + ",\"model\":\"ernie-5.1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}," + end
                + "\"flag\":0}]}";
    }

    private static String sentence(int number, CharSequence text) {
        int created = 1_690_000_000 + number;
        return "{\"id\":\"as-zjk0b5w8vm\",\"object\":\"chat.completion\",\"created\":" + created + ",\"sentence_id\":"
                + number + ",\"is_end\":" + (number == PIECES) + ",\"is_truncated\":false,\"result\":\"" + text
                + "\",\"need_clear_history\":false,\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":0,"
                + "\"total_tokens\":" + (12 + 7 * number) + "}}";
    }

    private static byte[] line(String data) {
        return ("data: " + data + "\n\n").getBytes(UTF_8);
    }
}
