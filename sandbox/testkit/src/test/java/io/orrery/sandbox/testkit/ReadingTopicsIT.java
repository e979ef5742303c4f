package io.orrery.sandbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BackboneExtension.class)
class ReadingTopicsIT {
    @Test
    void aTableHoldsTheNewestCommittedValueOfEachKey(TestBackbone backbone) throws Exception {
        var topics = new TestTopics(backbone.kafka());
        topics.make("table", TestTopics.COMPACTED_AGGRESSIVELY);
        Map<String, Object> config =
                Map.of("bootstrap.servers", backbone.kafka().bootstrapServers(), "transactional.id", "table-teller");
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("table", "a", "1")).get();
            producer.send(new ProducerRecord<>("table", "b", "1")).get();
            producer.send(new ProducerRecord<>("table", "b", null)).get();
            producer.send(new ProducerRecord<>("table", "a", "2")).get();
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("table", "a", "3")).get();
            producer.abortTransaction();
        }

        assertThat(topics.table("table")).containsExactly(Map.entry("a", "2"));
        assertThat(topics.read("table")).extracting(ConsumerRecord::value).endsWith("2");
    }

    @Test
    void anEmptyTopicIsReadToItsEndAtOnce(TestBackbone backbone) {
        var topics = new TestTopics(backbone.kafka());
        topics.make("empty", Map.of());

        assertThat(topics.read("empty")).isEmpty();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> topics.make("empty", Map.of()))
                .withMessageContaining("empty");
    }

    @Test
    void everybodyInTheJvmStandsOnTheSameBackbone(TestBackbone backbone) {
        assertThat(TestBackbone.shared()).isSameAs(backbone);
        assertThat(new BackboneResource().start())
                .containsEntry("kafka.bootstrap.servers", backbone.kafka().bootstrapServers())
                .containsEntry("orrery.zookeeper.connect", backbone.zookeeper().connectString())
                .containsEntry("orrery.s3.endpoint", backbone.s3().endpoint().toString())
                .containsEntry("orrery.s3.access-key", backbone.s3().accessKey())
                .containsEntry("orrery.s3.secret-key", backbone.s3().secretKey());
    }
}
