package io.erniegateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsFaultsTest {
    @TempDir
    Path folder = Path.of("");

    private static Arguments fault(String yaml, String... faults) {
        return Arguments.of(yaml, faults);
    }

    static Stream<Arguments> keysAndTypes() {
        return Stream.of(
                fault("server:\n  prot: 1\n", "g.yaml:2 server.prot: is not a setting; did you mean \"port\"?"),
                fault("sever:\n  port: 1\n", "g.yaml:1 sever: is not a setting; did you mean \"server\"?"),
                fault(
                        "web:\n  colour: red\n",
                        "g.yaml:2 web.colour: is not a setting; write one of: enabled, name, title, model"),
                fault(
                        "models:\n  default:\n    api_key: x\n",
                        "g.yaml:3 models.default.api_key: is not a setting; did you mean \"api-key\"?"),
                fault(
                        "telegram:\n  - recieve: polling\n",
                        "g.yaml:2 telegram[0].recieve: is not a setting; did you mean \"receive\"?"),
                fault(
                        "server: 8080\n",
                        "g.yaml:1 server: is a single value; write its keys below it, indented by two blanks"),
                fault("server:\n  port: [1]\n", "g.yaml:2 server.port: is a list; write a single value"),
                fault("store:\n  file: {a: b}\n", "g.yaml:2 store.file: is a section with keys; write a single value"),
                fault(
                        "telegram:\n  token: x\n",
                        "g.yaml:1 telegram: is a section with keys; write a list, each item beginning with \"- \""),
                fault(
                        "slack:\n  - xoxb-1\n",
                        "g.yaml:2 slack[0]: is a single value; write its keys below it, indented by two blanks"),
                fault(
                        "server:\n  port: 1\n  port: 2\n",
                        "g.yaml:3 server.port: is written twice, first in line 2; remove one of them"),
                fault(
                        "web:\n  enabled: yes\n",
                        "g.yaml:2 web.enabled: \"yes\" is neither true nor false; write one of them"),
                fault("- a\n", "g.yaml:1: is a list; write sections such as \"server:\" with keys below them"),
                fault(
                        "just text\n",
                        "g.yaml:1: is a single value; write sections such as \"server:\" with keys below them"));
    }

    static Stream<Arguments> ranges() {
        return Stream.of(
                fault(
                        "server:\n  port: 70000\n",
                        "g.yaml:2 server.port: \"70000\" is out of range; write a whole number from 0 to 65535"),
                fault(
                        "server:\n  port: -1\n",
                        "g.yaml:2 server.port: \"-1\" is out of range; write a whole number from 0 to 65535"),
                fault(
                        "server:\n  port: http\n",
                        "g.yaml:2 server.port: \"http\" is not a whole number; write a whole number from 0 to 65535"),
                fault(
                        "server:\n  port: 99999999999999999999\n",
                        "g.yaml:2 server.port: \"99999999999999999999\" is not a whole number; write a whole number from 0"
                                + " to 65535"),
                fault("server:\n  host: ''\n", "g.yaml:2 server.host: is empty; write a text"),
                fault(
                        "server:\n  shutdown-grace: 10\n",
                        "g.yaml:2 server.shutdown-grace: \"10\" is not a duration; write a whole number with its unit: 300ms,"
                                + " 10s, 2m or 1h"),
                fault(
                        "server:\n  shutdown-grace: 0s\n",
                        "g.yaml:2 server.shutdown-grace: \"0s\" is out of range; write more than 0ms and at most 3600s"),
                fault(
                        "delivery:\n  first-text-hold: 2m\n",
                        "g.yaml:2 delivery.first-text-hold: \"2m\" is out of range; write more than 0ms and at most 60s"),
                fault(
                        "delivery:\n  sign-after: 61s\n",
                        "g.yaml:2 delivery.sign-after: \"61s\" is out of range; write more than 0ms and at most 60s"),
                fault(
                        "delivery:\n  sign-after: 5\n",
                        "g.yaml:2 delivery.sign-after: \"5\" is not a duration; write a whole number with its unit: 300ms,"
                                + " 10s, 2m or 1h"),
                fault(
                        "delivery:\n  signAfter: 5s\n",
                        "g.yaml:2 delivery.signAfter: is not a setting; did you mean \"sign-after\"?"),
                fault(
                        "models:\n  default:\n    temperature: 3\n",
                        "g.yaml:3 models.default.temperature: \"3\" is out of range; write a number from 0 to 2"),
                fault(
                        "models:\n  default:\n    temperature: warm\n",
                        "g.yaml:3 models.default.temperature: \"warm\" is not a number; write a number from 0 to 2"),
                fault(
                        "models:\n  default:\n    attempts: 0\n",
                        "g.yaml:3 models.default.attempts: \"0\" is out of range; write a whole number from 1 to 10"),
                fault(
                        "conversation:\n  persona: " + "a".repeat(20_001) + "\n",
                        "g.yaml:2 conversation.persona: has 20001 characters; write at most 20000"),
                fault(
                        "store:\n  file: \"a\\0b\"\n",
                        "g.yaml:2 store.file: is not a file name on this machine; write one such as data/gateway.db"));
    }

    static Stream<Arguments> models() {
        return Stream.of(
                fault(
                        "models:\n  default:\n    dialect: qianfan-v3\n",
                        "g.yaml:3 models.default.dialect: \"qianfan-v3\" is not known here; did you mean \"qianfan-v2\"?"),
                fault(
                        "models:\n  default:\n    kind: gpt\n",
                        "g.yaml:3 models.default.kind: \"gpt\" is not known here; write one of: ernie, echo, echo-stream"),
                fault("models:\n  fast:\n    attempts: 2\n", "g.yaml:2 models.fast.name: is missing; write a value"),
                fault(
                        "models:\n  old:\n    dialect: qianfan-v1\n    name: some\n",
                        "g.yaml:2 models.old.base-url: is missing; a model with a dialect of its own needs the address of"
                                + " its service"),
                fault(
                        "models:\n  Fast One:\n    name: some\n",
                        "g.yaml:2 models.Fast One: is not a name for a model; write 1 to 64 of a-z, 0-9, \".\", \"_\" and"
                                + " \"-\""),
                fault(
                        "models:\n  default:\n    base-url: ftp://example.com\n",
                        "g.yaml:3 models.default.base-url: is not a web address; write one that begins with https:// or"
                                + " http:// and a host"),
                fault(
                        "models:\n  default:\n    base-url: 'http://a b'\n",
                        "g.yaml:3 models.default.base-url: is not an address; write one such as https://example.com"),
                fault(
                        "models:\n  default:\n    base-url: https://u:pass@example.com/\n",
                        "g.yaml:3 models.default.base-url: has a user, a query or a fragment; write only scheme, host, port"
                                + " and path"),
                fault(
                        "models:\n  default:\n    base-url: https://example.com:70000/\n",
                        "g.yaml:3 models.default.base-url: has a port above 65535; write one from 1 to 65535"),
                fault(
                        "models:\n  default:\n    base-url: https://example.com/v2/chat/completions\n",
                        "g.yaml:3 models.default.base-url: ends with /chat/completions, which is added by itself; leave that"
                                + " part out"),
                fault(
                        "models:\n  default:\n    client-id: abc\n",
                        "g.yaml:2 models.default.client-secret: is missing; client-id and client-secret only work together"),
                fault(
                        "models:\n  default:\n    secret-key: abc\n",
                        "g.yaml:2 models.default.access-key: is missing; access-key and secret-key only work together"),
                fault(
                        "models:\n  default:\n    gap-timeout: 10m\n",
                        "g.yaml:3 models.default.gap-timeout: is longer than first-byte-timeout; write at most that"),
                fault(
                        "models:\n  default:\n    top-p: 1.5\n",
                        "g.yaml:3 models.default.top-p: \"1.5\" is out of range; write a number from 0 to 1"),
                fault(
                        "models:\n  default:\n    fallbacks: [othre]\n  other:\n    name: m\n",
                        "g.yaml:3 models.default.fallbacks: \"othre\" is not one of the models; did you mean \"other\"?"),
                fault(
                        "models:\n  default:\n    fallbacks: default\n",
                        "g.yaml:3 models.default.fallbacks: names \"default\" twice, or as its own fallback"),
                fault(
                        "models:\n  default:\n    fallbacks: [echo]\n",
                        "g.yaml:3 models.default.fallbacks: names \"echo\", which is an echo and would hide the trouble"),
                fault(
                        "models:\n  default:\n    fallbacks:\n      - [a]\n",
                        "g.yaml:4 models.default.fallbacks[0]: is a list; write a single value"),
                fault(
                        "models:\n  default:\n    api-key: 'two words'\n",
                        "g.yaml:3 models.default.api-key: holds a blank, a line break or a non-ASCII character; copy it again,"
                                + " without what is around it"),
                fault(
                        "web:\n  model: defualt\n",
                        "g.yaml:2 web.model: \"defualt\" is not one of the models; did you mean \"default\"?"),
                fault(
                        "web:\n  model: other\n",
                        "g.yaml:2 web.model: \"other\" is not one of the models; write one of: default, echo, echo-stream"));
    }

    static Stream<Arguments> bots() {
        return Stream.of(
                fault(
                        "web:\n  name: telegram\n",
                        "g.yaml:1 telegram[0].name: \"telegram\" is the name of web too; write a name of its own"),
                fault(
                        "telegram:\n  - name: a\n  - name: a\n",
                        "g.yaml:3 telegram[1].name: \"a\" is the name of telegram[0] too; write a name of its own"),
                fault(
                        "telegram:\n  - name: My Bot\n",
                        "g.yaml:2 telegram[0].name: \"My Bot\" is not a name; write 1 to 32 of a-z, 0-9 and \"-\""),
                fault(
                        "telegram:\n  - receive: webhok\n",
                        "g.yaml:2 telegram[0].receive: \"webhok\" is not known here; did you mean \"webhook\"?"),
                fault(
                        "telegram:\n  - token: my-secret-token\n",
                        "g.yaml:2 telegram[0].token: is not a bot token; write it as BotFather gives it: a number, a colon, a"
                                + " key"),
                fault(
                        "telegram:\n  - {name: a, token: '1:abc'}\n  - {name: b, token: '1:abc'}\n",
                        "g.yaml:3 telegram[1].token: is the same as that of telegram[0]; write the token of \"b\", or remove"
                                + " one"),
                fault(
                        "telegram:\n  - receive: webhook\n",
                        "g.yaml:2 telegram[0].public-url: is missing; \"receive: webhook\" needs the https address under which"
                                + " Telegram reaches this gateway",
                        "g.yaml:2 telegram[0].webhook-secret: is missing; \"receive: webhook\" needs a secret of your own"
                                + " making, so that nobody else can post updates"),
                fault(
                        "telegram:\n  - receive: webhook\n    public-url: http://a.example\n    webhook-secret: s/s\n",
                        "g.yaml:3 telegram[0].public-url: is not https; Telegram calls https addresses only",
                        "g.yaml:4 telegram[0].webhook-secret: holds a character Telegram does not take; write 1 to 256 of A-Z,"
                                + " a-z, 0-9, \"_\" and \"-\""),
                fault(
                        "telegram:\n  - receive: webhook\n    public-url: https://a.example:9000\n    webhook-secret: s\n",
                        "g.yaml:3 telegram[0].public-url: has port 9000; Telegram calls 443, 80, 88 and 8443 only"),
                fault(
                        "slack:\n  - receive: http\n",
                        "g.yaml:2 slack[0].signing-secret: is missing; \"receive: http\" needs it to tell Slack's calls from"
                                + " others: copy it from the app's Basic Information page"),
                fault(
                        "slack:\n  - bot-token: xoxb-1\n",
                        "g.yaml:2 slack[0].app-token: is missing; \"receive: socket\" needs an app-level token (xapp-…) with"
                                + " the scope connections:write"),
                fault(
                        "slack:\n  - bot-token: xapp-1\n    app-token: xoxb-1\n",
                        "g.yaml:2 slack[0].bot-token: is an app-level token; write the one that begins with xoxb- here, and"
                                + " this one at app-token",
                        "g.yaml:3 slack[0].app-token: is a bot token; write the one that begins with xapp- here, and this one"
                                + " at bot-token"),
                fault(
                        "telegram:\n  - mode: drafts\n",
                        "g.yaml:2 telegram[0].mode: \"drafts\" is not known here; write one of: auto, edit, native"),
                fault(
                        "telegram:\n  - mod: edit\n",
                        "g.yaml:2 telegram[0].mod: is not a setting; did you mean \"mode\"?"),
                fault(
                        "slack:\n  - mode: nativ\n",
                        "g.yaml:2 slack[0].mode: \"nativ\" is not known here; did you mean \"native\"?"),
                fault("slack:\n  - mode: [edit]\n", "g.yaml:2 slack[0].mode: is a list; write a single value"),
                fault("web:\n  mode: edit\n", "g.yaml:2 web.mode: is not a setting; did you mean \"model\"?"),
                fault(
                        "slack:\n  - model: ehco\n",
                        "g.yaml:2 slack[0].model: \"ehco\" is not one of the models; did you mean \"echo\"?"));
    }

    static Stream<Arguments> yaml() {
        return Stream.of(
                fault(
                        "server:\n\tport: 1\n",
                        "g.yaml:2: is not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for"
                                + " indentation); check the indentation, and put texts with special characters in quotes"),
                fault(
                        "telegram:\n  - token: secret: value\n",
                        "g.yaml:2: is not YAML: mapping values are not allowed here; check the indentation, and put texts"
                                + " with special characters in quotes"),
                fault(
                        "server:\n  port: 1\n---\nweb:\n  name: b\n",
                        "g.yaml:4: a second document begins here; keep one, and"
                                + " remove the line \"---\" before it"),
                fault(
                        "web: &w\n  name: b\nserver: *w\n",
                        "g.yaml:3 server: is an alias (*name), which is not supported; write the value itself"),
                fault(
                        "a: [[[[[[[[[[]]]]]]]]]]\n",
                        "g.yaml:1 a[0][0][0][0][0][0][0][0]: is nested more than 8 levels deep; no setting needs that"),
                fault(
                        "web:\n  title: \"a\u0001b\"\n",
                        "g.yaml:2: holds a control character; remove it, or save the file as text"));
    }

    static Stream<Arguments> environment() {
        return Stream.of(
                fault(
                        "slack:\n  - bot-token: ${MISSING_TOKEN}\n",
                        "g.yaml:2 slack[0].bot-token: the environment variable MISSING_TOKEN is not set; set it, or write"
                                + " ${MISSING_TOKEN:default}"),
                fault(
                        "server:\n  port: ${WORDS}\n",
                        "g.yaml:2 server.port: the value of ${WORDS} is not a whole number; write a whole number from 0 to"
                                + " 65535"),
                fault(
                        "slack:\n  - signing-secret: ${WORDS:secret default}\n",
                        "g.yaml:2 slack[0].signing-secret: the value of ${WORDS} holds a blank, a line break or a non-ASCII"
                                + " character; copy it again, without what is around it"),
                fault(
                        "web:\n  title: ${WORDS\n",
                        "g.yaml:2 web.title: has a \"${\" without its \"}\"; close it, or write \"$${\" for the characters"
                                + " themselves"),
                fault(
                        "web:\n  title: ${a b}\n",
                        "g.yaml:2 web.title: has a \"${…}\" that is not the name of an environment variable; write ${NAME} or"
                                + " ${NAME:default}, or \"$${\" for the characters themselves"));
    }

    @ParameterizedTest
    @MethodSource({"keysAndTypes", "ranges", "models", "bots", "yaml", "environment"})
    void a_fault_says_where_it_is_what_is_wrong_and_what_to_write(String yaml, String[] faults) {
        assertThat(Written.in(folder, yaml).with(Map.of("WORDS", "two words")).faults())
                .containsExactly(faults);
    }

    @Test
    void all_faults_come_at_once_in_the_order_of_the_file() {
        String yaml = """
                telegram:
                  - token: nonsense
                server:
                  port: 99999
                  hots: here
                models:
                  default:
                    gap-timeout: soon
                web:
                  model: echos
                """;
        assertThat(Written.in(folder, yaml).faults())
                .extracting(fault -> fault.substring(0, fault.indexOf(": ")))
                .containsExactly(
                        "g.yaml:2 telegram[0].token",
                        "g.yaml:4 server.port",
                        "g.yaml:5 server.hots",
                        "g.yaml:8 models.default.gap-timeout",
                        "g.yaml:10 web.model");
    }

    @Test
    void a_file_full_of_faults_gives_fifty_lines_and_the_rest_as_a_number() {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < 70; i++) {
            yaml.append("key").append(i).append(": 1\n");
        }
        assertThat(Written.in(folder, yaml.toString()).faults())
                .hasSize(51)
                .last()
                .isEqualTo("… and 20 more");
    }

    @Test
    void no_fault_shows_a_secret_wherever_it_was_put() {
        String secret = "xoxb-123456789012-abcdefghijkl";
        String yaml = """
                server: {host: 1, port: "%1$s", shutdown-grace: "%1$s"}
                models: {default: {kind: "%1$s", base-url: "https://%1$s@example.com", api-key: "%1$s x", temperature: "%1$s"}}
                web: {enabled: "%1$s", name: "%1$s", model: "%1$s"}
                telegram: [{token: "%1$s", receive: "%1$s", public-url: "%1$s"}]
                slack: [{app-token: "%1$s"}]
                """.formatted(secret);
        assertThat(Written.in(folder, yaml).faults()).hasSize(12).noneMatch(fault -> fault.contains("12345678"));
    }

    @Test
    void a_broken_line_with_a_secret_is_not_quoted() {
        assertThat(Written.in(folder, "slack:\n  - bot-token: \"xoxb-hidden\n    x: y: z\n")
                        .faults())
                .hasSize(1)
                .allMatch(fault -> fault.startsWith("g.yaml:") && !fault.contains("hidden"));
    }
}
