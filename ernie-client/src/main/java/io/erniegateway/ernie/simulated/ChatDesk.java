package io.erniegateway.ernie.simulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.erniegateway.ernie.Dialect;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes requests, lets them in or not, and has them answered. Blocks; runs on virtual threads. */
final class ChatDesk implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ChatDesk.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String V1_CHAT = "/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/";

    /** More than any model takes: a picture of 10 MB is 14 million characters. */
    private static final int LONGEST_BODY_BYTES = 16 * 1024 * 1024;

    private final SimulatorOptions options;
    private final InstantSource clock;
    private final IamDesk iam;
    private final FrontDoor door;
    private final Traffic traffic;
    private final RequestRules rules;
    private final CallDesk calls;
    private final Set<StreamSender> senders = ConcurrentHashMap.newKeySet();

    ChatDesk(SimulatorOptions options, InstantSource clock, Tokens tokens, IamDesk iam, Traffic traffic) {
        this.options = options;
        this.clock = clock;
        this.iam = iam;
        this.door = new FrontDoor(options, clock, tokens, iam, traffic);
        this.traffic = traffic;
        this.rules = new RequestRules(options);
        this.calls = new CallDesk(options, clock, traffic);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws IOException {
        exchange.startBlocking();
        String path = exchange.getRequestPath();
        if (path.startsWith(V1_CHAT)) {
            chat(exchange, Dialect.QIANFAN_V1, path.substring(V1_CHAT.length()));
            return;
        }
        Optional<CallDesk.Route> call = CallDesk.route(path);
        if (call.isPresent()) {
            Dialect dialect = call.get().dialect();
            receive(
                    exchange,
                    dialect,
                    call.get().v1Name(),
                    (model, body) -> calls.answer(exchange, call.get(), model, body));
            return;
        }
        switch (path) {
            case "/v2/chat/completions" -> chat(exchange, Dialect.QIANFAN_V2, "");
            case "/v1/chat/completions" -> chat(exchange, options.selfHosted(), "");
            case "/oauth/2.0/token" -> door.token(exchange);
            case "/v1/BCE-BEARER/token" -> iam.mint(exchange);
            case "/v2/models" -> models(exchange, Dialect.QIANFAN_V2);
            case "/v1/models" -> models(exchange, Dialect.OPENAI);
            default -> text(exchange, 404, "404 page not found");
        }
    }

    void stop() {
        senders.forEach(StreamSender::stop);
        calls.stop();
    }

    CallDesk calls() {
        return calls;
    }

    private void chat(HttpServerExchange exchange, Dialect dialect, String endpoint) throws IOException {
        receive(exchange, dialect, endpoint, (model, body) -> {
            switch (rules.check(dialect, model, body)) {
                case RequestRules.Checked.Refused(Rejected why) -> refuse(exchange, dialect, why);
                case RequestRules.Checked.InOrder inOrder -> answer(exchange, inOrder);
            }
        });
    }

    /** What becomes of a request whose sender was let in. */
    private interface Service {
        void serve(String model, JsonNode body) throws IOException;
    }

    private void receive(HttpServerExchange exchange, Dialect dialect, String endpoint, Service service)
            throws IOException {
        byte[] bytes = exchange.getInputStream().readNBytes(LONGEST_BODY_BYTES);
        String requestId = header(exchange, "X-Request-Id");
        traffic.arrived(bytes, requestId);
        if (!requestId.isEmpty()) {
            exchange.getResponseHeaders().put(HttpString.tryFromString("X-Request-Id"), requestId);
        }
        if (dialect == Dialect.QIANFAN_V1 && IamDesk.signed(exchange) && iam.refuses(exchange)) {
            return;
        }
        JsonNode body = parsed(bytes);
        String model =
                dialect == Dialect.QIANFAN_V1 ? endpoint : body.path("model").asText("");
        Optional<Rejected> closed = door.refuses(exchange, dialect, model);
        if (closed.isPresent()) {
            refuse(exchange, dialect, closed.get());
            return;
        }
        service.serve(model, body);
    }

    private void answer(HttpServerExchange exchange, RequestRules.Checked.InOrder checked) throws IOException {
        Question question = checked.question();
        Dialect dialect = question.dialect();
        Optional<Rejected> tooMuch = door.overTokens(exchange, question);
        if (tooMuch.isPresent()) {
            refuse(exchange, dialect, tooMuch.get());
            return;
        }
        Reply reply = scripted(question);
        switch (reply.fault()) {
            case Fault.OkError(String code, String message) ->
                refuse(exchange, dialect, Rejected.scripted(dialect, 200, code, message));
            case Fault.Status fault -> refuse(exchange, dialect, fault);
            // These strike while the answer is being sent.
            case Fault.None none -> send(exchange, checked, reply);
            case Fault.Cut cut -> send(exchange, checked, reply);
            case Fault.Reset reset -> send(exchange, checked, reply);
            case Fault.Stall stall -> send(exchange, checked, reply);
            case Fault.Babble babble -> send(exchange, checked, reply);
            case Fault.ErrorLine error -> send(exchange, checked, reply);
        }
    }

    private void send(HttpServerExchange exchange, RequestRules.Checked.InOrder checked, Reply reply)
            throws IOException {
        Question question = checked.question();
        door.answered(exchange, question, reply);
        // A new generator for each request: what one answer looks like does not depend on how many came before.
        Random random = new Random(options.seed());
        Frames frames = new Frames(question, newId(), clock.instant().getEpochSecond(), reply, checked.counts());
        Profile profile = profile(question.dialect(), reply);
        if (!checked.stream()) {
            int characters = reply.text().length() + reply.reasoning().length();
            calls.send(exchange, question.dialect(), frames.whole(), profile.whole(characters), reply.fault());
            return;
        }
        StreamSender sender =
                new StreamSender(exchange, question.dialect(), reply, profile, options.timeScale(), random, traffic);
        senders.add(sender);
        try {
            sender.send(frames.all(profile, random));
        } finally {
            senders.remove(sender);
        }
    }

    private static Profile profile(Dialect dialect, Reply reply) {
        Profile chosen = reply.profile();
        if (chosen != null) {
            return chosen;
        }
        if (dialect == Dialect.QIANFAN_V1) {
            return Profile.V1_CLASSIC;
        }
        return reply.reasoning().isEmpty() ? Profile.V2_TOKEN : Profile.V2_THINKING;
    }

    private Reply scripted(Question question) {
        try {
            return options.script().answer(question);
        } catch (RuntimeException e) {
            LOG.error("the simulator's script failed", e);
            return Reply.failing(new Fault.Status(500, "internal_error", "the script failed"));
        }
    }

    private void models(HttpServerExchange exchange, Dialect dialect) {
        if (door.stranger(exchange, dialect).isPresent()) {
            // Another shape than the chat's errors.
            String body = JSON.createObjectNode()
                    .put("requestId", newId())
                    .put("code", "AccessDenied")
                    .put("message", "Access denied")
                    .toString();
            json(exchange, dialect.api() == Dialect.Api.OPENAI ? 401 : 403, body);
            return;
        }
        calls.models(exchange, dialect);
    }

    static void refuse(HttpServerExchange exchange, Dialect dialect, Rejected why) {
        json(exchange, why.status(), why.body(dialect, newId()));
    }

    /** A scripted refusal, with its headers. */
    static void refuse(HttpServerExchange exchange, Dialect dialect, Fault.Status fault) {
        fault.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().put(HttpString.tryFromString(name), value));
        if (fault.code().isEmpty()) {
            text(exchange, fault.status(), fault.message());
        } else {
            refuse(exchange, dialect, Rejected.scripted(dialect, fault.status(), fault.code(), fault.message()));
        }
    }

    static void json(HttpServerExchange exchange, int status, String body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json; charset=utf-8");
        exchange.getResponseSender().send(body);
    }

    private static void text(HttpServerExchange exchange, int status, String body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.getResponseSender().send(body);
    }

    static String newId() {
        return "as-" + Long.toHexString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
    }

    private static JsonNode parsed(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    static String header(HttpServerExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }
}
