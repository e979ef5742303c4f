package io.orrery.sandbox.kubernetes;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms of this module. */
class ArchitectureTest {
    private static final String ROOT = "io.orrery.sandbox.kubernetes";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void roomsKnowOnlyWhatLiesFurtherIn() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("server")
                .definedBy(ROOT)
                .layer("http")
                .definedBy(ROOT + ".http")
                .layer("lifecycle")
                .definedBy(ROOT + ".lifecycle")
                .layer("registry")
                .definedBy(ROOT + ".registry")
                .layer("schema")
                .definedBy(ROOT + ".schema")
                .layer("apply")
                .definedBy(ROOT + ".apply")
                .layer("store")
                .definedBy(ROOT + ".store")
                .layer("protobuf")
                .definedBy(ROOT + ".protobuf")
                .layer("auth")
                .definedBy(ROOT + ".auth")
                .layer("pki")
                .definedBy(ROOT + ".pki")
                .layer("model")
                .definedBy(ROOT + ".model")
                .whereLayer("server")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("lifecycle")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("registry")
                .mayOnlyBeAccessedByLayers("server", "http", "lifecycle")
                .whereLayer("schema")
                .mayOnlyBeAccessedByLayers("registry")
                .whereLayer("apply")
                .mayOnlyBeAccessedByLayers("registry", "schema")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("server", "registry", "lifecycle")
                .whereLayer("protobuf")
                .mayOnlyBeAccessedByLayers("http")
                .whereLayer("auth")
                .mayOnlyBeAccessedByLayers("server", "http")
                .check(CLASSES);
    }

    @Test
    void onlyHttpKnowsVertx() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..")
                .check(CLASSES);
    }

    @Test
    void nobodyKnowsAClient() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8.kubernetes..")
                .because("the server is not written with the client that tests it")
                .check(CLASSES);
    }
}
