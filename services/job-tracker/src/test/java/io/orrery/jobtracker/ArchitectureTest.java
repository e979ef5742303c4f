package io.orrery.jobtracker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.orrery.jobtracker");

    @Test
    void decidingKnowsNothingOfTheWorldOutside() {
        noClasses()
                .that()
                .resideInAnyPackage("..model..", "..plan..", "..query..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta..",
                        "io.quarkus..",
                        "io.fabric8..",
                        "org.apache..",
                        "software.amazon..",
                        "com.nimbusds..",
                        "..jobtracker.registry..",
                        "..jobtracker.reconcile..")
                .check(SERVICE);
    }

    @Test
    void theModelKnowsNobody() {
        noClasses()
                .that()
                .resideInAPackage("..jobtracker.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..jobtracker.plan..", "..jobtracker.query..")
                .check(SERVICE);
    }

    @Test
    void registryAndReconcilerKnowTheirPortsAndNotTheAdapters() {
        noClasses()
                .that()
                .resideInAnyPackage("..registry..", "..jobtracker.reconcile..", "..issuer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..jobtracker.api..",
                        "..jobtracker.zookeeper..",
                        "..jobtracker.kubernetes..",
                        "..jobtracker.s3..",
                        "..jobtracker.events..",
                        "jakarta..",
                        "io.quarkus..",
                        "io.fabric8..",
                        "org.apache..",
                        "software.amazon..")
                .check(SERVICE);
    }
}
