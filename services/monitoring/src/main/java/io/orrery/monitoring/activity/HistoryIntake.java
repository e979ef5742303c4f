package io.orrery.monitoring.activity;

import io.orrery.contracts.Activity;
import io.orrery.contracts.DeadLetter;
import io.orrery.contracts.JobEvent;
import io.orrery.reconciler.facts.FactCodec;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Reads the topics that only grow. A line that cannot be read is skipped: it is history, and nothing is decided by it. */
@ApplicationScoped
class HistoryIntake {

    private static final Logger LOG = Logger.getLogger(HistoryIntake.class);

    private final History history;

    HistoryIntake(History history) {
        this.history = history;
    }

    @Incoming("activities")
    @Blocking
    void activity(ConsumerRecord<String, byte[]> message) {
        read(message, Activity.class, history::add);
    }

    @Incoming("job-events")
    @Blocking
    void job(ConsumerRecord<String, byte[]> message) {
        read(message, JobEvent.class, history::add);
    }

    @Incoming("letters")
    @Blocking
    void deadLetter(ConsumerRecord<String, byte[]> message) {
        read(message, DeadLetter.class, history::add);
    }

    private static <T> void read(ConsumerRecord<String, byte[]> message, Class<T> type, Consumer<T> consumer) {
        if (message.value() == null) {
            return;
        }
        try {
            consumer.accept(FactCodec.read(message.value(), type));
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            LOG.warnf("skipped %s/%d/%d", message.topic(), message.partition(), message.offset());
        }
    }
}
