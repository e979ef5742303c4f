package io.orrery.jobtracker.events;

import io.orrery.contracts.JobEvent;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.facts.FactCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/** Reads what has been told of jobs: the sequence of the newest event of each, as it stands on the topic. */
final class ToldJobs {

    private static final Logger LOG = Logger.getLogger(ToldJobs.class);
    private static final Duration ROUND = Duration.ofMillis(100);

    private ToldJobs() {}

    /**
     * From the topic's beginning to what is its end when this is called. Positions are compared, not counts: a
     * transaction ends with a marker that is no record.
     *
     * @throws RuntimeException if Kafka does not answer
     */
    static Map<String, Long> read(Map<String, Object> kafka) throws InterruptedException {
        var config = new HashMap<>(kafka);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            return read(consumer, new TopicPartition(Topics.JOBS.name(), 0));
        }
    }

    private static Map<String, Long> read(KafkaConsumer<String, byte[]> consumer, TopicPartition partition)
            throws InterruptedException {
        var told = new HashMap<String, Long>();
        try {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(ROUND).forEach(message -> note(told, message));
            }
            return told;
        } catch (InterruptException e) {
            // A thread that is still marked could not close the consumer either.
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException("stopped while reading").initCause(e);
        }
    }

    private static void note(Map<String, Long> told, ConsumerRecord<String, byte[]> message) {
        try {
            var about = FactCodec.read(message.value(), JobEvent.class).about();
            told.merge(about.key(), about.sequence(), Math::max);
        } catch (IOException | RuntimeException e) {
            LOG.warnf("%s/%d holds no job event that can be read", message.topic(), message.offset());
        }
    }
}
