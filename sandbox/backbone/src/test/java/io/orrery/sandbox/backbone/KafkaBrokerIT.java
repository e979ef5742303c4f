package io.orrery.sandbox.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaBrokerIT {
    private static Backbone backbone;
    private static Kafka kafka;

    @BeforeAll
    static void start() {
        backbone = Backbone.start(BackboneSettings.temporary().withCompactionBackoff(Duration.ofMillis(100)));
        kafka = backbone.kafka();
    }

    @AfterAll
    static void close() {
        backbone.close();
    }

    @Test
    void committedTransactionsAreReadAndAbortedOnesAreNot() throws Exception {
        Topics.make(kafka, "transactions", Map.of());

        try (var producer = Topics.producer(kafka, Map.of("transactional.id", "teller"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactions", "a", "taken back"))
                    .get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactions", "a", "told")).get();
            producer.commitTransaction();
        }

        assertThat(Topics.read(kafka, "transactions"))
                .extracting(ConsumerRecord::value)
                .containsExactly("told");
    }

    @Test
    void compactionLeavesTheNewestValueOfAKey() throws Exception {
        Topics.make(
                kafka,
                "compacted",
                Map.of("cleanup.policy", "compact", "segment.ms", "100", "min.cleanable.dirty.ratio", "0.01"));
        Topics.send(kafka, "compacted", "a", "first");
        Topics.send(kafka, "compacted", "a", "second");

        // the last segment is never cleaned, and rolls only when something is appended
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> {
                    Topics.send(kafka, "compacted", "b", "roll");
                    assertThat(Topics.read(kafka, "compacted"))
                            .filteredOn(record -> "a".equals(record.key()))
                            .extracting(ConsumerRecord::value)
                            .containsExactly("second");
                });
    }

    @Test
    void aMessageOfFourMebibytesPasses() throws Exception {
        Topics.make(kafka, "large", Map.of());

        Topics.send(kafka, "large", "a", "x".repeat(4 * 1024 * 1024));

        assertThat(Topics.read(kafka, "large")).singleElement().satisfies(record -> assertThat(record.value())
                .hasSize(4 * 1024 * 1024));
    }

    @Test
    void aTopicIsNotMadeByWritingToIt() {
        try (var producer = Topics.producer(kafka, Map.of("max.block.ms", "1500"))) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("unheard-of", "a", "b"))
                            .get())
                    .rootCause()
                    .isInstanceOfAny(TimeoutException.class, UnknownTopicOrPartitionException.class);
        }
    }

    /** Sent from a thread of its own: without any broker a producer forgets the cluster, and send() itself waits. */
    @Test
    void anOutageLosesNothingAndAProducerGoesOnAfterwards() throws Exception {
        Topics.make(kafka, "outage", Map.of());
        try (var producer = Topics.producer(kafka, Map.of());
                var thread = Executors.newSingleThreadExecutor()) {
            producer.send(new ProducerRecord<>("outage", "a", "before")).get();
            kafka.stop();
            assertThat(kafka.running()).isFalse();
            var during = thread.submit(() ->
                    producer.send(new ProducerRecord<>("outage", "a", "during")).get());

            kafka.start();

            assertThat(during).succeedsWithin(Duration.ofSeconds(60));
        }
        assertThat(Topics.read(kafka, "outage"))
                .extracting(ConsumerRecord::value)
                .containsExactly("before", "during");
    }
}
