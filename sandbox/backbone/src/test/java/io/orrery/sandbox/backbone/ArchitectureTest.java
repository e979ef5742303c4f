package io.orrery.sandbox.backbone;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.orrery");

    @Test
    void standsAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.orrery.sandbox.backbone..")
                .should()
                .dependOnClassesThat(describe(
                        "are Orrery's own, elsewhere",
                        type -> type.getPackageName().startsWith("io.orrery")
                                && !type.getPackageName().startsWith("io.orrery.sandbox.backbone")))
                .because("the backbone is other people's programs, and knows nothing of what runs on them")
                .check(CLASSES);
    }

    @Test
    void eachProgramIsKnownInOnePlace() {
        noClasses()
                .that()
                .doNotHaveSimpleName("KafkaBroker")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kafka..", "org.apache.kafka..")
                .check(CLASSES);
    }
}
