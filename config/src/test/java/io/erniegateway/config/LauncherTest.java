package io.erniegateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code ./ernie-gateway} among programs that are not there, or that only write down how they were called.
 * No Java, Maven or browser of this machine is used, and nothing is installed.
 */
class LauncherTest {
    private static final Path SCRIPT =
            Path.of("..", "ernie-gateway").toAbsolutePath().normalize();

    /** What the script may use without asking. */
    private static final List<String> TOOLS = List.of(
            "awk",
            "bash",
            "cat",
            "env",
            "find",
            "head",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "touch",
            "tr",
            "uname");

    @TempDir
    Path folder = Path.of("");

    private Path bin = folder;
    private Path jdks = folder;
    private final Map<String, String> environment = new HashMap<>();

    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void a_machine_with_a_shell_and_nothing_else() throws IOException {
        bin = Files.createDirectory(folder.resolve("bin"));
        jdks = Files.createDirectory(folder.resolve("jdks"));
        for (String tool : TOOLS) {
            borrow(tool);
        }
        program(bin.resolve("id"), "echo 1000");
        environment.put("PATH", bin.toString());
        environment.put("HOME", folder.toString());
        environment.put("TMPDIR", folder.toString());
        environment.put("ERNIE_GATEWAY_JDK_FOLDERS", jdks + "/*");
    }

    /** Not by a link: JUnit would warn of links that lead out of the folder it deletes. */
    private void borrow(String tool) throws IOException {
        program(bin.resolve(tool), "exec " + find(tool) + " \"$@\"");
    }

