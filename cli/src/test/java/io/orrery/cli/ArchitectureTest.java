package io.orrery.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.orrery.cli");

    @Test
    void isThinOverRestAndKnowsNoServiceFromTheInside() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.orrery.provisioner..",
                        "io.orrery.cluster..",
                        "io.orrery.sparkdeployer..",
                        "io.orrery.jobtracker..",
                        "io.orrery.monitoring..",
                        "io.orrery.sandbox..")
                .check(CLASSES);
    }

    @Test
    void speakingRestNeedsNoCommand() {
        noClasses()
                .that()
                .resideInAPackage("..cli.rest..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.orrery.cli", "..cli.up..")
                .check(CLASSES);
    }

    @Test
    void takesOnlyTheKeysetsOfTheReconciler() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.orrery.reconciler.facts..",
                        "io.orrery.reconciler.kafka..",
                        "io.orrery.reconciler.leadership..",
                        "io.orrery.reconciler.loop..",
                        "io.orrery.reconciler.rest..",
                        "io.orrery.reconciler.runtime..")
                .check(CLASSES);
    }
}
