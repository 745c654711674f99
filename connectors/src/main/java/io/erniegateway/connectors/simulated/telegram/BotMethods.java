package io.erniegateway.connectors.simulated.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.connectors.simulated.telegram.FloodControl.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;

/** What the methods of the Bot API do. Checks come in the official server's order: content, chat, limits, deed. */
final class BotMethods {
    private static final int MAX_COMMANDS = 100;
    private static final int DEFAULT_CONNECTIONS = 40;
    private static final int MAX_CONNECTIONS = 100;

    private final TelegramWorld world;
    private final Rooms rooms;
    private final UpdateQueue updates;
    private final WebhookCaller webhook;
    private final FloodControl flood;
    private final UsageMeter meter;
    private final Map<String, JsonNode> commands = new ConcurrentHashMap<>();
    private long lastSetWebhook;

    BotMethods(TelegramWorld world, Rooms rooms, UpdateQueue updates, WebhookCaller webhook, UsageMeter meter) {
        this.world = world;
        this.rooms = rooms;
        this.updates = updates;
        this.webhook = webhook;
        this.meter = meter;
        this.flood = new FloodControl(world.flood(), world.time());
        this.lastSetWebhook = world.time().nanos() - Duration.ofHours(1).toNanos();
    }

    /** Carries a call out. The method is given in lower case, since names are case-insensitive. */
    ApiReply call(String method, Parameters parameters, BotDesk.Caller caller) {
        return switch (method) {
            case "getme" -> ApiReply.ok(me());
            case "getupdates" -> updates.poll(parameters, caller::hasHungUp);
            case "setwebhook" -> setWebhook(parameters);
            case "deletewebhook" -> deleteWebhook(parameters);
            case "getwebhookinfo" -> ApiReply.ok(webhook.info());
            case "sendmessage" -> sendMessage(parameters);
            case "editmessagetext" -> editMessageText(parameters);
            case "deletemessage" -> deleteMessage(parameters);
            case "sendchataction" -> sendChatAction(parameters);
            case "sendmessagedraft" -> world.drafts() ? sendMessageDraft(parameters) : unknown();
            case "setmycommands" -> setMyCommands(parameters);
            case "answercallbackquery" ->
                throw ApiRefusal.badRequest("query is too old and response timeout expired or query ID is invalid");
            default -> unknown();
        };
    }

    private static ApiReply unknown() {
        return ApiReply.refused(404, "Not Found: method not found");
    }

    /** Answers a call with 429, and closes its chat for this long. */
    ApiReply punish(String method, Parameters parameters, Duration penalty) {
        Kind kind = switch (method) {
            case "sendmessage" -> Kind.POST;
            case "editmessagetext" -> Kind.EDIT;
            case "sendmessagedraft" -> Kind.DRAFT;
            default -> Kind.SIGN;
        };
        return ApiReply.tooMany(flood.punish(kind, Long.toString(parameters.number("chat_id")), penalty));
    }

    /** Other limits from now on. */
    void enforce(FloodRules rules) {
        flood.enforce(rules);
        meter.enforce(rules);
    }

    FloodTally tally() {
        return flood.tally();
    }

    private ObjectNode me() {
        return rooms.bot()
                .put("can_join_groups", true)
                .put("can_read_all_group_messages", world.readsAll())
                .put("supports_inline_queries", false)
                .put("can_connect_to_business", false)
                .put("has_main_web_app", false);
    }

    private ApiReply sendMessage(Parameters parameters) {
        FormattedText text = FormattedText.ofBot(parameters, false);
        Room room = rooms.writable(parameters);
        int topic = rooms.topic(room, parameters);
        pass(Kind.POST, room);
        return ApiReply.ok(rooms.post(room, topic, text));
    }

    private ApiReply editMessageText(Parameters parameters) {
        FormattedText text = FormattedText.ofBot(parameters, true);
        if (!parameters.has("message_id")) {
            throw ApiRefusal.badRequest("message identifier is not specified");
        }
        Room room = rooms.writable(parameters);
        rooms.own(room, parameters, "edit");
        pass(Kind.EDIT, room);
        return ApiReply.ok(rooms.edit(room, parameters, text));
    }