    private static Path find(String tool) {
        return List.of("/bin", "/usr/bin", "/usr/local/bin").stream()
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("this machine has no " + tool));
    }

    private static void program(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!" + find("bash") + "\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** It also writes the archive it is asked for, and one line about each time it was. */
    private void java(String name, String version, boolean builds) throws IOException {
        java(name, version, builds, "echo whole >\"$archive\"");
    }

    private void java(String name, String version, boolean builds, String atRehearsal) throws IOException {
        Path home = Files.createDirectory(jdks.resolve(name));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(home.resolve("bin").resolve("java"), """
                archive=
                for argument in "$@"; do
                  case $argument in -XX:AOTCacheOutput=* | -XX:ArchiveClassesAtExit=*) archive=${argument#*=} ;; esac
                done
                if [ -n "$archive" ]; then
                  printf '<%%s>' "$@" >>'%s'
                  echo >>'%1$s'
                  %s
                  exit
                fi
                echo java of %s
                printf '<%%s>\\n' "$@"
                """.formatted(rehearsals(), atRehearsal, name));
        if (builds) {
            program(home.resolve("bin").resolve("javac"), "exit 1");
        }
    }

    private Path rehearsals() {
        return folder.resolve("rehearsals");
    }

    private void maven(String version, String then) throws IOException {
        program(
                bin.resolve("mvn"),
                "if [ \"$1\" = --version ]; then echo 'Apache Maven %s (x)'; exit 0; fi\n%s".formatted(version, then));
    }

    private void browser() throws IOException {
        program(bin.resolve("chromium"), "exit 1");
        program(bin.resolve("chromedriver"), "exit 1");
        program(bin.resolve("fc-list"), "echo Noto Sans CJK");
    }

    private Ended run(Path script, Path from, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(from.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        return run(SCRIPT, folder, arguments);
    }

    @Test
    void help_lists_the_commands() throws Exception {
        Ended help = run("help");
        assertThat(help.code()).isZero();
        assertThat(help.out())
                .contains("demo", "serve", "check-config", "simulate ernie", "test", "benchmark decoder", "--version");
        assertThat(run()).as("without a command").isEqualTo(help);
    }

    @Test
    void the_version_is_the_projects() throws Exception {
        Ended version = run("--version");
        assertThat(version.code()).isZero();
        assertThat(version.out()).matches("Ernie Gateway [0-9]+\\.[0-9]+\\.[0-9]+\\S*\n");
    }

    @Test
    void an_unknown_command_is_named_with_the_nearest_one() throws Exception {
        assertThat(run("dmeo"))
                .isEqualTo(new Ended(2, "", "ernie-gateway: there is no command \"dmeo\"; did you mean \"demo\"?\n"));
        assertThat(run("check")).extracting(Ended::code).isEqualTo(2);
        assertThat(run("frobnicate").err())
                .isEqualTo(
                        "ernie-gateway: there is no command \"frobnicate\"; write one of: demo serve check-config simulate"
                                + " test benchmark --version help\n");
    }

    @Test
    void without_java_one_sentence_says_what_to_install() throws Exception {
        for (String command : List.of("demo", "serve", "test")) {
            Ended ended = run(command);
            assertThat(ended.code()).as(command).isEqualTo(1);
            assertThat(ended.err())
                    .isEqualTo(
                            "ernie-gateway: no Java 21 or newer was found; install a JDK, for example Temurin 25 from"
                                    + " https://adoptium.net, or set ERNIE_GATEWAY_JAVA_HOME to its folder.\n");
        }
    }

    @Test
    void java_that_is_too_old_counts_as_none() throws Exception {
        java("old", "17.0.9", true);
        java("older", "1.8.0_402", true);
        assertThat(run("test").err()).contains("no Java 21 or newer was found");
    }

    @Test
    void a_runtime_without_a_compiler_is_not_enough_to_build() throws Exception {
        java("runtime", "25", false);
        assertThat(run("test").err())
                .isEqualTo(
                        "ernie-gateway: the Java at " + jdks.resolve("runtime") + " cannot compile; install a JDK 21 or"
                                + " newer, for example Temurin 25 from https://adoptium.net.\n");
    }

    @Test
    void the_newest_jdk_runs_maven_and_java_home_goes_before_it() throws Exception {
        java("a21", "21.0.4", true);
        java("b25", "25.0.3", true);
        java("c26", "26", false);
        maven("3.8.7", "echo \"$JAVA_HOME $ERNIE_GATEWAY_REQUIRE_BROWSER\"; printf '<%s>' \"$@\"");
        browser();
        String arguments = "<-B><-f><" + SCRIPT.resolveSibling("pom.xml") + "><verify><-q>";

        assertThat(run("test", "-q").out()).isEqualTo(jdks.resolve("b25") + " true\n" + arguments);

        environment.put("JAVA_HOME", jdks.resolve("a21").toString());
        assertThat(run("test", "-q").out()).isEqualTo(jdks.resolve("a21") + " true\n" + arguments);

        environment.put("ERNIE_GATEWAY_JAVA_HOME", jdks.resolve("b25").toString());
        assertThat(run("test", "-q").out()).isEqualTo(jdks.resolve("b25") + " true\n" + arguments);
    }

    @Test
    void a_java_on_the_path_is_found_through_its_links() throws Exception {
        java("b25", "25.0.3", true);
        environment.put("ERNIE_GATEWAY_JDK_FOLDERS", "");
        Files.createSymbolicLink(bin.resolve("javac"), folder.resolve("alternative"));
        Files.createSymbolicLink(
                folder.resolve("alternative"),
                jdks.resolve("b25").resolve("bin").resolve("javac"));
        maven("3.9.11", "echo \"$JAVA_HOME\"");
        browser();
        assertThat(run("test").out()).isEqualTo(jdks.resolve("b25") + "\n");
    }

    @Test
    void a_maven_that_is_missing_or_too_old_is_named_in_one_sentence() throws Exception {
        java("b25", "25.0.3", true);
        assertThat(run("test").err())
                .startsWith("ernie-gateway: Maven was not found; install Maven 3.8.7 or newer (")
                .hasLineCount(1);
        maven("3.6.3", "exit 1");
        assertThat(run("test").err())
                .startsWith("ernie-gateway: Maven 3.6.3 is too old; install Maven 3.8.7 or newer (")
                .hasLineCount(1);
    }

    @Test
    void a_missing_browser_is_named_with_the_command_that_installs_it() throws Exception {
        java("b25", "25.0.3", true);
        maven("4.0.0", "exit 0");
        program(bin.resolve("apt-get"), "exit 1");
        program(bin.resolve("uname"), "echo Linux");
        Ended ended = run("test");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .isEqualTo(
                        "ernie-gateway: the page tests need chromium chromium-driver fonts-noto-cjk; install with: sudo"
                                + " apt-get update && sudo apt-get install -y chromium chromium-driver fonts-noto-cjk\n");
    }

    /** A project that looks built an hour after its sources were written. */
    private Path project() throws IOException {
        Path root = Files.createDirectory(folder.resolve("pro ject")).toRealPath();
        Files.copy(SCRIPT, root.resolve("ernie-gateway"));
        for (String file : List.of(
                "pom.xml",
                "config/pom.xml",
                "config/gateway.yaml",
                "config/src/main/A.java",
                "gateway/src/main/B.java",
                "gateway/target/ernie-gateway.jar",
                "gateway/target/lib/b.jar",
                "gateway/target/lib/a.jar")) {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "");
        }
        FileTime written = FileTime.from(Instant.now().minusSeconds(7200));
        FileTime built = FileTime.from(Instant.now().minusSeconds(3600));
        try (var files = Files.walk(root)) {
            for (Path path : files.toList()) {
                Files.setLastModifiedTime(path, path.startsWith(root.resolve("gateway/target")) ? built : written);
            }
        }
        return root;
    }

    @Test
    void what_is_built_starts_without_maven_from_any_folder_and_through_a_link() throws Exception {
        java("b25", "25.0.3", false);
        Path root = project();
        Path link = Files.createSymbolicLink(bin.resolve("eg"), root.resolve("ernie-gateway"));

        Ended ended = run(link, jdks, "demo", "--port", "0", "a b");

        assertThat(ended.err()).doesNotContain("Building");
        Path target = root.resolve("gateway/target");
        assertThat(ended.out().lines())
                .startsWith("java of b25")
                .contains("<-XX:TieredStopAtLevel=1>", "<-XX:AOTCache=" + target + "/java-25.aot>")
                .containsSequence(
                        "<-cp>",
                        "<" + target + "/ernie-gateway.jar:" + target + "/lib/a.jar:" + target + "/lib/b.jar>",
                        "<io.erniegateway.gateway.Main>",
                        "<demo>",
                        "<--port>",
                        "<0>",
                        "<a b>");
    }

    @Test
    void fast_starts_are_prepared_once_with_no_options_of_the_operators() throws Exception {
        java("b25", "25.0.3", false);
        Path root = project();
        Path target = root.resolve("gateway/target");
        environment.put("ERNIE_GATEWAY_JAVA_OPTS", "-Dmine=1 -Xmx1g");

        Ended checked = run(root.resolve("ernie-gateway"), folder, "check-config", "my.yaml");
        assertThat(checked.err()).as("too short a run to prepare for").isEmpty();
        Ended first = run(root.resolve("ernie-gateway"), folder, "demo");
        Ended second = run(root.resolve("ernie-gateway"), folder, "serve");

        assertThat(first.err()).isEqualTo("Preparing fast starts ...\n");
        assertThat(second.err()).isEmpty();
        assertThat(Files.readAllLines(rehearsals()))
                .singleElement()
                .asString()
                .endsWith("<io.erniegateway.gateway.Main><demo><--port><0><--rehearse>")
                .doesNotContain("mine", "-Xmx1g");
        assertThat(List.of(first.out(), second.out()))
                .allSatisfy(out -> assertThat(out.lines())
                        .contains("<-XX:AOTCache=" + target + "/java-25.aot>", "<-Dmine=1>", "<-Xmx1g>"));
        assertThat(target).isDirectoryNotContaining("glob:**/rehearsal*");
        assertThat(Files.readString(rehearsals()) + first.out() + second.out())
                .as("Java 25 takes no -Xshare beside an AOT cache")
                .doesNotContain("-Xshare");

        environment.put("ERNIE_GATEWAY_JAVA_OPTS", "-XX:AOTCache=/my.aot");
        assertThat(run(root.resolve("ernie-gateway"), folder, "demo").out())
                .as("the operator's own cache")
                .contains("<-XX:AOTCache=/my.aot>")
                .doesNotContain("java-25.aot");
    }

    @Test
    void before_java_25_an_archive_of_classes_does_it() throws Exception {
        java("a21", "21.0.4", false);
        Path root = project();

        Ended ended = run(root.resolve("ernie-gateway"), folder, "demo");

        assertThat(Files.readString(rehearsals())).contains("<-XX:ArchiveClassesAtExit=");
        assertThat(ended.out().lines())
                .contains("<-Xshare:auto>", "<-XX:SharedArchiveFile=" + root + "/gateway/target/java-21.jsa>")
                .noneMatch(line -> line.contains("unsafe") || line.contains("AOT"));
    }

    @Test
    void what_was_prepared_for_other_jars_is_prepared_again() throws Exception {
        java("b25", "25.0.3", false);
        Path root = project();
        Path archive = Files.writeString(root.resolve("gateway/target/java-25.aot"), "old");
        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minusSeconds(1800)));
        Files.setLastModifiedTime(
                root.resolve("gateway/target/lib/a.jar"),
                FileTime.from(Instant.now().minusSeconds(900)));

        Ended ended = run(root.resolve("ernie-gateway"), folder, "demo");

        assertThat(ended.err()).isEqualTo("Preparing fast starts ...\n");
        assertThat(archive).hasContent("whole");
    }

    @Test
    void a_java_that_cannot_prepare_fast_starts_is_asked_only_once() throws Exception {
        java("b25", "25.0.3", false, "echo half >\"$archive\"; exit 1");
        Path root = project();

        Ended first = run(root.resolve("ernie-gateway"), folder, "demo");
        Ended second = run(root.resolve("ernie-gateway"), folder, "demo");

        assertThat(List.of(first.code(), second.code())).containsOnly(0);
        assertThat(second.err()).isEmpty();
        assertThat(List.of(first.out(), second.out()))
                .allSatisfy(out -> assertThat(out).startsWith("java of b25").doesNotContain("AOT"));
        assertThat(root.resolve("gateway/target")).isDirectoryNotContaining("glob:**/rehearsal*");
    }

    @Test
    void an_interrupted_rehearsal_leaves_nothing_behind_and_starts_nothing() throws Exception {
        // It does to the script what Ctrl-C does, after half of the archive.
        java("b25", "25.0.3", false, "echo half >\"$archive\"; kill -TERM $PPID; exec sleep 20");
        Path root = project();

        Ended ended = run(root.resolve("ernie-gateway"), folder, "demo");

        assertThat(ended.code()).isEqualTo(130);
        assertThat(ended.out()).isEmpty();
        assertThat(root.resolve("gateway/target"))
                .isDirectoryNotContaining("glob:**/rehearsal*")
                .isDirectoryNotContaining("glob:**.aot");
    }

    @Test
    void serve_takes_the_shipped_settings_unless_others_are_named() throws Exception {
        java("b25", "25.0.3", false);
        Path root = project();
        assertThat(run(root.resolve("ernie-gateway"), folder, "serve").out())
                .endsWith("<serve>\n<--config>\n<" + root + "/config/gateway.yaml>\n");
        assertThat(run(root.resolve("ernie-gateway"), folder, "serve", "--config", "my.yaml")
                        .out())
                .endsWith("<serve>\n<--config>\n<my.yaml>\n");
    }

    @Test
    void simulate_ernie_starts_the_simulator_itself_without_preparing_anything() throws Exception {
        java("b25", "25.0.3", false);
        Path root = project();
        Ended ended = run(root.resolve("ernie-gateway"), folder, "simulate", "ernie", "--port", "0", "--text", "a b");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .endsWith("<io.erniegateway.ernie.simulated.SimulateCommand>\n<--port>\n<0>\n<--text>\n<a b>\n")
                .contains("<-Xmx2g>");
    }

    @Test
    void nothing_else_can_be_simulated() throws Exception {
        String remedy = "ernie-gateway: only ERNIE can be simulated alone; write: ./ernie-gateway simulate ernie"
                + " [--help]\n";
        assertThat(run("simulate")).isEqualTo(new Ended(2, "", remedy));
        assertThat(run("simulate", "telegram")).isEqualTo(new Ended(2, "", remedy));
    }

    @Test
    void a_source_newer_than_the_jar_is_built_first_and_only_once() throws Exception {
        java("b25", "25.0.3", true);
        Path root = project();
        // Like Maven, it leaves the jar alone if nothing in it changed.
        maven(
                "3.9.11",
                "echo '[INFO] Building Settings 0.1.0-SNAPSHOT          [2/5]'\n" + "echo \"$@\" >>'" + folder
                        + "/calls'; " + find("mkdir") + " -p '" + root + "/gateway/target/lib'");
        Files.setLastModifiedTime(
                root.resolve("gateway/src/main/B.java"),
                FileTime.from(Instant.now().minusSeconds(60)));

        Path archive = Files.writeString(root.resolve("gateway/target/java-25.aot"), "of the build before");
        Files.writeString(root.resolve("gateway/target/java-21.jsa"), "of another Java");

        Ended first = run(root.resolve("ernie-gateway"), folder, "demo");
        Ended second = run(root.resolve("ernie-gateway"), folder, "demo");

        assertThat(archive).hasContent("whole");
        assertThat(root.resolve("gateway/target/java-21.jsa")).doesNotExist();
        assertThat(first.err()).contains("Building").contains("  2 of 5  Settings\n");
        assertThat(first.out()).startsWith("java of b25");
        assertThat(second.err()).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("calls")))
                .singleElement()
                .asString()
                .contains("package -DskipTests");

        Files.delete(root.resolve("config/src/main/A.java"));
        assertThat(run(root.resolve("ernie-gateway"), folder, "demo").err())
                .as("a removed source")
                .contains("Building");
    }

    @Test
    void a_failed_build_shows_the_errors_and_where_the_rest_is() throws Exception {
        java("b25", "25.0.3", true);
        Path root = project();
        Files.delete(root.resolve("gateway/target/ernie-gateway.jar"));
        maven(
                "3.9.11",
                "echo '[INFO] chatter'; echo '[ERROR] B.java:[1,2] no'; echo '[ERROR] Failed to execute goal x';"
                        + " echo '[ERROR] more advice'; exit 1");

        Ended ended = run(root.resolve("ernie-gateway"), folder, "demo");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .endsWith("[ERROR] B.java:[1,2] no\n[ERROR] Failed to execute goal x\nernie-gateway: the build failed;"
                        + " everything it said is in " + folder + "/ernie-gateway-build-1000.log\n");
    }

    @Test
    void continuous_integration_runs_the_same_tests() throws Exception {
        Path run = SCRIPT.resolveSibling(".ci").resolve("run");
        assertThat(Files.isExecutable(run)).isTrue();
        borrow("dirname");
        assertThat(run(run, folder).err()).contains("no Java 21 or newer was found");
    }
}
