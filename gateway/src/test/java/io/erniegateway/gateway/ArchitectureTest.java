package io.erniegateway.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walls between modules and rooms. */
class ArchitectureTest {
    private static final String OURS = "io.erniegateway..";
    private static final String ROOT = "io.erniegateway.gateway";
    private static final String CONFIG = "io.erniegateway.config..";
    private static final String ERNIE = "io.erniegateway.ernie..";
    private static final String CONNECTORS = "io.erniegateway.connectors..";

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.erniegateway");

    private static String room(String name) {
        return ROOT + "." + name + "..";
    }

    private static ArchRule only(String from, String... mayUse) {
        return classes()
                .that(are(resideInAPackage(from)))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(mayUse)
                        .or(com.tngtech.archunit.base.DescribedPredicate.not(resideInAPackage(OURS))));
    }

    static Stream<ArchRule> walls() {
        return Stream.of(
                only(CONFIG, CONFIG),
                only(ERNIE, ERNIE),
                only(CONNECTORS, CONNECTORS),
                noClasses()
                        .that(are(resideInAPackage(ROOT + ".*..")))
                        .should()
                        .dependOnClassesThat(are(resideInAPackage(CONFIG))),
                only(room("draft"), room("draft"), "io.erniegateway.connectors"),
                only(room("events"), room("events"), "io.erniegateway.connectors"),
                only(room("metrics"), room("metrics"), room("events"), "io.erniegateway.connectors"),
                only(room("budget"), room("budget"), "io.erniegateway.connectors"),
                only(
                        room("delivery"),
                        room("delivery"),
                        room("budget"),
                        room("draft"),
                        room("events"),
                        "io.erniegateway.connectors"),
                only(room("model"), room("model"), ERNIE),
                only(
                        room("conversation"),
                        room("conversation"),
                        room("delivery"),
                        room("model"),
                        room("events"),
                        "io.erniegateway.connectors"),
                only(room("inbox"), room("inbox"), room("conversation"), room("events"), "io.erniegateway.connectors"),
                only(
                        room("store"),
                        room("store"),
                        room("budget"),
                        room("inbox"),
                        room("conversation"),
                        room("delivery"),
                        "io.erniegateway.connectors",
                        "io.erniegateway.connectors.web"),
                only(
                        room("demo"),
                        room("demo"),
                        "io.erniegateway.connectors.simulated",
                        "io.erniegateway.connectors.web"),
                slices().matching("io.erniegateway.connectors.(telegram|slack|web)..")
                        .should()
                        .notDependOnEachOther(),
                noClasses()
                        .that(are(resideInAnyPackage(
                                "io.erniegateway.connectors.telegram",
                                "io.erniegateway.connectors.slack",
                                "io.erniegateway.connectors.web")))
                        .should()
                        .dependOnClassesThat(are(resideInAPackage("io.erniegateway.connectors.simulated.."))),
                noClasses()
                        .that(are(resideInAPackage("io.erniegateway.connectors")))
                        .should()
                        .dependOnClassesThat(are(resideInAnyPackage("com.slack..", "org.telegram..", "okhttp3.."))),
                noClasses()
                        .that(are(resideInAPackage("io.erniegateway.ernie")))
                        .should()
                        .dependOnClassesThat(are(resideInAPackage("okhttp3.."))));
    }

    @ParameterizedTest
    @MethodSource("walls")
    void a_package_uses_only_what_the_house_allows(ArchRule wall) {
        wall.check(ALL);
    }

    @Test
    void every_package_says_what_it_is() throws Exception {
        Path project = Path.of("..");
        for (String module : List.of("config", "ernie-client", "connectors", "gateway")) {
            try (Stream<Path> files = Files.walk(project.resolve(module).resolve("src/main/java"))) {
                List<Path> folders = files.filter(file -> file.toString().endsWith(".java"))
                        .map(Path::getParent)
                        .distinct()
                        .toList();
                assertThat(folders)
                        .isNotEmpty()
                        .allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                                .content()
                                .contains("@NullMarked"));
            }
        }
    }
}
