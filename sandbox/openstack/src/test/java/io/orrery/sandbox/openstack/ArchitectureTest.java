package io.orrery.sandbox.openstack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Nova knows the other services, as it does in OpenStack; nobody knows Nova; and only the front knows Vert.x. */
class ArchitectureTest {
    private static final String ROOT = "io.orrery.sandbox.openstack.";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.orrery.sandbox.openstack");

    @Test
    void packagesFormNoCycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theModelKnowsNobody() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "model")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "http", ROOT + "faults", ROOT + "machine", ROOT + "nova", ROOT + "neutron")
                .check(CLASSES);
    }

    @Test
    void onlyTheFrontKnowsVertx() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "http")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx..")
                .check(CLASSES);
    }

    @Test
    void nobodyKnowsNova() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "keystone", ROOT + "neutron", ROOT + "glance", ROOT + "cinder", ROOT + "http")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "nova")
                .check(CLASSES);
    }

    @Test
    void nothingOfOrreryIsNeeded() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.orrery.contracts..", "io.orrery.reconciler..")
                .check(CLASSES);
    }
}
