package io.erniegateway.gateway.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 for ten thousand connections on one thread, with a clock. All callbacks come on that thread. */
final class Wire implements AutoCloseable {
    /** More clients than this never stand before the door at the same time. */
    private static final int BACKLOG = 16_384;

    /** Takes a request; answers now or later by {@link Connection#send}. */
    interface Handler {
        void handle(Connection connection, String path, byte[] body);
    }

    private record Alarm(long at, Runnable work) {}

    private final Handler handler;
    private final Selector selector;
    private final ServerSocketChannel door;
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Comparator.comparingLong(Alarm::at));
    private final Queue<Runnable> errands = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Throwable fault;

    Wire(Handler handler) throws IOException {
        this.handler = handler;
        this.selector = Selector.open();
        this.door = ServerSocketChannel.open();
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        door.configureBlocking(false);
        door.register(selector, SelectionKey.OP_ACCEPT);
        this.thread = Thread.ofPlatform().name("wire").start(this::run);
    }

    int port() {
        return door.socket().getLocalPort();
    }

    /** Runs it on the wire's thread, soon. From any thread. */
    void run(Runnable errand) {
        errands.add(errand);
        selector.wakeup();
    }

    /** Runs it at that time ({@link System#nanoTime}). On the wire's thread only. */
    void at(long nanos, Runnable work) {
        alarms.add(new Alarm(nanos, work));
    }

    /** What went wrong on the wire's thread, if anything. */
    @Nullable
    Throwable fault() {
        return fault;
    }

    private void run() {
        try {
            while (!closed) {
                Alarm next = alarms.peek();
                long wait = next == null ? Long.MAX_VALUE : next.at() - System.nanoTime();
                if (wait <= 0) {
                    int unused = selector.selectNow(this::ready);
                } else {
                    int unused = selector.select(
                            this::ready, next == null ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait)));
                }
                for (Runnable errand = errands.poll(); errand != null; errand = errands.poll()) {
                    errand.run();
                }
                ring(System.nanoTime());
            }
        } catch (IOException | RuntimeException e) {
            fault = e;
        }
    }

    private void ring(long now) {
        for (Alarm alarm = alarms.peek(); alarm != null && alarm.at() <= now; alarm = alarms.peek()) {
            alarms.remove();
            alarm.work().run();
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (!key.isValid()) {
                return;
            }
            if (key.isAcceptable()) {
                accept();
                return;
            }
            Connection connection = (Connection) key.attachment();
            if (key.isWritable()) {
                connection.flush();
            }
            if (key.isValid() && key.isReadable()) {
                connection.read(handler);
            }
        } catch (IOException e) {
            // The client has gone away; what it did not show is found by the comparison of texts.
            key.cancel();
        }
    }

    private void accept() throws IOException {
        for (SocketChannel client = door.accept(); client != null; client = door.accept()) {
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = client.register(selector, SelectionKey.OP_READ);
            key.attach(new Connection(client, key));
        }
    }

    @Override
    public void close() throws Exception {
        closed = true;
        selector.wakeup();
        thread.join();
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
