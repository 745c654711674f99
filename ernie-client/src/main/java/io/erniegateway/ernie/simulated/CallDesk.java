package io.erniegateway.ernie.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.ernie.Dialect;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Answers what is answered at once: whole chat answers, vectors, rankings, token counts, the list of models. */
final class CallDesk {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String V1_SERVICES = "/rpc/2.0/ai_custom/v1/wenxinworkshop/";

    /** Vectors and rankings take a small model some tens of milliseconds. */
    private static final Duration USUAL_TIME = Duration.ofMillis(50);

    private final SimulatorOptions options;
    private final InstantSource clock;
    private final Traffic traffic;
    private final CallRules rules;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Set<WholeSender> senders = ConcurrentHashMap.newKeySet();

    /** What is asked for. */
    enum Family {
        EMBEDDINGS,
        RERANK,
        TOKENIZER
    }

    /**
     * Where a path leads.
     *
     * @param v1Name the model in a path of V1, else empty
     */
    record Route(Dialect dialect, Family family, String v1Name) {}

    CallDesk(SimulatorOptions options, InstantSource clock, Traffic traffic) {
        this.options = options;
        this.clock = clock;
        this.traffic = traffic;
        this.rules = new CallRules(options);
    }

    /** Documented is {@code /v2/rerank}; Baidu's SDKs use {@code /v2/rerankers}. */
    static Optional<Route> route(String path) {
        return switch (path) {
            case "/v2/embeddings" -> Optional.of(new Route(Dialect.QIANFAN_V2, Family.EMBEDDINGS, ""));
            case "/v1/embeddings" -> Optional.of(new Route(Dialect.OPENAI, Family.EMBEDDINGS, ""));
            case "/v2/rerank", "/v2/rerankers" -> Optional.of(new Route(Dialect.QIANFAN_V2, Family.RERANK, ""));
            default -> path.startsWith(V1_SERVICES) ? v1Route(path.substring(V1_SERVICES.length())) : Optional.empty();
        };
    }

    /** The next calls that are not chats fail so, one after the other. */
    void fail(List<Fault> next) {
        faults.addAll(next);
    }

    void stop() {
        senders.forEach(WholeSender::stop);
    }

    /** A request whose sender has been let in. */
    void answer(HttpServerExchange exchange, Route route, String model, JsonNode body) {
        Dialect dialect = route.dialect();
        Optional<Rejected> refused = switch (route.family()) {
            case EMBEDDINGS -> rules.embeddings(dialect, model, body);
            case RERANK -> rules.rerank(dialect, model, body);
            case TOKENIZER -> rules.tokenizer(body);
        };
        if (refused.isPresent()) {
            ChatDesk.refuse(exchange, dialect, refused.get());
            return;
        }
        ObjectNode answer = switch (route.family()) {
            case EMBEDDINGS -> vectors(dialect, model, CallRules.texts(body.path("input")));
            case RERANK -> ranking(dialect, model, body);
            case TOKENIZER ->
                counted(
                        "tokenizer.erniebot",
                        CallRules.tokens(body.path("prompt").asText()));
        };
        call(exchange, dialect, answer);
    }

    /** To somebody who was let in. */
    void models(HttpServerExchange exchange, Dialect dialect) {
        ObjectNode list = JSON.createObjectNode().put("object", "list");
        ArrayNode data = list.putArray("data");
        long now = clock.instant().getEpochSecond();
        options.models().stream()
                .sorted()
                .forEach(name -> data.addObject()
                        .put("id", name)
                        .put("object", "model")
                        .put("created", now)
                        .put("owned_by", "simulated"));
        call(exchange, dialect, list);
    }

    /** Sends one answer at its time, with its fault. */
    void send(HttpServerExchange exchange, Dialect dialect, String json, Duration time, Fault fault) {
        WholeSender sender = new WholeSender(exchange, dialect, traffic);
        senders.add(sender);
        try {
            sender.send(json, Duration.ofNanos((long) (time.toNanos() * options.timeScale())), fault);
        } finally {
            senders.remove(sender);
        }
    }

