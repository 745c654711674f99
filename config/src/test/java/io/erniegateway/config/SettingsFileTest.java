package io.erniegateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
    @TempDir
    Path folder = Path.of("");

    private Settings load(String yaml, Map<String, String> environment) throws IOException {
        return Written.in(folder, yaml).with(environment).load();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "---\n", "server:\nmodels:\ntelegram:\n", "\uFEFFserver:\n"})
    void a_file_that_sets_nothing_gives_the_defaults(String yaml) throws IOException {
        assertThat(load(yaml, Map.of())).isEqualTo(Settings.defaults());
    }

    @Test
    void a_partial_section_takes_the_defaults_for_the_rest() throws IOException {
        Settings settings = load("server:\n  port: 0\nmodels:\n  default:\n    attempts: 1\n", Map.of());

        assertThat(settings.server()).isEqualTo(new Server("127.0.0.1", 0, Duration.ofSeconds(10)));
        assertThat(settings.models()).containsOnlyKeys("default", "echo", "echo-stream");
        Model model = settings.model("default");
        Model shipped = Settings.defaults().model("default");
        assertThat(model.attempts()).isEqualTo(1);
        assertThat(model.name()).isEqualTo(shipped.name()).isNotBlank();
        assertThat(model.gapTimeout()).isEqualTo(shipped.gapTimeout());
    }

    @Test
    void durations_have_four_units() throws IOException {
        String yaml = """
                server: {shutdown-grace: 1h}
                models: {default: {connect-timeout: 300ms, first-byte-timeout: 2m, gap-timeout: 10s}}
                """;
        Settings settings = load(yaml, Map.of());
        Model model = settings.model("default");

        assertThat(settings.server().shutdownGrace()).isEqualTo(Duration.ofHours(1));
        assertThat(model.connectTimeout()).isEqualTo(Duration.ofMillis(300));
        assertThat(model.firstByteTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(model.gapTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void several_bots_of_each_kind_have_their_own_names_tokens_and_models() throws IOException {
        String yaml = """
                telegram:
                  - {name: tg-one, token: "1:a", model: echo}
                  - {name: tg-two, token: "2:b", receive: webhook, public-url: "https://bots.example/gw", webhook-secret: s_3-t}
                slack:
                  - {name: sl-one, bot-token: xoxb-1, app-token: xapp-1}
                  - {name: sl-two, bot-token: xoxb-2, signing-secret: abc, receive: http, base-url: "http://127.0.0.1:9/api", threads-in-direct-messages: false}
                """;
        Settings settings = load(yaml, Map.of());

        assertThat(settings.telegram()).extracting(Telegram::name).containsExactly("tg-one", "tg-two");
        assertThat(settings.telegram()).allMatch(Telegram::isOn);
        Telegram second = settings.telegram().get(1);
        assertThat(second.receive()).isEqualTo(Telegram.Receive.WEBHOOK);
        assertThat(second.publicUrl()).isEqualTo(URI.create("https://bots.example/gw"));
        assertThat(second.webhookSecret().value()).isEqualTo("s_3-t");
        assertThat(second.baseUrl()).isEqualTo(URI.create("https://api.telegram.org"));
        assertThat(settings.slack()).extracting(Slack::name).containsExactly("sl-one", "sl-two");
        assertThat(settings.slack()).extracting(Slack::threadsInDirectMessages).containsExactly(true, false);
        assertThat(settings.slack().get(1).receive()).isEqualTo(Slack.Receive.HTTP);
        assertThat(settings.slack().get(1).baseUrl()).isEqualTo(URI.create("http://127.0.0.1:9/api/"));
    }

    @Test
    void each_bot_has_its_own_way_of_showing_a_growing_answer() throws IOException {
        String yaml = """
                telegram:
                  - {name: tg-one, mode: native}
                  - {name: tg-two, mode: edit}
                  - {name: tg-three}
                slack:
                  - {name: sl-one, mode: native}
                  - {name: sl-two, mode: auto}
                  - {name: sl-three, mode: edit}
                """;
        Settings settings = load(yaml, Map.of());

        assertThat(settings.telegram()).extracting(Telegram::mode).containsExactly(Mode.NATIVE, Mode.EDIT, Mode.AUTO);
        assertThat(settings.slack()).extracting(Slack::mode).containsExactly(Mode.NATIVE, Mode.AUTO, Mode.EDIT);
    }

    @Test
    void the_sign_of_life_comes_when_the_operator_says() throws IOException {
        assertThat(load("delivery: {sign-after: 800ms}\n", Map.of()).delivery())
                .isEqualTo(new Delivery(Duration.ofMillis(300), 20, Duration.ofMillis(800)));
    }

    @Test
    void an_empty_list_means_no_bot() throws IOException {
        Settings settings = load("telegram: []\nslack: []\n", Map.of());
        assertThat(settings.telegram()).isEmpty();
        assertThat(settings.slack()).isEmpty();
    }

    @Test
    void another_model_of_the_same_service_takes_its_key_and_bounds() throws IOException {
        Settings settings =
                load("models:\n  fast:\n    name: quick\n    gap-timeout: 5s\n", Map.of("ERNIE_API_KEY", "k"));
        Model fast = settings.model("fast");

        assertThat(fast.name()).isEqualTo("quick");
        assertThat(fast.apiKey().value()).isEqualTo("k");
        assertThat(fast.baseUrl()).isEqualTo(settings.model("default").baseUrl());
        assertThat(fast.gapTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(fast.attempts()).isEqualTo(settings.model("default").attempts());
    }

    @Test
    void a_model_of_another_service_is_never_given_baidus_key() throws IOException {
        String yaml = """
                models:
                  own: {dialect: openai, base-url: "http://127.0.0.1:8000/v1", name: ernie-local}
                """;
        Model own = load(yaml, Map.of("ERNIE_API_KEY", "k")).model("own");

        assertThat(own.apiKey().isEmpty()).isTrue();
        assertThat(own.dialect()).isEqualTo(Model.Dialect.OPENAI);
    }

    @Test
    void the_environment_fills_the_shipped_places() throws IOException {
        Map<String, String> environment = Map.of(
                "ERNIE_API_KEY", "bce-v3/ALTAK-x/y",
                "TELEGRAM_BOT_TOKEN", "1:abc",
                "SLACK_BOT_TOKEN", "xoxb-1",
                "SLACK_APP_TOKEN", "xapp-1",
                "SLACK_SIGNING_SECRET", "s");
        Settings settings = load("", environment);

        assertThat(settings.model("default").apiKey().value()).isEqualTo("bce-v3/ALTAK-x/y");
        assertThat(settings.telegram()).singleElement().matches(Telegram::isOn);
        assertThat(settings.slack())
                .singleElement()
                .isEqualTo(new Slack(
                        "slack",
                        "default",
                        new Secret("xoxb-1"),
                        new Secret("xapp-1"),
                        new Secret("s"),
                        URI.create("https://slack.com/api/"),
                        Slack.Receive.SOCKET,
                        true,
                        Mode.AUTO));
    }

    @Test
    void placeholders_fall_back_escape_and_are_not_looked_into_twice() throws IOException {
        Map<String, String> environment = Map.of("A", "${B}", "EMPTY", "", "B", "never");

        assertThat(load("web: {title: 'x ${A} y'}", environment).web().title()).isEqualTo("x ${B} y");
        assertThat(load("web: {title: '${EMPTY:or this}'}", environment).web().title())
                .isEqualTo("or this");
        assertThat(load("web: {title: '${NONE:a:b}'}", environment).web().title())
                .isEqualTo("a:b");
        assertThat(load("web: {title: '$${B} costs $5'}", environment).web().title())
                .isEqualTo("${B} costs $5");
    }

    @Test
    void chinese_texts_arrive_unharmed() throws IOException {
        Settings settings = load("web:\n  title: 文心一言\nconversation:\n  persona: 请用中文回答。😀\n", Map.of());
        assertThat(settings.web().title()).isEqualTo("文心一言");
        assertThat(settings.conversation().persona()).isEqualTo("请用中文回答。😀");
    }

    @Test
    void a_file_that_is_not_there_or_is_no_file_says_so() throws IOException {
        Path missing = folder.resolve("none.yaml");
        assertThatThrownBy(() -> SettingsFile.load(missing, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        missing + ": does not exist; write the path of a settings file, or copy config/gateway.yaml");
        assertThatThrownBy(() -> SettingsFile.load(folder, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage(folder + ": is a directory; write the path of a settings file such as config/gateway.yaml");
    }

    @Test
    void a_file_that_may_not_be_read_says_so() throws IOException {
        Path file = Files.writeString(folder.resolve("g.yaml"), "server:\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        if (Files.isReadable(file)) {
            // The superuser may read everything.
            assertThat(SettingsFile.load(file, Map.of())).isEqualTo(Settings.defaults());
        } else {
            assertThatThrownBy(() -> SettingsFile.load(file, Map.of()))
                    .hasMessage(file + ": may not be read by this user; give it the right to read the file");
        }
    }

    @Test
    void a_file_of_another_encoding_or_size_is_refused() {
        byte[] latin = "web:\n  title: é\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(new Written(folder, latin, Map.of()).faults())
                .containsExactly("g.yaml: is not UTF-8; save it with the encoding UTF-8");
        assertThat(new Written(folder, new byte[(1 << 20) + 1], Map.of()).faults())
                .containsExactly("g.yaml: is larger than 1 MiB; write the path of a settings file such as"
                        + " config/gateway.yaml");
    }

    @Test
    void a_bomb_of_aliases_is_refused_at_its_first_alias() {
        String bomb = """
                a: &a ["x","x","x","x","x","x","x","x","x"]
                b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
                c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
                d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
                """;
        assertThat(Written.in(folder, bomb).faults())
                .containsExactly("g.yaml:2 b[0]: is an alias (*name), which is not supported; write the value itself");
    }

    @Test
    void a_model_without_a_service_of_its_own_asks_the_first_models_with_its_key() throws IOException {
        Settings settings = load("""
                models:
                  default: {name: a, base-url: "https://proxy.example/v2", api-key: k, temperature: 0.5, fallbacks: [fast]}
                  fast: {name: b}
                  own: {name: c, dialect: vllm, base-url: "http://gpu:8000/v1"}
                """, Map.of());
        Model fast = settings.model("fast");
        assertThat(fast.baseUrl()).hasToString("https://proxy.example/v2");
        assertThat(fast.apiKey().value()).isEqualTo("k");
        assertThat(fast.temperature()).isEqualTo(0.5);
        assertThat(fast.fallbacks()).isEmpty();
        assertThat(settings.model("own").apiKey().isEmpty()).isTrue();
        assertThat(settings.model("own").temperature()).isEqualTo(0.5);
        assertThat(settings.model("default").fallbacks()).containsExactly("fast");
    }

    @Test
    void a_fault_of_the_first_model_is_told_once() {
        assertThat(Written.in(folder, "models:\n  default:\n    attempts: 99\n  fast:\n    name: b\n")
                        .faults())
                .hasSize(1);
    }

    @Test
    void secrets_are_masked_wherever_a_record_is_printed() throws IOException {
        String yaml = """
                models: {default: {api-key: hidden1, client-id: hidden2, client-secret: hidden3}}
                telegram: [{token: "7:hidden4", webhook-secret: hidden5}]
                slack: [{bot-token: xoxb-hidden6, app-token: xapp-hidden7, signing-secret: hidden8}]
                """;
        assertThat(load(yaml, Map.of()).toString()).doesNotContain("hidden").contains("apiKey=***");
        assertThat(Settings.defaults().toString()).contains("apiKey=(empty)");
    }
}
