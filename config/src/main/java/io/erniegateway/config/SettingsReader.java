package io.erniegateway.config;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which key becomes which field, and in what range. Reads top to bottom like the file. */
final class SettingsReader {
    /** Bots' names stand in URLs of webhooks, in database keys and in metrics. */
    private static final Pattern BOT_NAME = Pattern.compile("[a-z0-9-]{1,32}");

    private static final String BOT_NAME_IN_WORDS = "1 to 32 of a-z, 0-9 and \"-\"";

    /** Models are often named like the model they ask, hence the dot. */
    private static final Pattern MODEL_NAME = Pattern.compile("[a-z0-9._-]{1,64}");

    /** The model whose values other models begin with. */
    private static final String FIRST_MODEL = "default";

    /** What belongs to one service and account: another model does not take it from the first. */
    private static final Set<String> ACCOUNT = Set.of(
            "base-url", "api-key", "client-id", "client-secret", "token-url", "access-key", "secret-key", "iam-url");

    /** What no model takes from another. */
    private static final Set<String> OWN = Set.of("name", "fallbacks");

    /** Each of them is a wait for a person; more than that is a question of operations. */
    private static final int MOST_FALLBACKS = 8;

    /** Longer personas cost tokens with every question. */
    private static final int LONGEST_PERSONA = 20_000;

    private static final int LONGEST_WORD = 200;

    private final Section root;
    private final BotRules rules;

    SettingsReader(Section root) {
        this.root = root;
        this.rules = new BotRules();
    }

    /** The settings; worth something only if no fault was found. */
    Settings read() {
        Server server = server(root.section("server"));
        Store store = store(root.section("store"));
        Map<String, Model> models = models(root.section("models"));
        rules.models(models.keySet());
        Conversation conversation = conversation(root.section("conversation"));
        Delivery delivery = delivery(root.section("delivery"));
        Web web = web(root.section("web"));
        List<Telegram> telegram =
                root.items("telegram").stream().map(this::telegram).toList();
        List<Slack> slack = root.items("slack").stream().map(this::slack).toList();
        root.end();
        return new Settings(server, store, models, conversation, delivery, web, telegram, slack);
    }

    private static Server server(Section at) {
        Server server =
                new Server(at.word("host", LONGEST_WORD), at.number("port", 0, 65_535), at.duration("shutdown-grace"));
        at.end();
        return server;
    }

    private static Store store(Section at) {
        Store store = new Store(at.file("file"));
        at.end();
        return store;
    }

    private static Map<String, Model> models(Section at) {
        Map<String, Model> models = new LinkedHashMap<>();
        Map<String, Section> sections = new LinkedHashMap<>();
        for (String name : at.names()) {
            if (!MODEL_NAME.matcher(name).matches()) {
                at.fault(name, "is not a name for a model; write 1 to 64 of a-z, 0-9, \".\", \"_\" and \"-\"");
            }
            Section section = at.section(name, beginningOf(name, at, sections.get(FIRST_MODEL)));
            sections.put(name, section);
            models.put(name, model(section));
        }
        sections.forEach((name, section) -> fallbacks(section, name, models));
        return models;
    }

    /**
     * What a model has before its own section says anything: its own shipped values, then what the first model has, with
     * address and key only if it speaks to the same service.
     *
     * @param firstRead the first model's section, already read (it stands first); null while it is read itself
     */
    private static YamlNode.Mapping beginningOf(String name, Section models, @Nullable Section firstRead) {
        YamlNode.Mapping first = models.defaultsAt(FIRST_MODEL);
        if (firstRead == null) {
            return first;
        }
        YamlNode.Mapping written = models.givenAt(name);
        YamlNode.Mapping shipped = models.defaultsAt(name);
        YamlNode.Mapping beginning = new YamlNode.Mapping(first.place());
        boolean ownService = written.written("base-url") != null
                || written.written("dialect") != null
                || isEcho(written.written("kind"))
                || isEcho(shipped.written("kind"));
        Map<String, YamlNode> inherited = new LinkedHashMap<>(first.values());
        models.givenAt(FIRST_MODEL).values().forEach((key, value) -> {
            // A fault of the first model is told once; and that it is an echo makes no echo of the others.
            if (firstRead.sound(key) && !key.equals("kind")) {
                inherited.put(key, value);
            }
        });
        inherited.forEach((key, value) -> {
            boolean own = OWN.contains(key) || (ownService && ACCOUNT.contains(key));
            if (!own) {
                beginning.values().put(key, value);
            }
        });
        beginning.values().putAll(shipped.values());
        return beginning;
    }

    private static boolean isEcho(@Nullable YamlNode kind) {
        return kind instanceof YamlNode.Scalar scalar && scalar.text().startsWith("echo");
    }

