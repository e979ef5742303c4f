package io.orrery.reconciler.kafka;

import io.smallrye.reactive.messaging.ClientCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.Config;

/**
 * Counts what the consumer of facts has fetched. Its position alone does not say that we know what was told: records
 * may be on their way from the consumer to the tables.
 */
public final class ReceivedCounter implements ConsumerInterceptor<String, byte[]> {

    private static final String COUNTER = "orrery.received-counter";

    private AtomicLong received = new AtomicLong();

    @Override
    public void configure(Map<String, ?> configs) {
        received = (AtomicLong) configs.get(COUNTER);
    }

    @Override
    public ConsumerRecords<String, byte[]> onConsume(ConsumerRecords<String, byte[]> records) {
        received.addAndGet(records.count());
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    /** Puts the counter between Kafka and the channel of facts. */
    @ApplicationScoped
    static class Fitting implements ClientCustomizer<Map<String, Object>> {

        private final AtomicLong received = new AtomicLong();

        @Override
        public Map<String, Object> customize(String channel, Config channelConfig, Map<String, Object> config) {
            if (channel.equals(Intake.CHANNEL)) {
                config.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, List.of(ReceivedCounter.class.getName()));
                config.put(COUNTER, received);
            }
            return config;
        }

        long received() {
            return received.get();
        }
    }
}
