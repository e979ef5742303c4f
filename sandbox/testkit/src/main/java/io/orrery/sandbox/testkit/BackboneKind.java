package io.orrery.sandbox.testkit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;

/** Where the backbone of tests comes from. */
enum BackboneKind {
    /** The programs of the sandbox, in this JVM. */
    EMBEDDED {
        @Override
        Optional<String> missing() {
            return Optional.empty();
        }

        @Override
        TestBackbone start() {
            return EmbeddedBackbone.start();
        }
    },

    /** Their usual images, where a Docker engine answers. */
    CONTAINERS {
        @Override
        Optional<String> missing() {
            return DockerClientFactory.instance().isDockerAvailable()
                    ? Optional.empty()
                    : Optional.of("no Docker engine answers, so there are no containers for Kafka, ZooKeeper and S3");
        }

        @Override
        TestBackbone start() {
            missing().ifPresent(Assumptions::abort);
            return ContainerBackbone.start();
        }
    };

    static final String SWITCH = "orrery.backbone";

    /** Why there is none of this kind here; empty when there is. */
    abstract Optional<String> missing();

    abstract TestBackbone start();

    static BackboneKind chosen() {
        return of(System.getProperty(SWITCH, "embedded"));
    }

    /** A word that is no kind is a mistake on the command line, never a reason to test something else. */
    static BackboneKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("-D" + SWITCH + "=" + word + " is none of "
                        + Arrays.stream(values()).map(BackboneKind::word).collect(Collectors.joining(", "))));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
