package io.erniegateway.gateway.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Locale;
import java.util.Queue;

/** One connection of a client that sends requests with a Content-Length and waits for each answer. */
final class Connection {
    private static final int FIRST_SIZE = 2048;
    private static final String LENGTH = "\r\ncontent-length:";

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Queue<ByteBuffer> unsent = new ArrayDeque<>();
    private ByteBuffer received = ByteBuffer.allocate(FIRST_SIZE);

    Connection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    /** Sends bytes as they are; keeps what the socket does not take yet. */
    void send(ByteBuffer bytes) {
        try {
            if (unsent.isEmpty()) {
                channel.write(bytes);
            }
            if (bytes.hasRemaining()) {
                unsent.add(bytes);
                key.interestOpsOr(SelectionKey.OP_WRITE);
            }
        } catch (IOException e) {
            key.cancel();
        }
    }

    /** Sends a whole answer. */
    void answer(String json) {
        byte[] body = json.getBytes(UTF_8);
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(ISO_8859_1);
        send(ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip());
    }

    void flush() throws IOException {
        while (!unsent.isEmpty()) {
            channel.write(unsent.element());
            if (unsent.element().hasRemaining()) {
                return;
            }
            unsent.remove();
        }
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
    }

    void read(Wire.Handler handler) throws IOException {
        int count = channel.read(received);
        if (count < 0) {
            key.cancel();
            channel.close();
            return;
        }
        byte[] bytes = received.array();
        int end = headEnd(bytes, received.position());
        if (end > 0) {
            String head = new String(bytes, 0, end, ISO_8859_1);
            int length = length(head);
            if (received.position() >= end + length) {
                byte[] body = Arrays.copyOfRange(bytes, end, end + length);
                received.clear();
                int from = head.indexOf(' ') + 1;
                handler.handle(this, head.substring(from, head.indexOf(' ', from)), body);
                return;
            }
        }
        if (!received.hasRemaining()) {
            received = ByteBuffer.allocate(received.capacity() * 2).put(received.flip());
        }
    }

    private static int headEnd(byte[] bytes, int length) {
        for (int i = 3; i < length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int length(String head) {
        int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
        if (at < 0) {
            return 0;
        }
        int from = at + LENGTH.length();
        return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
    }
}
