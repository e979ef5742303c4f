package io.orrery.jobtracker.events;

import io.orrery.contracts.JobEvent;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.facts.FactCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Events of jobs for one listener, as they stand on the topic, in their order. Each has a consumer of its own: whoever
 * comes back after hours is served from Kafka like everybody else.
 */
public final class JobFeed implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(JobFeed.class);

    /**
     * An event and its place on the topic.
     *
     * @param offset what a listener that comes back goes on after
     */
    public record Item(long offset, JobEvent event) {}

    private final KafkaConsumer<String, byte[]> consumer;
    private final Queue<Item> fetched = new ArrayDeque<>();
    private volatile boolean closing;
    private boolean closed;

    /**
     * @param after the offset of the last event that the listener knows; none: only what happens from now on
     * @throws RuntimeException if Kafka does not answer
     */
    JobFeed(Map<String, Object> kafka, OptionalLong after) {
        var config = new HashMap<>(kafka);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            begin(after);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** What has left the topic meanwhile is lost to the listener; what was never there is no place to begin at. */
    private void begin(OptionalLong after) {
        var topic = List.of(new TopicPartition(Topics.JOBS.name(), 0));
        consumer.assign(topic);
        long end = consumer.endOffsets(topic).get(topic.getFirst());
        consumer.seek(topic.getFirst(), after.isPresent() ? Math.min(after.getAsLong() + 1, end) : end);
    }

    /** The next event that is wanted; empty if there was none for {@code patience}, or the feed was closed meanwhile. */
    public synchronized Optional<Item> next(Predicate<JobEvent> wanted, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (!closing) {
            for (var item = fetched.poll(); item != null; item = fetched.poll()) {
                if (wanted.test(item.event())) {
                    return Optional.of(item);
                }
            }
            var left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative()) {
                return Optional.empty();
            }
            fetch(left);
        }
        return Optional.empty();
    }

    private void fetch(Duration patience) {
        try {
            consumer.poll(patience).forEach(this::note);
        } catch (WakeupException e) {
            LOG.debug("the listener has gone");
        }
    }

    private void note(ConsumerRecord<String, byte[]> message) {
        try {
            fetched.add(new Item(message.offset(), FactCodec.read(message.value(), JobEvent.class)));
        } catch (IOException e) {
            LOG.warnf("%s/%d holds no job event that can be read", message.topic(), message.offset());
        }
    }

    public boolean isOpen() {
        return !closing;
    }

    /** Whoever is waiting for the next event is let go. */
    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        closeNow();
    }

    private synchronized void closeNow() {
        if (!closed) {
            closed = true;
            consumer.close();
        }
    }
}
