package io.orrery.provisioner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Imports point inward: adapters, reconcile, plan, model. */
class ArchitectureTest {

    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.orrery.provisioner");

    @Test
    void decidingKnowsNothingOfTheWorldOutside() {
        noClasses()
                .that()
                .resideInAnyPackage("..provisioner.model..", "..provisioner.plan..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..provisioner.reconcile..",
                        "..provisioner.openstack..",
                        "..provisioner.s3..",
                        "..provisioner.api..",
                        "io.orrery.reconciler..",
                        "jakarta..",
                        "io.quarkus..",
                        "org.jboss..",
                        "org.openstack4j..",
                        "software.amazon..",
                        "java.net.http..")
                .check(SERVICE);
    }

    @Test
    void theModelDoesNotKnowThePlan() {
        noClasses()
                .that()
                .resideInAPackage("..provisioner.model..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..provisioner.plan..")
                .check(SERVICE);
    }

    @Test
    void theReconcilerKnowsItsPortsAndNotTheAdapters() {
        noClasses()
                .that()
                .resideInAPackage("..provisioner.reconcile..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..provisioner.openstack..",
                        "..provisioner.s3..",
                        "..provisioner.api..",
                        "jakarta..",
                        "io.quarkus..",
                        "org.openstack4j..",
                        "software.amazon..")
                .check(SERVICE);
    }

    @Test
    void onlyTheAdaptersKnowTheirClients() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..provisioner.openstack..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.openstack4j..")
                .check(SERVICE);
        noClasses()
                .that()
                .resideOutsideOfPackage("..provisioner.s3..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(SERVICE);
    }
}
