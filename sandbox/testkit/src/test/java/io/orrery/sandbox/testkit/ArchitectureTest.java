package io.orrery.sandbox.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void knowsTheBackboneAndNothingThatIsTestedOnIt() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.orrery.contracts..",
                        "io.orrery.reconciler..",
                        "io.orrery.sandbox.kubernetes..",
                        "io.orrery.sandbox.openstack..",
                        "io.orrery.sandbox.controllers..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.orrery.sandbox.testkit"));
    }
}
