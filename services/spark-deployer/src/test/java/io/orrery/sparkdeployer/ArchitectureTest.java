package io.orrery.sparkdeployer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String ROOT = "io.orrery.sparkdeployer.";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.orrery.sparkdeployer");

    @Test
    void importsPointInward() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("adapters")
                .definedBy(
                        ROOT + "api..", ROOT + "kubernetes..", ROOT + "fetch..", ROOT + "mounted..", ROOT + "runtime..")
                .layer("reconcile")
                .definedBy(ROOT + "reconcile..")
                .layer("plan")
                .definedBy(ROOT + "plan..")
                .layer("model")
                .definedBy(ROOT + "model..")
                .whereLayer("adapters")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("reconcile")
                .mayOnlyBeAccessedByLayers("adapters")
                .whereLayer("plan")
                .mayOnlyBeAccessedByLayers("reconcile", "adapters")
                .check(CLASSES);
    }

    @Test
    void onlyTheAdapterTalksToKubernetes() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "kubernetes..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8.kubernetes.client", "io.fabric8.kubernetes.client.dsl..")
                .because("manifests are data, and whoever decides on them makes no calls")
                .check(CLASSES);
    }

    @Test
    void whatDecidesAndActsIsMadeWithoutAFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "model..", ROOT + "plan..", ROOT + "reconcile..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "io.quarkus..", "io.smallrye..", "org.eclipse.microprofile..")
                .check(CLASSES);
    }

    @Test
    void noServiceKnowsAnother() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.orrery.provisioner..",
                        "io.orrery.cluster..",
                        "io.orrery.jobtracker..",
                        "io.orrery.monitoring..")
                .check(CLASSES);
    }
}
