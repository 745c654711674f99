package io.erniegateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erniegateway.config.Settings;
import io.erniegateway.config.SettingsFile;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.simulated.ErnieSimulator;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.Script;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import io.erniegateway.gateway.model.Model;
import io.erniegateway.gateway.model.ModelEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the settings file to models that answer. */
class ModelsTest {
    @TempDir
    Path folder = Path.of("");

    private final ErnieSimulator server = ErnieSimulator.start(
            SimulatorOptions.defaults().withTimeScale(0).withScript(Script.inTurn(Reply.of("从第二个模型来的回答"))));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_fallback_answers_when_the_first_model_cannot() throws Exception {
        List<ModelEvent> events = ask("""
                models:
                  default:
                    name: not-served
                    base-url: %s
                    api-key: simulated-api-key
                    fallbacks: [second]
                  second:
                    name: scripted-demo
                """.formatted(server.baseUrl(Dialect.QIANFAN_V2)));
        assertThat(text(events)).isEqualTo("从第二个模型来的回答");
        assertThat(events).endsWith(new ModelEvent.Complete(ModelEvent.Complete.How.WHOLE));
    }

    @Test
    void an_iam_key_pair_gets_in() throws Exception {
        SimulatorOptions options = SimulatorOptions.defaults();
        List<ModelEvent> events = ask("""
                models:
                  default:
                    name: scripted-demo
                    base-url: %s
                    access-key: %s
                    secret-key: %s
                    iam-url: http://127.0.0.1:%d
                    web-search: "on"
                    thinking: "off"
                    input-tokens: 100
                """.formatted(
                        server.baseUrl(Dialect.QIANFAN_V2), options.accessKey(), options.secretKey(), server.port()));
        assertThat(text(events)).isEqualTo("从第二个模型来的回答");
        assertThat(server.requestBodies().getLast())
                .contains("\"enable_thinking\":false", "\"web_search\":{\"enable\":true");
    }

    @Test
    void a_self_hosted_server_is_asked_in_its_own_words() throws Exception {
        ask("""
                models:
                  default:
                    dialect: vllm
                    name: scripted-demo
                    base-url: %s
                    web-search: "on"
                    top-p: 0.5
                """.formatted(server.baseUrl(Dialect.OPENAI)));
        assertThat(server.requestBodies().getLast()).contains("\"top_p\":0.5").doesNotContain("web_search");
    }

    @Test
    void a_model_without_its_keys_stops_the_start_and_says_which() throws IOException {
        Settings settings = settings("models:\n  default:\n    dialect: qianfan-v1\n    base-url: https://h\n");
        assertThatThrownBy(() -> Models.from(settings, Set.of("default")))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("models.default: clientId: is empty");
    }

    private static String text(List<ModelEvent> events) {
        return events.stream()
                .map(event -> event instanceof ModelEvent.Delta(String delta) ? delta : "")
                .collect(Collectors.joining());
    }

    private List<ModelEvent> ask(String yaml) throws Exception {
        Model model = Objects.requireNonNull(
                Models.from(settings(yaml), Set.of("default")).get("default"));
        List<ModelEvent> events = new ArrayList<>();
        try (model;
                Model.ModelStream answer =
                        model.ask(new Model.Question("", List.of(new Model.Turn(true, "hi")), "someone"))) {
            answer.forEach(events::add);
        }
        return events;
    }

    private Settings settings(String yaml) throws IOException {
        return SettingsFile.load(Files.writeString(folder.resolve("g.yaml"), yaml), Map.of());
    }
}
