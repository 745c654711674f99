package io.erniegateway.ernie.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ToolCall;
import io.erniegateway.ernie.ToolChoice;
import io.erniegateway.ernie.ToolSpec;
import io.erniegateway.ernie.Turn;
import io.erniegateway.ernie.simulated.SimulateArguments.BadArgument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateArgumentsTest {
    private static final Question QUESTION = new Question(Dialect.QIANFAN_V2, "m", "", List.of(Turn.user("hello")), "");

    @TempDir
    Path folder = Path.of("");

    @Test
    void without_options_it_is_the_demo_at_the_recorded_speed_on_the_usual_port() {
        SimulatorOptions options = options();
        assertThat(options)
                .isEqualTo(SimulatorOptions.defaults()
                        .withPort(SimulateArguments.USUAL_PORT)
                        .withScript(options.script()));
        Reply reply = options.script().answer(QUESTION);
        assertThat(reply).isEqualTo(new DemoScript().answer(QUESTION));
    }

    @Test
    void every_number_and_name_arrives() {
        SimulatorOptions options = options("--port=0", "--speed", "4", "--rpm", "60", "--model", "b", "--model=a/1:x");
        assertThat(options.port()).isZero();
        assertThat(options.timeScale()).isEqualTo(0.25);
        assertThat(options.requestsPerMinute()).isEqualTo(60);
        assertThat(options.models()).containsExactlyInAnyOrder("a/1:x", "b");
        assertThat(options("--speed", "max").timeScale()).isZero();
        assertThat(options("--speed", "0.5").timeScale()).isEqualTo(2);
        assertThat(options("--port", "1", "--port", "2").port())
                .as("the last one")
                .isEqualTo(2);
    }

    @Test
    void a_profile_and_quirks_are_every_answers() {
        Script script = options("--profile", "v1-classic", "--quirk", "crlf", "--quirk", "split-utf8")
                .script();
        Reply reply = script.answer(QUESTION);
        assertThat(reply.profile()).isEqualTo(Profile.V1_CLASSIC);
        assertThat(reply.quirks()).containsExactlyInAnyOrder(Quirk.CRLF, Quirk.SPLIT_UTF8);
        assertThat(reply.reasoning()).isEmpty();
    }

    @Test
    void a_thinking_profile_thinks_for_at_least_five_seconds() {
        Reply reply = options("--profile", "v2-thinking").script().answer(QUESTION);
        Profile pace = Profile.V2_THINKING;
        double chunks = reply.reasoning().length() / ((pace.leastCharacters() + pace.mostCharacters()) / 2.0);
        double gap = pace.shortestGap().plus(pace.longestGap()).toMillis() / 2.0;
        assertThat(chunks * gap).isBetween(5_000.0, 30_000.0);
    }

    @Test
    void texts_come_in_turn() throws IOException {
        Path first = Files.writeString(folder.resolve("first"), "一\n二\n");
        Path second = Files.writeString(folder.resolve("second"), "2");
        Script script =
                options("--text", first.toString(), "--text", second.toString()).script();
        assertThat(List.of(text(script), text(script), text(script))).containsExactly("一\n二", "2", "一\n二");
    }

    @Test
    void faults_come_in_turn_and_spare_the_answers_between() {
        Script script = options("--fault", "cut:3", "--fault", "status:503", "--fault-every", "2")
                .script();
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            faults.add(script.answer(QUESTION).fault());
        }
        Fault none = new Fault.None();
        assertThat(faults)
                .containsExactly(
                        none, new Fault.Cut(3), none, new Fault.Status(503, "", "as told"), none, new Fault.Cut(3));
    }

    @Test
    void the_limits_and_the_server_that_is_played_arrive() {
        SimulatorOptions options = options(
                "--tpm",
                "1000",
                "--token-life=60",
                "--max-characters",
                "99",
                "--offline-model",
                "old",
                "--self-hosted=vllm");
        assertThat(options.tokensPerMinute()).isEqualTo(1000);
        assertThat(options.tokenLife()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.maxCharacters()).isEqualTo(99);
        assertThat(options.offlineModels()).containsExactly("old");
        assertThat(options.models()).containsExactly(SimulatorOptions.DEMO_MODEL);
        assertThat(options.selfHosted()).isEqualTo(Dialect.VLLM);
        assertThat(options("--self-hosted", "llama-cpp").selfHosted()).isEqualTo(Dialect.LLAMA_CPP);
    }

    @Test
    void a_flag_is_told_with_its_turn_and_retracts_only_what_was_shown() {
        assertThat(flagged("2")).isEqualTo(new Reply.Flagged(1, 2, -1));
        assertThat(flagged("3:-1")).isEqualTo(new Reply.Flagged(1, 3, -1));
        assertThat(flagged("4:7")).isEqualTo(new Reply.Flagged(2, 4, 7));
    }

    private static Reply.@Nullable Flagged flagged(String flag) {
        return options("--flag", flag).script().answer(QUESTION).flagged();
    }

    @Test
    void calls_are_made_once_and_only_where_functions_are_offered() {
        Script script =
                options("--call", "weather:{\"city\":\"a:b\"}", "--call=time").script();
        assertThat(script.answer(QUESTION).calls()).isEmpty();
        Reply calling = script.answer(offering(Turn.user("hello")));
        assertThat(calling.calls()).extracting(Reply.Call::name).containsExactly("weather", "time");
        assertThat(calling.calls()).extracting(Reply.Call::arguments).containsExactly("{\"city\":\"a:b\"}", "{}");
        assertThat(calling.reason()).isEqualTo(Reason.TOOL_CALLS);
        ToolCall made = new ToolCall("1", "time", "{}", "");
        Question answered = offering(
                Turn.user("hello"), new Turn.Assistant("", List.of(made)), new Turn.ToolResult(made, "{\"hour\":8}"));
        assertThat(script.answer(answered).calls()).isEmpty();
    }

    private static Question offering(Turn... turns) {
        ToolSpec tool = new ToolSpec("time", "d", "{\"type\":\"object\"}");
        return new Question(
                Dialect.QIANFAN_V2, "m", "", List.of(turns), "", List.of(tool), new ToolChoice.Auto(), false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", ":{}", "f:", "f:[]", "f:{", "f:{}{}", "f:{} x"})
    void a_call_that_makes_no_sense_is_told_with_one_that_does(String call) {
        assertThatThrownBy(() -> options("--call", call))
                .isInstanceOf(BadArgument.class)
                .hasMessage(
                        "--call: \"" + call + "\" is no NAME[:JSON]; use letters, digits, _ and - for the name, 64 at"
                                + " most, and a JSON object, such as --call 'weather:{\"city\":\"北京\"}'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            babble:3|Babble[afterChunks=3]
            cut:0|Cut[afterChunks=0]
            reset:12|Reset[afterChunks=12]
            stall:1|Stall[afterChunks=1]
            error:2:336100|ErrorLine[afterChunks=2, code=336100, message=as told]
            ok-error:17|OkError[code=17, message=as told]
            status:429:rpm_rate_limit_exceeded|Status[status=429, code=rpm_rate_limit_exceeded, message=as told, headers={}]
            status:599|Status[status=599, code=, message=as told, headers={}]
            """)
    void every_fault_has_its_spelling(String spelling, String fault) {
        assertThat(options("--fault", spelling).script().answer(QUESTION).fault())
                .hasToString(fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            --prot 1|"--prot" is no option; write one of: --port --model --offline-model --self-hosted --rpm --tpm --max-characters --token-life --speed --profile --text --quirk --flag --call --fault --fault-every --help
            8090|"8090" is no option; write one of: --port --model --offline-model --self-hosted --rpm --tpm --max-characters --token-life --speed --profile --text --quirk --flag --call --fault --fault-every --help
            --port|--port: needs a value; see --help
            --port=|--port: needs a value; see --help
            --help=x|--help: takes no value, not even "x"; write --help alone
            --help=|--help: takes no value, not even ""; write --help alone
            --fault-every 3|--fault-every: "3" breaks nothing without a --fault; add one, such as --fault cut:3
            --tpm 0|--tpm: "0" is no whole number from 1 to 100000000
            --max-characters 0|--max-characters: "0" is no whole number from 1 to 16777216
            --token-life 2592001|--token-life: "2592001" is no whole number from 1 to 2592000
            --offline-model $(x)|--offline-model: "$(x)" is no name; use letters, digits and . _ : / - only, 100 at most
            --offline-model scripted-demo|--offline-model: "scripted-demo" is also a model that it knows; name another one
            --self-hosted qianfan-v2|--self-hosted: there is no "qianfan-v2"; write one of: fastdeploy llama-cpp ollama openai vllm
            --flag 5|--flag: "5" is no N[:ROUND]; N is 1 to 4, ROUND is -1 to 100000
            --flag 0|--flag: "0" is no N[:ROUND]; N is 1 to 4, ROUND is -1 to 100000
            --flag 2:-2|--flag: "2:-2" is no N[:ROUND]; N is 1 to 4, ROUND is -1 to 100000
            --flag 2:1:1|--flag: "2:1:1" is no N[:ROUND]; N is 1 to 4, ROUND is -1 to 100000
            --port x|--port: "x" is no whole number from 0 to 65535
            --port 65536|--port: "65536" is no whole number from 0 to 65535
            --port -1|--port: "-1" is no whole number from 0 to 65535
            --rpm 0|--rpm: "0" is no whole number from 1 to 1000000
            --fault-every 0|--fault-every: "0" is no whole number from 1 to 1000000
            --profile fast|--profile: there is no "fast"; write one of: v1-classic v2-thinking v2-token
            --speed 0|--speed: "0" is neither a number above 0, such as 10 or 0.5, nor max
            --speed -1|--speed: "-1" is neither a number above 0, such as 10 or 0.5, nor max
            --speed NaN|--speed: "NaN" is neither a number above 0, such as 10 or 0.5, nor max
            --model $(x)|--model: "$(x)" is no name; use letters, digits and . _ : / - only, 100 at most
            --text /no/such/file|--text: "/no/such/file" cannot be read; name a text file
            --text /|--text: "/" cannot be read; name a text file
            """)
    void what_makes_no_sense_is_told_in_one_line_with_what_would(String line, String message) {
        assertThatThrownBy(() -> options(line.split(" ", -1)))
                .isInstanceOf(BadArgument.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cut",
                "cut:x",
                "cut:1:2",
                "cut:-1",
                "error:1",
                "error:1:",
                "error:x:17",
                "ok-error:",
                "status:200",
                "status:600:x",
                "status:500:a b",
                "explode",
                ":",
                ""
            })
    void a_fault_that_makes_no_sense_is_told_with_all_that_do(String fault) {
        assertThatThrownBy(() -> options("--fault", fault))
                .isInstanceOf(BadArgument.class)
                .message()
                .containsAnyOf(
                        "is none of cut:N reset:N stall:N babble:N error:N:CODE ok-error:CODE status:400…599[:CODE]",
                        "needs a value")
                .doesNotContain("\n");
    }

    @Test
    void a_quirk_that_is_unknown_is_told_with_all_that_are_not() {
        assertThatThrownBy(() -> options("--quirk", "odd\u001b"))
                .hasMessageStartingWith("--quirk: there is no \"odd?\"; write one of: broken-utf8 comment-lines crlf ")
                .hasMessageEndingWith(" usage-own-chunk");
    }

    @Test
    void a_text_must_be_utf8_and_not_empty_and_not_endless() throws IOException {
        Path latin = Files.write(folder.resolve("latin"), new byte[] {(byte) 0xE9, 'a'});
        Path empty = Files.writeString(folder.resolve("empty"), " \n");
        Path large = Files.write(folder.resolve("large"), new byte[1024 * 1024 + 1]);
        assertThatThrownBy(() -> options("--text", latin.toString())).hasMessageEndingWith(" is not UTF-8");
        assertThatThrownBy(() -> options("--text", empty.toString()))
                .hasMessageEndingWith(" is empty; name a file with a text in it");
        assertThatThrownBy(() -> options("--text", large.toString())).hasMessageEndingWith(" is longer than 1 MiB");
    }

    @Test
    void help_is_help_whatever_else_stands_there() {
        assertThat(SimulateArguments.parse(List.of("--nonsense", "--help")).help())
                .isTrue();
        assertThat(SimulateArguments.USAGE)
                .contains("v1-classic, v2-thinking, v2-token", "usage-own-chunk", "default: 8090", "scripted-demo")
                .doesNotContain("%s", "%d", " \n");
        assertThat(SimulateArguments.USAGE.lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(110));
        assertThat(SimulateArguments.USAGE)
                .contains("fastdeploy, llama-cpp, ollama, openai, vllm", "default: 516096", "default: 2592000");
    }

    private static SimulatorOptions options(String... words) {
        SimulateArguments arguments = SimulateArguments.parse(List.of(words));
        assertThat(arguments.help()).isFalse();
        return arguments.options();
    }

    private static String text(Script script) {
        return script.answer(QUESTION).text();
    }
}
