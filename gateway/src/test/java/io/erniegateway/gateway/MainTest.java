package io.erniegateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erniegateway.config.Settings;
import io.erniegateway.config.SettingsFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    private Path folder;

    private record Ran(int exit, String said) {}

    private static Ran run(String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setOut(both);
            System.setErr(both);
            return new Ran(Main.run(args), said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private Path file(String yaml) throws Exception {
        return Files.writeString(folder.resolve("my.yaml"), yaml);
    }

    @Test
    void a_good_file_has_no_faults() throws Exception {
        Ran ran = run("check-config", file("web: {title: Help desk}\n").toString());
        assertThat(ran.exit()).isZero();
        assertThat(ran.said()).contains("no faults", "default, echo, echo-stream", "web");
    }

    @Test
    void all_faults_are_told_at_once_with_their_lines() throws Exception {
        Ran ran = run(
                "check-config",
                file("server:\n  prot: 1\nweb:\n  model: defualt\n").toString());
        assertThat(ran.exit()).isEqualTo(Main.FAULT);
        assertThat(ran.said()).contains("my.yaml:2", "did you mean \"port\"", "my.yaml:4", "did you mean \"default\"");
    }

    @Test
    void without_a_key_serve_says_where_to_put_it() {
        Settings settings = SettingsFile.shipped(Map.of());
        assertThatThrownBy(() -> Models.from(settings, java.util.Set.of("default")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("models.default")
                .hasMessageContaining("export ERNIE_API_KEY=")
                .hasMessageContaining("./ernie-gateway demo");
        assertThat(Models.from(settings, java.util.Set.of("echo", "echo-stream")))
                .hasSize(2);
    }

    @Test
    void serve_with_a_file_that_is_not_there_says_so() {
        Ran ran = run("serve", "--config", folder.resolve("none.yaml").toString());
        assertThat(ran.exit()).isEqualTo(Main.FAULT);
        assertThat(ran.said()).contains("none.yaml");
    }

    @Test
    void a_port_in_use_is_told_in_one_sentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            Path yaml = file("server: {port: " + taken.getLocalPort() + "}\nstore: {file: " + folder.resolve("g.db")
                    + "}\nweb: {model: echo}\n");
            Ran ran = run("serve", "--config", yaml.toString());
            assertThat(ran.exit()).isEqualTo(Main.FAULT);
            assertThat(ran.said()).contains("cannot listen", "server.port", "Choose another port");
        }
    }

    @Test
    void a_wrong_command_line_is_explained() {
        assertThat(run().exit()).isEqualTo(Main.USAGE);
        assertThat(run().said()).contains("serve, demo or check-config");
        assertThat(run("demo", "--port", "many").said()).contains("--port");
        assertThat(run("--version").said()).contains("Ernie Gateway");
    }
}
