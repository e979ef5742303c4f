package io.orrery.jobtracker.events;

import io.orrery.contracts.JobEvent;
import io.orrery.reconciler.facts.FactCodec;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

/** {@code orrery.jobs}, written by the leader and read by every replica, so that each knows what has been told. */
@ApplicationScoped
class KafkaJobTopic implements JobTopic {

    private static final Logger LOG = Logger.getLogger(KafkaJobTopic.class);
    private static final String CHANNEL = "told-jobs";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final MutinyEmitter<byte[]> emitter;
    private final KafkaClientService clients;
    private final URI source;
    private final Map<String, Long> told = new ConcurrentHashMap<>();
    private final AtomicLong applied = new AtomicLong();

    KafkaJobTopic(
            @Channel("job-events") MutinyEmitter<byte[]> emitter,
            KafkaClientService clients,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.emitter = emitter;
        this.clients = clients;
        this.source = URI.create("/orrery/" + service);
    }

    @Override
    public void tell(JobEvent event) {
        var key = event.about().key();
        emitter.sendMessageAndAwait(Message.of(
                FactCodec.write(event),
                Metadata.of(
                        OutgoingKafkaRecordMetadata.<String>builder()
                                .withKey(key)
                                .build(),
                        OutgoingCloudEventMetadata.builder()
                                .withId(UUID.randomUUID().toString())
                                .withType(event.type())
                                .withSource(source)
                                .withSubject(event.about().platform().value())
                                .build())));
        note(key, event.about().sequence());
    }

    @Incoming(CHANNEL)
    @Blocking
    void take(ConsumerRecord<String, byte[]> message) {
        try {
            var about = FactCodec.read(message.value(), JobEvent.class).about();
            note(about.key(), about.sequence());
        } catch (IOException | RuntimeException e) {
            LOG.warnf("%s/%d holds no job event that can be read", message.topic(), message.offset());
        } finally {
            applied.set(message.offset() + 1);
        }
    }

    @Override
    public long told(String key) {
        return told.getOrDefault(key, 0L);
    }

    /** This topic has no transactions, so that its last record's offset is its end. */
    @Override
    public boolean isCaughtUp() {
        return clients.<String, byte[]>getConsumer(CHANNEL)
                .runOnPollingThread((Consumer<String, byte[]> consumer) -> isAtTheEnd(consumer))
                .await()
                .atMost(PATIENCE.multipliedBy(3));
    }

    private boolean isAtTheEnd(Consumer<String, byte[]> consumer) {
        var partitions = consumer.assignment();
        var beginnings = consumer.beginningOffsets(partitions, PATIENCE);
        var ends = consumer.endOffsets(partitions, PATIENCE);
        return !partitions.isEmpty()
                && partitions.stream()
                        .allMatch(it -> applied.get() >= ends.get(it)
                                || beginnings.get(it).equals(ends.get(it)));
    }

    private void note(String key, long sequence) {
        told.merge(key, sequence, Math::max);
    }
}
