package io.orrery.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLUSTER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.orrery.cluster");

    @Test
    void arrowsPointInward() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("edges")
                .definedBy("..cluster.api..", "..cluster.kubernetes..", "..cluster.runtime..")
                .layer("reconcile")
                .definedBy("..cluster.reconcile..")
                .layer("making")
                .definedBy("..cluster.plan..", "..cluster.keys..", "..cluster.userdata..")
                .layer("model")
                .definedBy("..cluster.model..")
                .whereLayer("edges")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("reconcile")
                .mayOnlyBeAccessedByLayers("edges")
                .whereLayer("making")
                .mayOnlyBeAccessedByLayers("edges", "reconcile")
                .check(CLUSTER);
    }

    @Test
    void onlyOneRoomKnowsTheClient() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..cluster.kubernetes..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .check(CLUSTER);
    }

    @Test
    void onlyOneRoomMakesKeys() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..cluster.keys..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .check(CLUSTER);
    }

    @Test
    void whatDecidesDoesNothing() {
        noClasses()
                .that()
                .resideInAnyPackage("..cluster.plan..", "..cluster.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.orrery.reconciler..", "org.jboss.logging..", "jakarta..", "java.io..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.time.Clock.class)
                .check(CLUSTER);
    }
}
