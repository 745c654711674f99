package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.connectors.simulated.SimulatedChats.Meter;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call of a Web API method, whatever wire it came by: who may call, how often, what goes wrong, and the deed. */
final class WebMethods {

    private static final String OPEN = "apps.connections.open";
    private static final String UPDATE = "chat.update";

    private final String botToken;
    private final String appToken;
    private final ChatMethods methods;
    private final Tiers tiers;
    private final Supplier<String> socketUrl;
    private final Runnable metered;
    private final Map<String, Queue<SlackFault>> faults = new ConcurrentHashMap<>();
    private final Map<String, CallCount> counts = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** @param metered told after each counted call */
    WebMethods(
            String botToken,
            String appToken,
            ChatMethods methods,
            Tiers tiers,
            Supplier<String> socketUrl,
            Runnable metered) {
        this.botToken = botToken;
        this.appToken = appToken;
        this.methods = methods;
        this.tiers = tiers;
        this.socketUrl = socketUrl;
        this.metered = metered;
    }

    /** The next calls of this method meet these faults, one each. */
    void fail(String method, SlackFault fault) {
        faults.computeIfAbsent(method, key -> new ArrayDeque<>());
        faults.computeIfPresent(method, (key, queue) -> {
            queue.add(fault);
            return queue;
        });
    }

    /** From now on, so many calls of this method in a minute. */
    void allow(String method, int perMinute) {
        tiers.allow(method, perMinute);
    }

    CallCount count(String method) {
        return counts.getOrDefault(method, CallCount.NONE);
    }

    /** Edits or pieces of streams, whichever is nearer to its limit. */
    Meter meter() {
        int appends = tiers.used(StreamMethods.APPEND);
        if (appends * Tiers.TIER_3 > tiers.used(UPDATE) * Tiers.TIER_4) {
            return new Meter(appends, Tiers.TIER_4, "chat.appendStream per minute", calls.get(), refused.get());
        }
        return new Meter(tiers.used(UPDATE), Tiers.TIER_3, "chat.update per minute", calls.get(), refused.get());
    }

    /** @param authorization the header of that name, or null */
    Reply call(String method, @Nullable String authorization, Arguments given) {
        Map<String, String> arguments = given.values();
        String denied = given.problem().isEmpty() ? denied(method, authorization, arguments) : given.problem();
        if (!denied.isEmpty()) {
            refused.incrementAndGet();
            return Reply.Told.json(ChatMethods.error(denied));
        }
        calls.incrementAndGet();
        Reply reply = serve(method, arguments);
        metered.run();
        return reply;
    }

    private Reply serve(String method, Map<String, String> arguments) {
        SlackFault fault = nextFault(method);
        if (fault instanceof SlackFault.TooMany(var pause)) {
            tiers.block(method, pause);
        }
        OptionalLong early =
                tiers.admit(method, arguments.getOrDefault("channel", arguments.getOrDefault("channel_id", "")));
        if (early.isPresent()) {
            refused.incrementAndGet();
            counts.merge(method, CallCount.NONE.withRefused(), (count, one) -> count.withRefused());
            long seconds = Math.max(1, Math.ceilDiv(early.getAsLong(), 1_000));
            return Reply.Told.json(ChatMethods.error("ratelimited")).refusedFor(seconds);
        }
        counts.merge(method, CallCount.NONE.withAdmitted(), (count, one) -> count.withAdmitted());
        return answer(fault, method, arguments);
    }

    private Reply answer(@Nullable SlackFault fault, String method, Map<String, String> arguments) {
        return switch (fault) {
            case null -> run(method, arguments);
            case SlackFault.TooMany ignored -> run(method, arguments);
            case SlackFault.Refused(String code) -> refuse(method, code);
            case SlackFault.Internal(boolean acted) -> {
                act(acted, method, arguments);
                yield refuse(method, "internal_error");
            }
            case SlackFault.Broken(int status) -> {
                failed(method);
                yield Reply.Told.page(status, "<html>upstream trouble</html>");
            }
            case SlackFault.Reset(boolean acted) -> {
                act(acted, method, arguments);
                failed(method);
                yield new Reply.Cut();
            }
            case SlackFault.Garbage ignored -> {
                act(true, method, arguments);
                failed(method);
                yield Reply.Told.page(200, "<html>not what you expect</html>");
            }
            case SlackFault.Late(var by) -> run(method, arguments).later(by);
        };
    }

    private void act(boolean wanted, String method, Map<String, String> arguments) {
        if (wanted) {
            result(method, arguments);
        }
    }

    private Reply.Told run(String method, Map<String, String> arguments) {
        ObjectNode result = result(method, arguments);
        if (!result.path("ok").asBoolean()) {
            failed(method);
        }
        return Reply.Told.json(result);
    }

    private ObjectNode result(String method, Map<String, String> arguments) {
        if (method.equals(OPEN)) {
            return ChatMethods.ok().put("url", socketUrl.get());
        }
        ObjectNode result = methods.call(method, arguments);
        return result == null ? ChatMethods.error("unknown_method") : result;
    }

    private Reply.Told refuse(String method, String code) {
        failed(method);
        return Reply.Told.json(ChatMethods.error(code));
    }

    private void failed(String method) {
        refused.incrementAndGet();
        counts.merge(method, CallCount.NONE.withFailed(), (count, one) -> count.withFailed());
    }

    private @Nullable SlackFault nextFault(String method) {
        SlackFault[] next = new SlackFault[1];
        faults.computeIfPresent(method, (key, queue) -> {
            next[0] = queue.poll();
            return queue;
        });
        return next[0];
    }

    private String denied(String method, @Nullable String header, Map<String, String> arguments) {
        if (!method.equals(OPEN) && !ChatMethods.has(method)) {
            return "unknown_method";
        }
        String token = header != null && header.startsWith("Bearer ")
                ? header.substring("Bearer ".length())
                : arguments.getOrDefault("token", "");
        if (token.isEmpty()) {
            return "not_authed";
        }
        if (token.equals(method.equals(OPEN) ? appToken : botToken)) {
            return "";
        }
        return token.equals(appToken) || token.equals(botToken) ? "not_allowed_token_type" : "invalid_auth";
    }
}
