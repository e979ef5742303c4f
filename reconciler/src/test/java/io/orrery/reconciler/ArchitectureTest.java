package io.orrery.reconciler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses RECONCILER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.orrery.reconciler");

    @Test
    void theLoopKnowsNothingOfKafkaNorOfBeans() {
        noClasses()
                .that()
                .resideInAnyPackage("..loop..", "..facts..", "..seal..", "..leadership..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "jakarta..", "io.quarkus..", "..runtime..", "..rest..")
                .check(RECONCILER);
    }

    @Test
    void onlyTheRuntimeAndTheRestEdgePutThePartsTogether() {
        classes()
                .that()
                .resideInAPackage("..runtime..")
                .should()
                .onlyBeAccessed()
                .byAnyPackage("..runtime..", "..rest..")
                .check(RECONCILER);
    }

    @Test
    void holdsNoTypeOfAnOutsideSystem() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..", "org.openstack4j..", "software.amazon..")
                .check(RECONCILER);
    }
}
