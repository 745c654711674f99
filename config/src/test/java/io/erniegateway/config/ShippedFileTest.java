package io.erniegateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file an operator copies is complete, and what it and the README say is what happens. */
class ShippedFileTest {
    @TempDir
    Path folder = Path.of("");

    private static final Path FILE = Path.of("gateway.yaml");

    private static final Map<String, Class<?>> SECTIONS = sections();

    private static Map<String, Class<?>> sections() {
        Map<String, Class<?>> sections = new LinkedHashMap<>();
        sections.put("server", Server.class);
        sections.put("store", Store.class);
        sections.put("models.default", Model.class);
        sections.put("conversation", Conversation.class);
        sections.put("delivery", Delivery.class);
        sections.put("web", Web.class);
        sections.put("telegram", Telegram.class);
        sections.put("slack", Slack.class);
        return sections;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static YamlNode.Mapping shipped() throws IOException {
        Faults faults = new Faults();
        YamlNode.Mapping tree = YamlTree.parse("gateway.yaml", Files.readString(FILE), faults);
        assertThat(faults.isEmpty()).isTrue();
        return tree;
    }

    private static YamlNode.Mapping at(YamlNode.Mapping tree, String path) {
        int dot = path.indexOf('.');
        YamlNode node = tree.written(dot < 0 ? path : path.substring(0, dot));
        if (node instanceof YamlNode.Sequence list) {
            node = list.items().getFirst();
        }
        if (!(node instanceof YamlNode.Mapping mapping)) {
            throw new AssertionError("no section " + path);
        }
        return dot < 0 ? mapping : at(mapping, path.substring(dot + 1));
    }

    @Test
    void it_loads_without_a_fault_and_equals_the_defaults() {
        assertThat(SettingsFile.load(FILE, Map.of())).isEqualTo(Settings.defaults());
    }

    @Test
    void it_is_the_file_packed_into_the_module() throws IOException {
        assertThat(SettingsFile.shippedText()).isEqualTo(Files.readString(FILE));
    }

    @Test
    void it_shows_every_field_of_every_record_and_nothing_else() throws IOException {
        YamlNode.Mapping tree = shipped();
        assertThat(tree.values().keySet())
                .containsExactly(Arrays.stream(Settings.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toArray(String[]::new));
        SECTIONS.forEach((path, type) -> assertThat(at(tree, path).values().keySet())
                .as(path)
                .containsExactly(Arrays.stream(type.getRecordComponents())
                        .map(component -> kebab(component.getName()))
                        .toArray(String[]::new)));
    }

    @Test
    void the_readme_lists_every_setting_with_its_default() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        YamlNode.Mapping tree = shipped();
        List<String> missing = new ArrayList<>();
        SECTIONS.forEach((path, type) -> at(tree, path).values().forEach((key, value) -> {
            String text = value instanceof YamlNode.Scalar scalar ? scalar.text() : "";
            String shown = key.equals("persona") ? "see the file" : text.isEmpty() ? "–" : "`" + text + "`";
            String row = "| `" + path + "." + key + "` | " + shown + " |";
            if (!readme.contains(row)) {
                missing.add(row);
            }
        }));
        assertThat(missing).isEmpty();
    }

    @Test
    void the_example_in_the_readme_loads() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        int begin = readme.indexOf("```yaml\n") + "```yaml\n".length();
        Path example =
                Files.writeString(folder.resolve("g.yaml"), readme.substring(begin, readme.indexOf("```", begin)));

        Settings settings = SettingsFile.load(example, Map.of("ERNIE_API_KEY", "k", "SECOND_TOKEN", "2:b"));

        assertThat(settings.model("fast").apiKey().value()).isEqualTo("k");
        assertThat(settings.model("own").apiKey().isEmpty()).isTrue();
        assertThat(settings.telegram()).extracting(Telegram::isOn).containsExactly(false, true);
    }

    @Test
    void the_programs_in_the_readme_are_the_ones_that_are_tested() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        Path tests = Path.of("..", "ernie-client", "src/test/java/io/erniegateway/ernie");
        List<String> programs = List.of("ReadmeExample.java", "tools/ReadmeTools.java", "ReadmeCalls.java");
        int end = 0;
        for (String program : programs) {
            int begin = readme.indexOf("```java\n", end) + "```java\n".length();
            end = readme.indexOf("```", begin);
            assertThat(Files.readString(tests.resolve(program)))
                    .contains(readme.substring(begin, end).indent(8) + "    }\n");
        }
        assertThat(readme.indexOf("```java\n", end))
                .as("one that is not tested")
                .isNegative();
    }

    @Test
    void the_defaults_are_the_promised_ones() {
        Settings defaults = Settings.defaults();

        assertThat(defaults.server()).isEqualTo(new Server("127.0.0.1", 8080, Duration.ofSeconds(10)));
        assertThat(defaults.store()).isEqualTo(new Store(Path.of("data", "gateway.db")));
        assertThat(defaults.delivery()).isEqualTo(new Delivery(Duration.ofMillis(300), 20, Duration.ofSeconds(5)));
        assertThat(defaults.web()).isEqualTo(new Web(true, "web", "Ernie Gateway", "default"));
        assertThat(defaults.conversation())
                .isEqualTo(new Conversation(defaults.conversation().persona(), 20, 24_000, 8, 16_000));
        assertThat(defaults.conversation().persona()).isNotBlank();
        assertThat(defaults.telegram())
                .containsExactly(new Telegram(
                        "telegram",
                        "default",
                        Secret.EMPTY,
                        URI.create("https://api.telegram.org"),
                        Telegram.Receive.POLLING,
                        null,
                        Secret.EMPTY,
                        Mode.AUTO));
        assertThat(defaults.slack())
                .containsExactly(new Slack(
                        "slack",
                        "default",
                        Secret.EMPTY,
                        Secret.EMPTY,
                        Secret.EMPTY,
                        URI.create("https://slack.com/api/"),
                        Slack.Receive.SOCKET,
                        true,
                        Mode.AUTO));
        assertThat(defaults.telegram()).noneMatch(Telegram::isOn);
        assertThat(defaults.slack()).noneMatch(Slack::isOn);
    }

    @Test
    void the_default_models_are_ernie_and_two_echoes() {
        Settings settings = Settings.defaults();

        assertThat(settings.models().values())
                .extracting(Model::kind)
                .containsExactly(Model.Kind.ERNIE, Model.Kind.ECHO, Model.Kind.ECHO_STREAM);
        Model model = settings.model("default");
        assertThat(model)
                .isEqualTo(new Model(
                        Model.Kind.ERNIE,
                        Model.Dialect.QIANFAN_V2,
                        URI.create("https://qianfan.baidubce.com/v2"),
                        model.name(),
                        Secret.EMPTY,
                        Secret.EMPTY,
                        Secret.EMPTY,
                        null,
                        Secret.EMPTY,
                        Secret.EMPTY,
                        null,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(90),
                        3,
                        200_000,
                        null,
                        null,
                        null,
                        Model.Switch.DEFAULT,
                        Model.Switch.DEFAULT,
                        0,
                        0,
                        1000,
                        0,
                        0,
                        List.of()));
        assertThat(settings.model("echo").name()).isEmpty();
        assertThat(settings.model("echo-stream").apiKey().isEmpty()).isTrue();
    }
}
