package io.orrery.sandbox.testkit;

import io.orrery.sandbox.backbone.Kafka;
import io.orrery.sandbox.backbone.S3;
import io.orrery.sandbox.backbone.ZooKeeper;
import java.net.URI;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;

/** The same three from their usual images, with the settings that the embedded ones have. */
final class ContainerBackbone implements TestBackbone {
    private static final String S3_USER = "orrery-test";
    private static final String S3_SECRET = "orrery-test-secret";

    private final KafkaContainer kafka = new KafkaContainer("apache/kafka:4.1.1")
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_MESSAGE_MAX_BYTES", String.valueOf(4 * 1024 * 1024 + 64 * 1024))
            .withEnv("KAFKA_LOG_CLEANER_BACKOFF_MS", "200");
    private final GenericContainer<?> zookeeper = new GenericContainer<>("zookeeper:3.9.3")
            .withEnv("ZOO_TICK_TIME", "500")
            .withExposedPorts(2181);
    private final GenericContainer<?> minio = new GenericContainer<>("minio/minio:RELEASE.2025-09-07T16-13-09Z")
            .withEnv("MINIO_ROOT_USER", S3_USER)
            .withEnv("MINIO_ROOT_PASSWORD", S3_SECRET)
            .withCommand("server", "/data")
            .withExposedPorts(9000)
            .waitingFor(Wait.forHttp("/minio/health/ready").forPort(9000));

    private ContainerBackbone() {}

    static ContainerBackbone start() {
        var backbone = new ContainerBackbone();
        try {
            Startables.deepStart(Stream.of(backbone.kafka, backbone.zookeeper, backbone.minio))
                    .join();
            return backbone;
        } catch (RuntimeException e) {
            backbone.close();
            throw e;
        }
    }

    @Override
    public Kafka kafka() {
        return new KafkaInContainer(new PausableContainer("Kafka", kafka), kafka.getBootstrapServers());
    }

    @Override
    public ZooKeeper zookeeper() {
        return new ZooKeeperInContainer(new PausableContainer("ZooKeeper", zookeeper), address(zookeeper, 2181));
    }

    @Override
    public S3 s3() {
        return new S3InContainer(new PausableContainer("S3", minio), URI.create("http://" + address(minio, 9000)));
    }

    private static String address(GenericContainer<?> container, int port) {
        return container.getHost() + ":" + container.getMappedPort(port);
    }

    @Override
    public void close() {
        Stream.of(minio, zookeeper, kafka).forEach(GenericContainer::stop);
    }

    private record KafkaInContainer(PausableContainer container, String bootstrapServers)
            implements Kafka, PausableContainer.Within {}

    private record ZooKeeperInContainer(PausableContainer container, String connectString)
            implements ZooKeeper, PausableContainer.Within {}

    private record S3InContainer(PausableContainer container, URI endpoint) implements S3, PausableContainer.Within {
        @Override
        public String accessKey() {
            return S3_USER;
        }

        @Override
        public String secretKey() {
            return S3_SECRET;
        }
    }
}
