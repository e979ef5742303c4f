package io.orrery.sandbox.backbone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.orrery", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule standsAlone = noClasses()
            .that()
            .resideInAPackage("io.orrery.sandbox.backbone..")
            .should()
            .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "are Orrery's own, elsewhere",
                    type -> type.getPackageName().startsWith("io.orrery")
                            && !type.getPackageName().startsWith("io.orrery.sandbox.backbone")))
            .because("the backbone is other people's programs, and knows nothing of what runs on them");

    @ArchTest
    static final ArchRule eachProgramIsKnownInOnePlace = noClasses()
            .that()
            .doNotHaveSimpleName("KafkaBroker")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kafka..", "org.apache.kafka..");
}
