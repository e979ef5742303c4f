package io.orrery.monitoring.activity;

import io.orrery.contracts.Activity;
import io.orrery.contracts.DeadLetter;
import io.orrery.contracts.JobEvent;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.kafka.DeadLetters;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Reads the topics that only grow. What cannot be read is put aside with its cause, and the next is read. */
@ApplicationScoped
class HistoryIntake {

    private static final Logger LOG = Logger.getLogger(HistoryIntake.class);

    private final History history;
    private final DeadLetters deadLetters;

    HistoryIntake(History history, DeadLetters deadLetters) {
        this.history = history;
        this.deadLetters = deadLetters;
    }

    @Incoming("activities")
    @Blocking
    void activity(ConsumerRecord<String, byte[]> message) {
        read(message, Activity.class, history::add, deadLetters::put);
    }

    @Incoming("job-events")
    @Blocking
    void job(ConsumerRecord<String, byte[]> message) {
        read(message, JobEvent.class, history::add, deadLetters::put);
    }

    /** A letter that cannot be read is not put aside once more: that would never end. */
    @Incoming("letters")
    @Blocking
    void deadLetter(ConsumerRecord<String, byte[]> message) {
        read(message, DeadLetter.class, history::add, (letter, cause) -> LOG.warnf("skipped a dead letter: %s", cause));
    }

    private static <T> void read(
            ConsumerRecord<String, byte[]> message,
            Class<T> type,
            Consumer<T> consumer,
            BiConsumer<ConsumerRecord<String, byte[]>, String> putAside) {
        if (message.value() == null) {
            return;
        }
        try {
            consumer.accept(FactCodec.read(message.value(), type));
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            putAside.accept(message, "it is no " + type.getSimpleName());
        }
    }
}
