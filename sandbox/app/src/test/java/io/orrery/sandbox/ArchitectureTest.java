package io.orrery.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final ImportOption MAIN = new ImportOption.DoNotIncludeTests();

    /** The sandbox plays the world around the services: it knows nothing of them. */
    @Test
    void theSandboxImportsNoneOfTheServicesNorTheirContracts() {
        noClasses()
                .that()
                .resideInAPackage("io.orrery.sandbox..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.orrery.contracts..",
                        "io.orrery.reconciler..",
                        "io.orrery.provisioner..",
                        "io.orrery.cluster..",
                        "io.orrery.sparkdeployer..",
                        "io.orrery.jobtracker..",
                        "io.orrery.monitoring..",
                        "io.orrery.cli..")
                .check(new ClassFileImporter().withImportOption(MAIN).importPackages("io.orrery.sandbox"));
    }

    @Test
    void theLinkKnowsNothingOfTheProgramThatStartsIt() {
        noClasses()
                .that()
                .resideInAPackage("io.orrery.sandbox.boot..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.orrery.sandbox", "io.orrery.sandbox.backbone..")
                .check(new ClassFileImporter().withImportOption(MAIN).importPackages("io.orrery.sandbox.boot"));
    }
}
