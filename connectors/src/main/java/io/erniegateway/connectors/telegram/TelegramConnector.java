package io.erniegateway.connectors.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.Doubts;
import io.erniegateway.connectors.Drafts;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.Inbox;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.ServesHttp;
import io.erniegateway.connectors.Typing;
import io.undertow.server.RoutingHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.methods.ActionType;
import org.telegram.telegrambots.meta.api.methods.botapimethods.PartialBotApiMethod;
import org.telegram.telegrambots.meta.api.methods.send.SendChatAction;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageText;
import org.telegram.telegrambots.meta.api.objects.LinkPreviewOptions;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;

/**
 * One Telegram bot.
 *
 * <p>With a webhook, {@link #addRoutes} adds {@code POST /telegram/<bot name>}; a polling bot adds no route. Webhook calls
 * that come before {@link #start} or after {@link #close} are answered 503, and Telegram repeats them for 24 hours; the
 * webhook stays set, so that nothing is lost while the gateway restarts.
 */
public final class TelegramConnector implements Connector, Drafts, Typing, Doubts, ServesHttp {

    /** A preview under a message that still grows would jump at every edit. */
    private static final LinkPreviewOptions NO_PREVIEW =
            LinkPreviewOptions.builder().isDisabled(true).build();

    /**
     * In how many places a lost post is looked for. Each costs a call like an edit, a second of a private chat's budget
     * once its burst is used up; what else came between the last id known and the post is rarely more than a message or
     * two, since all that was answered or heard meanwhile is known.
     */
    static final int MOST_LOOKS = 5;

    private static final TypeReference<List<MessageEntity>> ENTITIES = new TypeReference<>() {};

    private final TelegramBot settings;
    private final UpdateLoop.Pace pace;
    private final BotApi api;
    private final Migrations migrations = new Migrations();
    private final Trail trail = new Trail(Instant.now());
    private final DraftRooms draftRooms;
    private final @Nullable WebhookRoute route;
    private @Nullable UpdateLoop loop;
    private boolean closed;

    public TelegramConnector(TelegramBot settings) {
        this(settings, BotApi.NETWORK);
    }

    /** One whose calls this wire answers; for a simulation in which nothing may take real time. */
    public TelegramConnector(TelegramBot settings, Interceptor wire) {
        this(settings, UpdateLoop.Pace.DEFAULT, wire);
    }

    TelegramConnector(TelegramBot settings, UpdateLoop.Pace pace) {
        this(settings, pace, BotApi.NETWORK);
    }

    TelegramConnector(TelegramBot settings, UpdateLoop.Pace pace, Interceptor wire) {
        this.settings = settings;
        this.pace = pace;
        this.api = new BotApi(settings, wire);
        this.draftRooms = new DraftRooms(settings.name());
        this.route = settings.receive() instanceof TelegramBot.Receive.Webhook webhook
                ? new WebhookRoute(settings.name(), webhook.secret())
                : null;
    }

    @Override
    public String bot() {
        return settings.name();
    }

    @Override
    public Limits limits() {
        return settings.limits();
    }

    @Override
    public Rendered render(String markdown) {
        return EntityRenderer.render(markdown);
    }

    @Override
    public void addRoutes(RoutingHandler routes) {
        if (route != null) {
            routes.post(WebhookRoute.path(settings.name()), route);
        }
    }

    /** Not one lock around it all: {@link #close} need not wait for a start that waits for the network. */
    @Override
    public void start(Inbox inbox) {
        Startup startup = new Startup(settings, api, pace.firstPause());
        BotIdentity self = startup.identity();
        UpdateReader reader = new UpdateReader(settings.name(), self, limits().maxInbound());
        Intake intake = new Intake(settings.name(), reader, inbox, migrations, trail);
        startup.offerCommands();
        switch (settings.receive()) {
            case TelegramBot.Receive.Polling ignored -> {
                startup.removeWebhook();
                poll(intake);
            }
            case TelegramBot.Receive.Webhook webhook -> {
                open(intake);
                startup.setWebhook(webhook);
            }
        }
    }

    private synchronized void poll(Intake intake) {
        if (!closed) {
            loop = new UpdateLoop(settings.name(), api, intake, pace);
            loop.start();
        }
    }

    private synchronized void open(Intake intake) {
        if (!closed && route != null) {
            route.open(intake);
        }
    }

    @Override
    public PostOutcome post(ChatId chat, Rendered text) {
        Trail.Sent sent = trail.sending(migrations.now(chat.room()));
        PostOutcome outcome = sent(chat, text);
        switch (outcome) {
            case PostOutcome.Posted(MessageRef message) -> {
                return arrived(sent, message, text, outcome);
            }
            case Refusal.Unreachable(String ignored, boolean mayHaveActed)
            when mayHaveActed -> trail.lost(sent, chat, text);
            case Refusal ignored -> trail.failed(sent);
        }
        return outcome;
    }

