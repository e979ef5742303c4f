package io.orrery.sandbox.testkit;

import io.orrery.sandbox.backbone.Kafka;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Makes topics, and reads what is in them, committed transactions only. */
public final class TestTopics {
    /** Rolled at the next record after 100 ms and compacted at once: whatever compaction can take, it takes. */
    public static final Map<String, String> COMPACTED_AGGRESSIVELY = Map.of(
            "cleanup.policy", "compact",
            "segment.ms", "100",
            "min.cleanable.dirty.ratio", "0.01",
            "max.message.bytes", String.valueOf(4 * 1024 * 1024 + 64 * 1024));

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final String bootstrapServers;

    public TestTopics(Kafka kafka) {
        this(kafka.bootstrapServers());
    }

    public TestTopics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    public void make(String topic, Map<String, String> config) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty()).configs(config)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("topic " + topic + " was not made: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All records that are in the topic now, in the order of each partition. */
    public List<ConsumerRecord<String, String>> read(String topic) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return readToEnd(consumer);
        }
    }

    /** Compares positions, not counts: a transaction ends with a marker that is no record. */
    private static List<ConsumerRecord<String, String>> readToEnd(KafkaConsumer<String, String> consumer) {
        var ends = new HashMap<>(consumer.endOffsets(consumer.assignment()));
        var records = new ArrayList<ConsumerRecord<String, String>>();
        var deadline = Instant.now().plus(DEADLINE);
        while (true) {
            ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            if (ends.isEmpty()) {
                return records;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("not read to the end within " + DEADLINE + ": " + ends);
            }
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
    }

    /** The topic as a table: the newest value of each key, without those whose newest value is a tombstone. */
    public Map<String, String> table(String topic) {
        var table = new LinkedHashMap<String, String>();
        for (var record : read(topic)) {
            if (record.value() == null) {
                table.remove(record.key());
            } else {
                table.put(record.key(), record.value());
            }
        }
        return table;
    }
}
