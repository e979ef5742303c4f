package io.orrery.monitoring;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void importsPointInward() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("runtime")
                .definedBy("..monitoring.runtime..")
                .layer("api")
                .definedBy("..monitoring.api..")
                .layer("kubernetes")
                .definedBy("..monitoring.kubernetes..")
                .layer("activity")
                .definedBy("..monitoring.activity..")
                .layer("reconcile")
                .definedBy("..monitoring.reconcile..")
                .layer("plan")
                .definedBy("..monitoring.plan..")
                .layer("model")
                .definedBy("..monitoring.model..")
                .whereLayer("runtime")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("api")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("kubernetes")
                .mayOnlyBeAccessedByLayers("runtime")
                .whereLayer("activity")
                .mayOnlyBeAccessedByLayers("runtime", "api")
                .whereLayer("reconcile")
                .mayOnlyBeAccessedByLayers("runtime", "kubernetes")
                .whereLayer("plan")
                .mayOnlyBeAccessedByLayers("reconcile", "kubernetes")
                .whereLayer("model")
                .mayOnlyBeAccessedByLayers("reconcile", "plan", "kubernetes")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.orrery.monitoring"));
    }
}
