package io.erniegateway.ernie.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command as a process of its own, as the launcher starts it, asked by a client that is not ours. Tests have threads
 * of their own, for a read from a child that hangs cannot be interrupted; {@link #endAll} ends the child, and so the read.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class SimulateCommandTest {
    @TempDir
    Path folder = Path.of("");

    private final List<Process> children = new CopyOnWriteArrayList<>();

    private record Ended(int code, String out, String err) {}

    /** Also after a timeout, whose thread still waits for its child. */
    @AfterEach
    void endAll() {
        children.forEach(Process::destroyForcibly);
    }

    @Test
    void it_serves_what_it_says_and_ends_when_it_is_told_to() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "千帆");
        Process process = start("--port", "0", "--speed", "max", "--text", text.toString(), "--model", "mine");
        List<String> greeting = greeting(process);
        String url = first(greeting, "base URL (\\S+/v2), API key simulated-api-key");
        HttpResponse<String> answer = ask(url + "/chat/completions");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(answer.body()).startsWith("data: ").contains("千").endsWith("data: [DONE]\n\n");

        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void its_greeting_has_a_line_to_try_for_each_interface() {
        SimulatorOptions options = SimulatorOptions.defaults();
        try (ErnieSimulator simulator = ErnieSimulator.start(options)) {
            String origin = "http://127.0.0.1:" + simulator.port();
            assertThat(SimulateCommand.greeting(simulator, options))
                    .startsWith("Simulated ERNIE is at " + origin + "/   (Ctrl-C stops it)\n")
                    .contains(
                            "curl -N \"" + origin + "/v2/chat/completions\"",
                            "curl -N \"" + origin
                                    + "/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/scripted-demo?access_token=$(",
                            "curl -N \"" + origin + "/v1/chat/completions\"",
                            "access key simulated-access-key, secret key simulated-secret-key");
        }
    }

    @Test
    void a_bad_argument_is_one_line_and_exit_code_two() throws Exception {
        Process process = start("--port", "none");
        assertThat(process.getInputStream().readAllBytes()).isEmpty();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(folder.resolve("err"))
                .content()
                .isEqualTo("ernie-gateway simulate ernie: --port: \"none\" is no whole number from 0 to 65535\n");
    }

    @Test
    void help_goes_to_the_output_and_is_no_failure() throws Exception {
        assertThat(run("--help")).isEqualTo(new Ended(0, SimulateArguments.USAGE, ""));
    }

    @Test
    void a_port_in_use_is_told_with_the_remedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int port = taken.getLocalPort();
            assertThat(run("--port", Integer.toString(port)))
                    .isEqualTo(new Ended(
                            1,
                            "",
                            "ernie-gateway simulate ernie: port " + port
                                    + " cannot be opened; choose another with --port, or --port 0 for any free one\n"));
        }
    }

    private static Ended run(String... arguments) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = SimulateCommand.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SimulateCommand.class.getName()));
        command.addAll(List.of(arguments));
        Process child = new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .start();
        children.add(child);
        return child;
    }

    private static List<String> greeting(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null && !line.startsWith("Try it"); line = out.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    private static String first(List<String> lines, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(String.join("\n", lines));
        assertThat(matcher.find()).as("%s in %s", regex, lines).isTrue();
        return matcher.group(1);
    }

    private static HttpResponse<String> ask(String url) throws IOException, InterruptedException {
        String body = "{\"model\":\"mine\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer simulated-api-key")
                .POST(BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }
}
