package io.orrery.sandbox.backbone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the tests say to Kafka and hear from it. */
final class Topics {
    private Topics() {}

    static void make(Kafka kafka, String topic, Map<String, String> config) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty()).configs(config)))
                    .all()
                    .get();
        }
    }

    static KafkaProducer<String, String> producer(Kafka kafka, Map<String, Object> more) {
        var config = new java.util.HashMap<String, Object>(more);
        config.put("bootstrap.servers", kafka.bootstrapServers());
        config.put("max.request.size", 4 * 1024 * 1024 + 1024);
        return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    static void send(Kafka kafka, String topic, String key, String value) throws Exception {
        try (var producer = producer(kafka, Map.of())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    /** All that is committed in the topic now. */
    static List<ConsumerRecord<String, String>> read(Kafka kafka, String topic) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).get(partition);
            var records = new ArrayList<ConsumerRecord<String, String>>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }
}
