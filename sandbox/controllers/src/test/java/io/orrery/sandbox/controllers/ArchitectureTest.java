package io.orrery.sandbox.controllers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String HERE = "io.orrery.sandbox.controllers..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.orrery.sandbox.controllers");

    @Test
    void knowsTheClusterByItsApiOnly() {
        noClasses()
                .that()
                .resideInAPackage(HERE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.orrery.sandbox.kubernetes..", "io.orrery.contracts..", "io.orrery.reconciler..")
                .because("the controllers run on a genuine API server too")
                .check(CLASSES);
    }

    @Test
    void theLoopKnowsNoController() {
        classes()
                .that()
                .resideInAPackage("io.orrery.sandbox.controllers.loop..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages(
                        "io.orrery.sandbox.controllers",
                        "io.orrery.sandbox.controllers.kubelet..",
                        "io.orrery.sandbox.controllers.nodes..",
                        "io.orrery.sandbox.controllers.apps..",
                        "io.orrery.sandbox.controllers.batch..",
                        "io.orrery.sandbox.controllers.services..",
                        "io.orrery.sandbox.controllers.spark..",
                        "io.orrery.sandbox.controllers.openeo..")
                .check(CLASSES);
    }

    @Test
    void theKubeletDoesNotKnowWhatItRuns() {
        noClasses()
                .that()
                .resideInAPackage("io.orrery.sandbox.controllers.kubelet..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.orrery.sandbox.controllers.openeo..", "io.orrery.sandbox.controllers.spark..")
                .check(CLASSES);
    }

    @Test
    void openEoKnowsItsContainerAndNotTheCluster() {
        noClasses()
                .that()
                .resideInAPackage("io.orrery.sandbox.controllers.openeo..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8.kubernetes.client..")
                .check(CLASSES);
    }

    @Test
    void s3IsKnownInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.orrery.sandbox.controllers.openeo..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(CLASSES);
    }
}