    private PostOutcome arrived(Trail.Sent sent, MessageRef message, Rendered text, PostOutcome posted) {
        ChatId chat = message.chat();
        return switch (trail.arrived(sent, migrations.now(chat.room()), Long.parseLong(message.id()))) {
            case STANDS -> posted;
            case TAKEN -> {
                trail.failed(sent);
                yield new Refusal.Unreachable("a look for another message has taken this one", false);
            }
            case CLAIMED -> {
                trail.lost(sent, chat, text);
                yield new Refusal.Unreachable("a look for another message may take this one", true);
            }
        };
    }

    private PostOutcome sent(ChatId chat, Rendered text) {
        return Outcomes.post(
                chat,
                inRoom(
                        chat.room(),
                        room -> SendMessage.builder()
                                .chatId(room)
                                .messageThreadId(thread(chat))
                                .text(text.text())
                                .entities(entities(text))
                                .linkPreviewOptions(NO_PREVIEW)
                                .build()));
    }

    @Override
    public EditOutcome edit(MessageRef message, Rendered text) {
        int id = Integer.parseInt(message.id());
        trail.knows(migrations.now(message.chat().room()), id);
        return Outcomes.edit(inRoom(message.chat().room(), room -> edition(room, id, text)));
    }

    private static EditMessageText edition(String room, int id, Rendered text) {
        return EditMessageText.builder()
                .chatId(room)
                .messageId(id)
                .text(text.text())
                .entities(entities(text))
                .linkPreviewOptions(NO_PREVIEW)
                .build();
    }

    /**
     * A look is an edit with the content that was posted: "message is not modified" proves that the message stands. See
     * {@link Trail} for where is looked, and why no other message is overwritten.
     */
    @Override
    public Look look(ChatId chat, Rendered text, int attempt) {
        String room = migrations.now(chat.room());
        Trail.Sent sent = trail.doubt(chat, text, room);
        if (sent == null) {
            return new Look.Missing();
        }
        OptionalLong place = attempt < MOST_LOOKS ? trail.claim(sent) : OptionalLong.empty();
        if (place.isEmpty() || place.getAsLong() > Integer.MAX_VALUE) {
            trail.settle(sent);
            return new Look.Missing();
        }
        Look look = Outcomes.look(
                chat, place.getAsLong(), api.call(edition(room, Math.toIntExact(place.getAsLong()), text)));
        return switch (look) {
            case Look.Found found -> {
                trail.found(sent);
                yield found;
            }
            case Look.Elsewhere elsewhere -> {
                trail.elsewhere(sent);
                if (attempt + 1 < MOST_LOOKS) {
                    yield elsewhere;
                }
                trail.settle(sent);
                yield new Look.Missing();
            }
            case Look.Missing missing -> {
                trail.settle(sent);
                yield missing;
            }
            // The claim stays: the same place is looked at again.
            case Look.Refused refused -> refused;
        };
    }

    @Override
    public Optional<Refusal> typing(ChatId chat) {
        return Outcomes.sign(inRoom(
                chat.room(),
                room -> SendChatAction.builder()
                        .chatId(room)
                        .messageThreadId(thread(chat))
                        .action(ActionType.TYPING.toString())
                        .build()));
    }

    @Override
    public boolean draftsIn(ChatId chat) {
        return settings.drafts() && !chat.group() && draftRooms.take(chat.room());
    }

    @Override
    public Duration draftLasts() {
        return TelegramLimits.DRAFT_LASTS;
    }

    /** A blank text is shown as Telegram's own "Thinking…". */
    @Override
    public Optional<Refusal> draft(ChatId chat, int number, Rendered text) {
        if (!draftsIn(chat)) {
            return Optional.of(new Refusal.Rejected("no drafts in this chat"));
        }
        Rendered shown = text.isBlank() ? new Rendered("", "", 0) : text;
        ApiAnswer answer = api.call(
                new StoppableDraft(Long.parseLong(chat.room()), thread(chat), number, shown.text(), entities(shown)));
        draftRooms.learn(chat.room(), answer);
        return Outcomes.sign(answer);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (route != null) {
            route.close();
        }
        if (loop != null) {
            loop.close();
        }
        api.close();
    }

    /** Calls once, and a second time if Telegram says that the group has moved: it did nothing the first time. */
    private ApiAnswer inRoom(String room, Function<String, PartialBotApiMethod<?>> method) {
        ApiAnswer answer = api.call(method.apply(migrations.now(room)));
        if (answer instanceof ApiAnswer.Refused refused && refused.migratedTo() != 0) {
            String moved = Long.toString(refused.migratedTo());
            migrations.remember(room, moved);
            return api.call(method.apply(moved));
        }
        return answer;
    }

    private static @Nullable Integer thread(ChatId chat) {
        return chat.thread().isEmpty() ? null : Integer.valueOf(chat.thread());
    }

    private static List<MessageEntity> entities(Rendered text) {
        try {
            return text.markup().isEmpty() ? List.of() : TelegramJson.MAPPER.readValue(text.markup(), ENTITIES);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this text was not rendered by the Telegram connector", e);
        }
    }
}
