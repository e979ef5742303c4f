package io.orrery.sandbox.backbone;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** Apache Kafka in KRaft mode: broker and controller in one, one node. */
final class KafkaBroker extends Switchable implements Kafka {
    private static final int NODE_ID = 1;
    private static final String CONTROLLER = "CONTROLLER";

    /** A message of 4 MiB and what a batch adds to it. */
    private static final int LARGEST_BATCH = 4 * 1024 * 1024 + 64 * 1024;

    private final Path folder;
    private final Ports ports;
    private final Duration compactionBackoff;
    private KafkaRaftServer server;

    KafkaBroker(Path folder, Ports ports, Duration compactionBackoff) {
        super("Kafka");
        this.folder = folder;
        this.ports = ports;
        this.compactionBackoff = compactionBackoff;
    }

    @Override
    public String bootstrapServers() {
        return Listening.HOST + ":" + ports.kafka();
    }

    @Override
    void up() throws Exception {
        if (!Files.exists(folder.resolve("meta.properties"))) {
            format();
        }
        var starting = new KafkaRaftServer(new KafkaConfig(properties(), false), Time.SYSTEM);
        try {
            starting.startup();
        } catch (RuntimeException e) {
            starting.shutdown();
            throw e;
        }
        server = starting;
    }

    @Override
    void down() {
        server.shutdown();
        server.awaitShutdown();
        server = null;
    }

    private void format() throws Exception {
        try (var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE_ID)
                    .setDirectories(List.of(folder.toString()))
                    .setControllerListenerName(CONTROLLER)
                    .setMetadataLogDirectory(folder.toString())
                    .setPrintStream(silent)
                    .run();
        }
    }

    private Properties properties() {
        var properties = new Properties();
        membership(properties);
        oneBrokerOnly(properties);
        small(properties);
        properties.put("auto.create.topics.enable", "false");
        properties.put("message.max.bytes", String.valueOf(LARGEST_BATCH));
        properties.put("replica.fetch.max.bytes", String.valueOf(LARGEST_BATCH));
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("log.cleaner.backoff.ms", String.valueOf(compactionBackoff.toMillis()));
        return properties;
    }

    private void membership(Properties properties) {
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(NODE_ID));
        properties.put("log.dirs", folder.toString());
        properties.put(
                "listeners", "PLAINTEXT://" + bootstrapServers() + "," + CONTROLLER + "://" + controllerAddress());
        properties.put("advertised.listeners", "PLAINTEXT://" + bootstrapServers());
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put("controller.listener.names", CONTROLLER);
        properties.put("controller.quorum.voters", NODE_ID + "@" + controllerAddress());
    }

    private String controllerAddress() {
        return Listening.HOST + ":" + ports.kafkaController();
    }

    /** What is kept three times and in fifty partitions elsewhere is kept once and in one here. */
    private static void oneBrokerOnly(Properties properties) {
        for (var internal : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            properties.put(internal + ".num.partitions", "1");
            properties.put(internal + ".replication.factor", "1");
        }
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("min.insync.replicas", "1");
        properties.put("default.replication.factor", "1");
        properties.put("num.partitions", "1");
    }

    /** Kafka's defaults are those of a machine of its own; the cleaner alone would take 128 MiB. */
    private static void small(Properties properties) {
        properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 * 1024 * 1024));
        properties.put("log.cleaner.io.buffer.size", String.valueOf(256 * 1024));
        properties.put("offsets.load.buffer.size", String.valueOf(256 * 1024));
        properties.put("transaction.state.log.load.buffer.size", String.valueOf(256 * 1024));
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("num.recovery.threads.per.data.dir", "1");
        properties.put("background.threads", "2");
    }
}
