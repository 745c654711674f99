package io.erniegateway.connectors.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome.Posted;
import io.erniegateway.connectors.RecordingInbox;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A reader that takes nothing must cost nothing, least of all the others' answers. */
class SlowReaderTest {
    private static final String PARAGRAPH = "0123456789".repeat(2_000);

    private final RecordingInbox inbox = new RecordingInbox();
    private final WebStage web = new WebStage(inbox);
    private final Visitor visitor = web.visitor();

    @AfterEach
    void close() {
        visitor.close();
        web.close();
    }

    @Test
    void a_reader_for_whom_too_much_waits_is_dropped_and_the_others_see_everything() throws Exception {
        visitor.follow().say("hello");
        try (Socket stuck = stuckReader()) {
            for (int i = 1; i <= 700; i++) {
                int posted = i;
                post(posted + " " + PARAGRAPH);
                // The quick reader keeps up; only the stuck one falls behind.
                if (posted % 50 == 0) {
                    await().pollInterval(Duration.ofMillis(5))
                            .until(() -> visitor.lines().size() > posted);
                }
            }
            assertThat(readToTheEnd(stuck))
                    .as("bytes until the connection was cut")
                    .isLessThan(13_000_000L);
        }
    }

    @Test
    void a_reader_who_wakes_up_late_sees_few_steps_of_an_answer_and_the_last_one() throws Exception {
        visitor.follow().say("hello");
        try (Socket slow = stuckReader()) {
            MessageRef answer = post("0");
            for (int i = 1; i <= 700; i++) {
                // The steps differ near their beginning, so that nearly all of each would have to be sent.
                web.connector.edit(answer, web.connector.render(i + " " + PARAGRAPH));
            }
            StringBuilder seen = new StringBuilder();
            slow.setSoTimeout(10_000);
            byte[] some = new byte[65_536];
            while (seen.indexOf("\"revision\":700,") < 0) {
                seen.append(new String(some, 0, slow.getInputStream().read(some), StandardCharsets.ISO_8859_1));
            }
            assertThat(seen.toString().split("event: ?(message|edit)", -1).length)
                    .isLessThan(500);
        }
    }

    private MessageRef post(String markdown) {
        ChatId chat = inbox.arrived().getFirst().chat();
        return ((Posted) web.connector.post(chat, web.connector.render(markdown))).message();
    }

    /** Opens the stream of the visitor's chat and reads its head only. */
    private Socket stuckReader() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), web.chat().getPort()));
        // HTTP/1.0, because its answers are not cut into chunks.
        String request = "GET /chat/events HTTP/1.0\r\nHost: 127.0.0.1\r\nCookie: " + Session.COOKIE + "="
                + visitor.cookie().value() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("history") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        return socket;
    }

    private static long readToTheEnd(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        InputStream in = socket.getInputStream();
        byte[] some = new byte[65_536];
        long bytes = 0;
        try {
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                bytes += n;
            }
        } catch (SocketException reset) {
            // Cut as well.
        }
        return bytes;
    }
}
