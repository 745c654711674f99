package io.erniegateway.gateway.browser;

import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbox;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.web.MemoryTranscript;
import io.erniegateway.connectors.web.WebChat;
import io.erniegateway.connectors.web.WebConnector;
import io.undertow.Undertow;
import io.undertow.server.RoutingHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web chat on a loopback port whose bot does exactly what a test tells it. */
final class ScriptedBot implements AutoCloseable {
    private final List<Inbound> arrived = new CopyOnWriteArrayList<>();
    private final WebConnector connector = new WebConnector(new WebChat("web", "小文 Ernie"), new MemoryTranscript());
    private final Undertow server;
    private volatile Inbox inbox = inbound -> Inbox.Receipt.STORED;

    ScriptedBot() {
        RoutingHandler routes = new RoutingHandler();
        connector.addRoutes(routes);
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(1)
                .setWorkerThreads(4)
                .setHandler(routes)
                .build();
        server.start();
        resume();
    }

    URI page() {
        var address = (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
        return URI.create("http://127.0.0.1:" + address.getPort() + "/chat");
    }

    /** From now on the inbox answers like this. */
    void inbox(Inbox answers) {
        inbox = answers;
    }

    /** Everything that was stored. */
    List<Inbound> arrived() {
        return List.copyOf(arrived);
    }

    List<String> texts() {
        return arrived.stream()
                .filter(Inbound.Written.class::isInstance)
                .map(inbound -> ((Inbound.Written) inbound).text())
                .toList();
    }

    /** Waits for so many texts. */
    ScriptedBot heard(int texts) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> texts().size() >= texts);
        return this;
    }

    MessageRef says(String markdown) {
        return ((PostOutcome.Posted) connector.post(chat(), connector.render(markdown))).message();
    }

    EditOutcome changes(MessageRef message, String markdown) {
        return connector.edit(message, connector.render(markdown));
    }

    void isBusy() {
        connector.typing(chat());
    }

    /** The gateway goes down, as far as the page can see. */
    void pause() {
        connector.close();
    }

    void resume() {
        connector.start(inbound -> {
            Inbox.Receipt receipt = inbox.accept(inbound);
            if (receipt == Inbox.Receipt.STORED) {
                arrived.add(inbound);
            }
            return receipt;
        });
    }

    private ChatId chat() {
        return arrived.getLast().chat();
    }

    @Override
    public void close() {
        connector.close();
        server.stop();
    }
}
