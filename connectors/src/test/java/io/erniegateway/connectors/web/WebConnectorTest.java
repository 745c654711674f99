package io.erniegateway.connectors.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.ConnectorContract;
import io.erniegateway.connectors.MessageRef;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.xml.sax.InputSource;

/** The common contract, read over real server-sent events. */
class WebConnectorTest extends ConnectorContract {

    @Override
    protected boolean redelivers() {
        return false;
    }

    @Override
    protected Stage open() {
        WebStage web = new WebStage();
        return new Stage() {
            private final Visitor visitor = web.visitor();

            @Override
            public Connector connector() {
                return web.connector;
            }

            @Override
            public void personWrites(String text) {
                if (!visitor.isConnected() && visitor.events().isEmpty()) {
                    visitor.follow();
                }
                Visitor.Answer answer = visitor.say(text);
                assertThat(answer.status()).isIn(200, 503);
            }

            // What a page that reloads is told, once the page that stayed open shows the same.
            @Override
            public List<String> botMessages() {
                String room = Session.hash("web", visitor.cookie().value());
                List<Visitor.Shown> kept = web.transcript.lines(room).stream()
                        .map(line -> new Visitor.Shown(
                                line.fromBot(), line.fromBot() ? line.html() : line.text(), line.revision()))
                        .toList();
                await().pollInterval(Duration.ofMillis(5))
                        .untilAsserted(() -> assertThat(visitor.lines()).isEqualTo(kept));
                return visitor.lines().stream()
                        .filter(Visitor.Shown::bot)
                        .map(line -> textContent(line.content()))
                        .toList();
            }

            @Override
            public void messageVanishes(MessageRef message) {
                assertThat(visitor.post("/clear", "{}").status()).isEqualTo(200);
            }

            @Override
            public boolean refuseNext(Duration retryAfter) {
                return false;
            }

            @Override
            public boolean failNext() {
                return false;
            }

            @Override
            public void close() {
                visitor.close();
                web.close();
            }
        };
    }

    /** By a real parser, which also proves that the markup is well formed. */
    static String textContent(String html) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader("<div>" + html + "</div>")))
                    .getDocumentElement()
                    .getTextContent()
                    .strip();
        } catch (Exception e) {
            throw new AssertionError("not well formed: " + html, e);
        }
    }
}