    private ApiReply deleteMessage(Parameters parameters) {
        if (!parameters.has("message_id")) {
            throw ApiRefusal.badRequest("message identifier is not specified");
        }
        Room room = rooms.writable(parameters);
        rooms.delete(room, rooms.own(room, parameters, "delete").id());
        return ApiReply.yes();
    }

    private ApiReply sendChatAction(Parameters parameters) {
        if (!parameters.text("action").equalsIgnoreCase("typing")) {
            throw ApiRefusal.badRequest("wrong parameter action in request");
        }
        Room room = rooms.writable(parameters);
        int topic = rooms.topic(room, parameters);
        delay(flood.ask(Kind.SIGN, room.key(), room.isGroup()));
        rooms.type(room, topic);
        return ApiReply.yes();
    }

    /** The official server reads the text first; the refusals that come from behind it have no sentence. */
    private ApiReply sendMessageDraft(Parameters parameters) {
        FormattedText text = FormattedText.ofDraft(parameters);
        Room room = rooms.writable(parameters);
        if (room.isGroup()) {
            throw ApiRefusal.badRequest("TEXTDRAFT_PEER_INVALID");
        }
        int topic = rooms.topic(room, parameters);
        long number = parameters.number("draft_id");
        if (number == 0) {
            throw ApiRefusal.badRequest("RANDOM_ID_INVALID");
        }
        delay(flood.ask(Kind.DRAFT, room.key(), false));
        rooms.draft(room, topic, number, text, parameters);
        return ApiReply.yes();
    }

    private void pass(Kind kind, Room room) {
        delay(flood.ask(kind, room.key(), room.isGroup()));
        meter.counted(room.key(), room.isGroup());
    }

    private void delay(FloodControl.Verdict verdict) {
        switch (verdict) {
            case FloodControl.Verdict.Admitted admitted -> {
                if (!admitted.delay().isZero()) {
                    world.time().sleep(admitted.delay());
                }
            }
            case FloodControl.Verdict.Refused refused ->
                throw new ApiRefusal(ApiReply.tooMany(refused.retryAfterSeconds()));
        }
    }

    private ApiReply setMyCommands(Parameters parameters) {
        JsonNode list = parameters.json("commands");
        if (!list.isArray() || list.size() > MAX_COMMANDS) {
            throw ApiRefusal.badRequest("expected an Array of at most 100 commands");
        }
        for (JsonNode command : list) {
            if (!command.path("command").asText().matches("[a-z0-9_]{1,32}")) {
                throw ApiRefusal.badRequest("BOT_COMMAND_INVALID");
            }
            int length = command.path("description").asText().length();
            if (length < 1 || length > 256) {
                throw ApiRefusal.badRequest("BOT_COMMAND_DESCRIPTION_INVALID");
            }
        }
        commands.put(parameters.text("language_code"), list);
        return ApiReply.yes();
    }

    /** The menu in a language, empty for the default one. */
    JsonNode commands(String language) {
        return commands.getOrDefault(language, ApiReply.MAPPER.createArrayNode());
    }

    private synchronized ApiReply setWebhook(Parameters parameters) {
        String url = parameters.text("url");
        if (url.isEmpty()) {
            return deleteWebhook(parameters);
        }
        long now = world.time().nanos();
        if (now - lastSetWebhook < Duration.ofSeconds(1).toNanos()) {
            return ApiReply.tooMany(1);
        }
        if (HttpUrl.parse(url) == null) {
            throw ApiRefusal.badRequest("bad webhook: invalid URL");
        }
        if (!parameters.text("secret_token").matches("[A-Za-z0-9_-]{0,256}")) {
            throw ApiRefusal.badRequest("secret token contains unallowed characters");
        }
        lastSetWebhook = now;
        updates.allow(parameters);
        if (parameters.flag("drop_pending_updates")) {
            updates.drop();
        }
        int connections = parameters.has("max_connections")
                ? Math.clamp(parameters.number("max_connections"), 1, MAX_CONNECTIONS)
                : DEFAULT_CONNECTIONS;
        webhook.start(url, parameters.text("secret_token"), connections);
        return ApiReply.yes();
    }

    private ApiReply deleteWebhook(Parameters parameters) {
        webhook.stop();
        if (parameters.flag("drop_pending_updates")) {
            updates.drop();
        }
        return ApiReply.yes();
    }
}
