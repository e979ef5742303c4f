package io.orrery.reconciler.kafka;

import io.orrery.reconciler.facts.FactTables;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** The way in of all facts: one channel over all fact topics, read from the beginning, in the order they were told. */
@ApplicationScoped
public class Intake {

    static final String CHANNEL = "facts";

    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final FactTables tables;
    private final DeadLetters deadLetters;
    private final KafkaClientService clients;
    private final ReceivedCounter.Fitting counter;
    private final AtomicLong applied = new AtomicLong();

    Intake(FactTables tables, DeadLetters deadLetters, KafkaClientService clients, ReceivedCounter.Fitting counter) {
        this.tables = tables;
        this.deadLetters = deadLetters;
        this.clients = clients;
        this.counter = counter;
    }

    @Incoming(CHANNEL)
    @Blocking
    void take(ConsumerRecord<String, byte[]> message) {
        try {
            FactReader.read(message).ifPresent(tables::apply);
        } catch (FactReader.PoisonException e) {
            LOG.errorf(
                    "cannot read %s/%d/%d: %s; put aside as a dead letter",
                    message.topic(), message.partition(), message.offset(), e.getMessage());
            deadLetters.put(message, e.getMessage());
        } finally {
            applied.incrementAndGet();
        }
    }

    /**
     * Whether all that has been told up to now is known here. Asks Kafka; blocks for {@code patience} at most.
     *
     * @throws RuntimeException if Kafka does not answer in time
     */
    public boolean caughtUp(Duration patience) {
        var atTheEnd = clients.<String, byte[]>getConsumer(CHANNEL)
                .runOnPollingThread((Consumer<String, byte[]> consumer) -> isAtTheEnd(consumer, patience))
                .await()
                .atMost(patience.multipliedBy(2));
        return atTheEnd && applied.get() == counter.received();
    }

    /** By position, not by counting records: a transaction's commit marker has an offset and is never delivered. */
    private static boolean isAtTheEnd(Consumer<String, byte[]> consumer, Duration patience) {
        var partitions = consumer.assignment();
        var ends = consumer.endOffsets(partitions, patience);
        return !partitions.isEmpty()
                && partitions.stream().allMatch(it -> consumer.position(it, patience) >= ends.get(it));
    }
}
