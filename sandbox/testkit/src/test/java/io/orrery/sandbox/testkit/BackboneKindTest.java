package io.orrery.sandbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class BackboneKindTest {
    @Test
    void theSwitchNamesAKind() {
        assertThat(BackboneKind.of("embedded")).isEqualTo(BackboneKind.EMBEDDED);
        assertThat(BackboneKind.of("containers")).isEqualTo(BackboneKind.CONTAINERS);
    }

    @Test
    void aWordThatIsNoKindIsRefusedWithThoseThatAre() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> BackboneKind.of("docker"))
                .withMessageContaining("embedded, containers");
    }

    @Test
    void withoutADockerEngineTestsInContainersAreSkippedWithAWord() {
        var missing = BackboneKind.CONTAINERS.missing();

        missing.ifPresentOrElse(
                word -> assertThatExceptionOfType(TestAbortedException.class)
                        .isThrownBy(BackboneKind.CONTAINERS::start)
                        .withMessageContaining(word),
                () -> {
                    try (var backbone = BackboneKind.CONTAINERS.start()) {
                        assertThat(new TestTopics(backbone.kafka())).isNotNull();
                        assertThat(backbone.zookeeper().running()).isTrue();
                        assertThat(backbone.s3().running()).isTrue();
                    }
                });
    }
}