    private void call(HttpServerExchange exchange, Dialect dialect, ObjectNode answer) {
        Fault next = faults.poll();
        if (next instanceof Fault.Status status) {
            ChatDesk.refuse(exchange, dialect, status);
        } else {
            send(exchange, dialect, answer.toString(), USUAL_TIME, next == null ? new Fault.None() : next);
        }
    }

    private static Optional<Route> v1Route(String service) {
        int slash = service.indexOf('/');
        String name = service.substring(slash + 1);
        return switch (slash < 0 ? "" : service.substring(0, slash)) {
            case "embeddings" -> Optional.of(new Route(Dialect.QIANFAN_V1, Family.EMBEDDINGS, name));
            case "reranker" -> Optional.of(new Route(Dialect.QIANFAN_V1, Family.RERANK, name));
            case "tokenizer" ->
                name.equals("erniebot")
                        ? Optional.of(new Route(Dialect.QIANFAN_V1, Family.TOKENIZER, name))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private ObjectNode vectors(Dialect dialect, String model, List<String> texts) {
        int dimension = rules.embedder(dialect, model).orElseThrow().dimension();
        ObjectNode answer = counted(
                dialect.api() == Dialect.Api.OPENAI ? "list" : "embedding_list",
                texts.stream().mapToInt(CallRules::tokens).sum());
        if (dialect != Dialect.QIANFAN_V1) {
            answer.put("model", model);
        }
        ArrayNode data = answer.putArray("data");
        for (int i = 0; i < texts.size(); i++) {
            ObjectNode entry = data.addObject().put("object", "embedding").put("index", i);
            ArrayNode numbers = entry.putArray("embedding");
            for (double number : vector(texts.get(i), dimension)) {
                numbers.add(number);
            }
        }
        return answer;
    }

    /**
     * Not a model, but the same for the same text, of length 1, and near for texts that share pairs of characters: each
     * pair adds to one number.
     */
    private static double[] vector(String text, int dimension) {
        double[] vector = new double[dimension];
        String framed = " " + text + " ";
        for (int i = 1; i < framed.length(); i++) {
            // A multiplier of Knuth's spreads neighbouring characters over the numbers.
            int hash = (framed.charAt(i - 1) * 31 + framed.charAt(i)) * 0x9E3779B1;
            vector[Math.floorMod(hash >>> 1, dimension)] += (hash & 1) == 0 ? 1 : -1;
        }
        // Opposite pairs may cancel each other out; a vector of zeros has no direction.
        vector[Math.floorMod(text.hashCode(), dimension)] += 0.5;
        double length = 0;
        for (double number : vector) {
            length += number * number;
        }
        for (int i = 0; i < dimension; i++) {
            vector[i] /= Math.sqrt(length);
        }
        return vector;
    }

    private record Scored(int index, double score) {}

    private ObjectNode ranking(Dialect dialect, String model, JsonNode body) {
        String query = body.path("query").asText();
        List<String> documents = CallRules.texts(body.path("documents"));
        List<Scored> scored = new ArrayList<>();
        int tokens = 0;
        for (int i = 0; i < documents.size(); i++) {
            scored.add(new Scored(i, score(query, documents.get(i))));
            tokens += CallRules.tokens(query) + CallRules.tokens(documents.get(i));
        }
        scored.sort(Comparator.comparingDouble(Scored::score).reversed().thenComparingInt(Scored::index));
        ObjectNode answer = counted("reranker_list", tokens);
        if (dialect != Dialect.QIANFAN_V1) {
            answer.put("model", model);
        }
        ArrayNode results = answer.putArray("results");
        for (Scored each : scored.subList(0, body.path("top_n").asInt(documents.size()))) {
            results.addObject()
                    .put("document", documents.get(each.index()))
                    .put("relevance_score", each.score())
                    .put("index", each.index());
        }
        return answer;
    }

    /** Which share of the query's characters the document has. */
    private static double score(String query, String document) {
        long common = query.chars().filter(c -> document.indexOf(c) >= 0).count();
        return (double) common / query.length();
    }

    private ObjectNode counted(String object, int tokens) {
        ObjectNode answer = JSON.createObjectNode();
        answer.put("id", ChatDesk.newId())
                .put("object", object)
                .put("created", clock.instant().getEpochSecond());
        answer.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return answer;
    }
}
