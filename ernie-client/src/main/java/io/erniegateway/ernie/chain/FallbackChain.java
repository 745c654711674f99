package io.erniegateway.ernie.chain;

import io.erniegateway.ernie.ChatAnswer;
import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.EmbeddingRequest;
import io.erniegateway.ernie.Embeddings;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.ModelInfo;
import io.erniegateway.ernie.Ranking;
import io.erniegateway.ernie.RerankRequest;
import io.erniegateway.ernie.Window;
import io.erniegateway.ernie.reading.OpenStreams;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the first link, and each next one only if the one before cannot answer and nothing of its answer has been seen.
 * The stream tells of it by {@link io.erniegateway.ernie.ErnieEvent.Switched}. If all fail, the last failure is thrown,
 * with the earlier ones suppressed in it.
 *
 * <p>A whole answer falls back likewise, but says nothing of it. What names a model of its own is asked of the first link
 * alone: vectors of two models cannot be compared, nor their rankings, and a list is one server's.
 */
public final class FallbackChain implements ErnieClient {
    private static final Logger LOG = LoggerFactory.getLogger(FallbackChain.class);

    /** Who waits for more has been waiting too long. */
    private static final int MOST_LINKS = 10;

    private final List<Link> links;
    private final OpenStreams open = new OpenStreams();

    /**
     * A model to ask.
     *
     * @param name what {@code Switched} calls it
     * @param client is closed with the chain
     * @param window what it reads at once: if it is known to be larger than the one before's, a conversation that was too
     *     long for that one is sent here
     */
    public record Link(String name, ErnieClient client, Window window) {}

    /** A chain of any clients, in the order in which they are asked. */
    public FallbackChain(List<Link> links) {
        if (links.isEmpty() || links.size() > MOST_LINKS) {
            throw new IllegalArgumentException("a chain has 1 to " + MOST_LINKS + " links, not " + links.size());
        }
        this.links = List.copyOf(links);
    }

    /** A chain of clients over HTTP, called by their models, and by their servers where two models have one name. */
    public static FallbackChain connect(List<ErnieSettings> settings) {
        List<Link> links = new ArrayList<>();
        for (ErnieSettings one : settings) {
            long namesakes = settings.stream()
                    .filter(other -> other.model().equals(one.model()))
                    .count();
            String name = namesakes == 1
                    ? one.model()
                    : one.model() + " at " + URI.create(one.baseUrl()).getAuthority();
            links.add(new Link(name, ErnieClient.connect(one), one.window()));
        }
        return new FallbackChain(links);
    }

    @Override
    public ErnieStream open(ChatRequest request, Consumer<? super ErnieStream> begun) {
        return open.begin(new ChainStream(links, request, open::ended), connecting -> {
            begun.accept(connecting);
            connecting.connect();
        });
    }

    @Override
    public ChatAnswer chat(ChatRequest request) {
        Walk walk = new Walk(links);
        while (true) {
            try {
                return walk.link().client().chat(request);
            } catch (ErnieException failed) {
                told(walk.goOn(failed, false));
            } catch (IllegalArgumentException unfit) {
                told(walk.goOn(unfit));
            }
        }
    }

    @Override
    public Embeddings embed(EmbeddingRequest request) {
        return first().embed(request);
    }

    @Override
    public Ranking rerank(RerankRequest request) {
        return first().rerank(request);
    }

    @Override
    public int countTokens(String model, String text) {
        return first().countTokens(model, text);
    }

    @Override
    public List<ModelInfo> models() {
        return first().models();
    }

    private ErnieClient first() {
        return links.getFirst().client();
    }

    private static void told(ErnieEvent.Switched switched) {
        LOG.debug("asks {} instead of {}: {}", switched.to(), switched.from(), switched.why());
    }

    /** Closes the links' clients, too. */
    @Override
    public void close() {
        open.close();
        links.forEach(link -> link.client().close());
    }
}