    private static Model model(Section at) {
        Model.Kind kind = at.choice("kind", Model.Kind.values());
        Duration firstByte = at.duration("first-byte-timeout");
        Model model = new Model(
                kind,
                at.choice("dialect", Model.Dialect.values()),
                kind == Model.Kind.ERNIE || at.isWritten("base-url") ? serviceUrl(at) : URI.create("http://localhost"),
                kind == Model.Kind.ERNIE || at.isWritten("name") ? at.word("name", LONGEST_WORD) : "",
                at.secret("api-key"),
                at.secret("client-id"),
                at.secret("client-secret"),
                at.optionalUrl("token-url"),
                at.secret("access-key"),
                at.secret("secret-key"),
                at.optionalUrl("iam-url"),
                at.duration("connect-timeout"),
                firstByte,
                gap(at, firstByte),
                at.number("attempts", 1, 10),
                at.number("max-answer-characters", 1, 2_000_000),
                at.optionalDecimal("temperature", 0, 2),
                at.optionalDecimal("top-p", 0, 1),
                at.optionalNumber("max-output-tokens", 1, 1_000_000),
                at.choice("web-search", Model.Switch.values()),
                at.choice("thinking", Model.Switch.values()),
                at.number("input-tokens", 0, 10_000_000),
                at.number("input-characters", 0, 10_000_000),
                at.number("concurrent", 1, 100_000),
                at.number("requests-per-minute", 0, 1_000_000),
                at.number("tokens-per-minute", 0, 1_000_000_000),
                at.words("fallbacks", LONGEST_WORD));
        together(at, "client-id", model.clientId(), "client-secret", model.clientSecret());
        together(at, "access-key", model.accessKey(), "secret-key", model.secretKey());
        at.end();
        return model;
    }

    /** A default gap gives way to a shorter first byte; a gap that somebody wrote does not. */
    private static Duration gap(Section at, Duration firstByte) {
        Duration gap = at.duration("gap-timeout");
        boolean longer = gap.compareTo(firstByte) > 0;
        if (longer && at.isGiven("gap-timeout") && at.sound("gap-timeout", "first-byte-timeout")) {
            at.fault("gap-timeout", "is longer than first-byte-timeout; write at most that");
        }
        return longer ? firstByte : gap;
    }

    private static void together(Section at, String one, Secret first, String other, Secret second) {
        if (first.isEmpty() != second.isEmpty() && at.sound(one, other)) {
            at.fault(first.isEmpty() ? one : other, "is missing; " + one + " and " + other + " only work together");
        }
    }

    /** Said once all models are known. */
    private static void fallbacks(Section at, String name, Map<String, Model> models) {
        Model model = models.get(name);
        if (model == null || model.fallbacks().isEmpty()) {
            return;
        }
        if (model.kind() != Model.Kind.ERNIE) {
            at.fault("fallbacks", "is written for an echo, which never fails; leave it out");
        } else if (model.fallbacks().size() > MOST_FALLBACKS) {
            at.fault("fallbacks", "names " + model.fallbacks().size() + " models; write at most " + MOST_FALLBACKS);
        }
        Set<String> seen = new HashSet<>(Set.of(name));
        for (String other : model.fallbacks()) {
            Model fallback = models.get(other);
            if (fallback == null) {
                at.fault(
                        "fallbacks",
                        Faults.quoted(other) + " is not one of the models; " + Nearest.hint(other, models.keySet()));
            } else if (!seen.add(other)) {
                at.fault("fallbacks", "names " + Faults.quoted(other) + " twice, or as its own fallback");
            } else if (fallback.kind() != Model.Kind.ERNIE) {
                at.fault(
                        "fallbacks", "names " + Faults.quoted(other) + ", which is an echo and would hide the trouble");
            }
        }
    }

    private static URI serviceUrl(Section at) {
        if (!at.isWritten("base-url")) {
            at.fault("base-url", "is missing; a model with a dialect of its own needs the address of its service");
            return URI.create("http://localhost");
        }
        URI url = at.url("base-url");
        if (url.getPath() != null && url.getPath().endsWith("/chat/completions")) {
            at.fault("base-url", "ends with /chat/completions, which is added by itself; leave that part out");
        }
        return url;
    }

    private static Conversation conversation(Section at) {
        Conversation conversation = new Conversation(
                at.isWritten("persona") ? at.text("persona", LONGEST_PERSONA).strip() : "",
                at.number("history-turns", 0, 200),
                at.number("history-characters", 0, 2_000_000),
                at.number("waiting-per-chat", 1, 1_000),
                at.number("max-question-characters", 1, 1_000_000));
        at.end();
        return conversation;
    }

    private static Delivery delivery(Section at) {
        Delivery delivery = new Delivery(
                at.duration("first-text-hold", Duration.ofMinutes(1)),
                at.number("first-text-characters", 1, 1_000),
                at.duration("sign-after", Duration.ofMinutes(1)));
        at.end();
        return delivery;
    }

    private Web web(Section at) {
        Web web = new Web(at.flag("enabled"), botName(at), at.word("title", 100), at.word("model", LONGEST_WORD));
        rules.web(at, web);
        at.end();
        return web;
    }

    private Telegram telegram(Section at) {
        Telegram bot = new Telegram(
                botName(at),
                at.word("model", LONGEST_WORD),
                at.secret("token"),
                at.url("base-url"),
                at.choice("receive", Telegram.Receive.values()),
                at.optionalUrl("public-url"),
                at.secret("webhook-secret"),
                at.choice("mode", Mode.values()));
        rules.telegram(at, bot);
        at.end();
        return bot;
    }

    private Slack slack(Section at) {
        Slack bot = new Slack(
                botName(at),
                at.word("model", LONGEST_WORD),
                at.secret("bot-token"),
                at.secret("app-token"),
                at.secret("signing-secret"),
                withSlash(at.url("base-url")),
                at.choice("receive", Slack.Receive.values()),
                at.flag("threads-in-direct-messages"),
                at.choice("mode", Mode.values()));
        rules.slack(at, bot);
        at.end();
        return bot;
    }

    private static String botName(Section at) {
        return at.name("name", BOT_NAME, BOT_NAME_IN_WORDS);
    }

    /** Slack's methods are appended to the address as it is. */
    private static URI withSlash(URI url) {
        return url.toString().endsWith("/") ? url : URI.create(url + "/");
    }
}
