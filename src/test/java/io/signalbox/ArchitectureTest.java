package io.signalbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Who may import whom, and who may start processes or touch Kafka and Redis. */
class ArchitectureTest {
    private static final List<String> STAGES =
            List.of("chat", "command", "gate", "audit", "run", "about", "schedule", "update");
    private static final List<String> LEAVES =
            List.of("bus", "brain", "catalog", "config", "language", "notation", "process", "runner", "systemd");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.signalbox");

    @Test
    void stagesNeverImportOneAnother() {
        for (String stage : STAGES) {
            for (String other : STAGES) {
                if (!stage.equals(other)) {
                    check(noClasses()
                            .that()
                            .resideInAPackage(in(stage))
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(in(other)));
                }
            }
        }
    }

    @Test
    void leavesImportNoStage() {
        for (String leaf : LEAVES) {
            for (String stage : STAGES) {
                check(noClasses()
                        .that()
                        .resideInAPackage(in(leaf))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(in(stage)));
            }
        }
    }

    @Test
    void leavesHaveNoCycles() {
        check(slices().matching("io.signalbox.(*)..").should().beFreeOfCycles());
    }

    @Test
    void onlyProcessStartsChildren() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(in("process"))
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class, Process.class));
    }

    @Test
    void onlyAuditKnowsKafka() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(in("audit"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "kafka..", "io.vertx.kafka.."));
    }

    @Test
    void onlyBrainKnowsRedis() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(in("brain"), "io.signalbox")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx.redis.."));
    }

    @Test
    void onlySystemdKnowsNativeSockets() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(in("systemd"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.channel.epoll..", "io.netty.channel.unix.."));
    }

    @Test
    void onlyTheWiringKnowsSystemd() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(in("systemd"), "io.signalbox")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in("systemd")));
    }

    @Test
    void catalogKnowsNoVertx() {
        check(noClasses()
                .that()
                .resideInAPackage(in("catalog"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx.."));
    }

    @Test
    void everyPackageIsAStageALeafOrTheWiring() {
        List<String> known = new ArrayList<>(STAGES);
        known.addAll(LEAVES);
        Assertions.assertThat(CLASSES.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.equals("io.signalbox"))
                        .map(name -> name.replaceAll("^io\\.signalbox\\.(\\w+).*", "$1"))
                        .distinct())
                .isSubsetOf(known);
    }

    private static String in(String part) {
        return "io.signalbox." + part + "..";
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
