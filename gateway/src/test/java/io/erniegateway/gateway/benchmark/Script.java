package io.erniegateway.gateway.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the model says, in pieces as Qianfan V2 writes them, and in bursts, as it does. Every answer begins with a number
 * of its own, so that no answer can pass for another; the rest is the same for all.
 */
final class Script {
    /** A paragraph, a heading, a list and some code, as models write. 250 characters. */
    private static final String PASSAGE = """
            流式输出让读者不必等待：**第一句话**在模型写完之前就已经出现，后面的文字一点一点补上来，读者可以边看边想。

            ## 三个要点

            - 先让读者看到*一点*内容，再补全其余部分；
            - 每次编辑都只发送最新的全文，绝不重复；
            - 最后一次编辑必须送达，`editMessageText` 失败时要重试。

            One call a second is all that a private chat takes, so every edit has to say as much as it can. 这样读者看到的文字总是最新的，服务器也不会拒绝任何请求，两边都满意，皆大欢喜。

            """;

    /** So many pieces come right behind each other, then there is a silence; an edit shows a burst. */
    private static final int BURST = 5;

    private static final Duration INSIDE = Duration.ofMillis(20);

    private static final byte[] HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8);

    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(UTF_8);

    private final String text;
    private final List<ByteBuffer> pieces = new ArrayList<>();
    private final ByteBuffer end;
    private final Duration lasts;
    private final Duration silence;

    /**
     * A script.
     *
     * @param characters how long an answer is without its number
     * @param chunks in how many pieces it comes
     * @param lasts how long that takes
     */
    Script(int characters, int chunks, Duration lasts) {
        this.lasts = lasts;
        this.silence = lasts.multipliedBy(BURST).dividedBy(chunks).minus(INSIDE.multipliedBy(BURST - 1));
        this.text = PASSAGE.repeat(characters / PASSAGE.length() + 1).substring(0, characters);
        for (int i = 0; i < chunks; i++) {
            int from = (int) ((long) characters * i / chunks);
            int to = (int) ((long) characters * (i + 1) / chunks);
            pieces.add(ByteBuffer.wrap(chunk(event(text.substring(from, to), ""))));
        }
        ByteArrayOutputStream last = new ByteArrayOutputStream();
        last.writeBytes(chunk(event("", "\"finish_reason\":\"stop\",")));
        last.writeBytes(chunk("data: [DONE]\n\n"));
        last.writeBytes(LAST_CHUNK);
        this.end = ByteBuffer.wrap(last.toByteArray());
    }

    Duration lasts() {
        return lasts;
    }

    /** The time before this piece. */
    Duration before(int index) {
        return index % BURST == 0 ? silence : INSIDE;
    }

    int chunks() {
        return pieces.size();
    }

    /** The whole answer of this number, as the model wrote it. */
    String markdown(long number) {
        return beginning(number) + text;
    }

    private static String beginning(long number) {
        return "No. " + number + ": ";
    }

    /** The answer's head and the number it begins with. */
    ByteBuffer head(long number) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HEAD);
        out.writeBytes(chunk(event(beginning(number), "")));
        return ByteBuffer.wrap(out.toByteArray());
    }

    ByteBuffer piece(int index) {
        return pieces.get(index).duplicate();
    }

    ByteBuffer end() {
        return end.duplicate();
    }

    private static String event(String content, String finish) {
        return "data: {\"id\":\"as-6b8c1t9xq2\",\"object\":\"chat.completion.chunk\",\"created\":1780000000,"
                + "\"model\":\"ernie-5.1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                + new String(JsonStringEncoder.getInstance().quoteAsString(content)) + "\"}," + finish
                + "\"flag\":0}]}\n\n";
    }

    private static byte[] chunk(String data) {
        byte[] bytes = data.getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
        out.writeBytes(bytes);
        out.writeBytes("\r\n".getBytes(UTF_8));
        return out.toByteArray();
    }
}
