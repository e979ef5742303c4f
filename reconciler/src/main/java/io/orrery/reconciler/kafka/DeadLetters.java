package io.orrery.reconciler.kafka;

import io.orrery.contracts.DeadLetter;
import io.orrery.reconciler.facts.FactCodec;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Puts aside what could not be read, with the cause, and lets the reader go on. */
@ApplicationScoped
public class DeadLetters {

    private static final int EXCERPT = 64 * 1024;

    private final Emitter<byte[]> emitter;
    private final String service;
    private final Clock clock;

    DeadLetters(
            @Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Emitter<byte[]> emitter,
            @ConfigProperty(name = "quarkus.application.name") String service,
            Clock clock) {
        this.emitter = emitter;
        this.service = service;
        this.clock = clock;
    }

    /** @param cause for people; holds nothing of the message that may be secret */
    public void put(ConsumerRecord<String, byte[]> message, String cause) {
        var letter = new DeadLetter(
                message.topic(),
                message.partition(),
                message.offset(),
                message.key(),
                service,
                cause,
                excerpt(message.value()),
                clock.instant());
        emitter.send(Message.of(
                FactCodec.write(letter),
                Metadata.of(
                        OutgoingKafkaRecordMetadata.<String>builder()
                                .withKey(letter.id())
                                .build(),
                        OutgoingCloudEventMetadata.builder()
                                .withId(UUID.randomUUID().toString())
                                .withType(DeadLetter.TYPE)
                                .withSource(URI.create("/orrery/" + service))
                                .build())));
    }

    private static String excerpt(byte[] payload) {
        return payload == null
                ? null
                : Base64.getEncoder().encodeToString(Arrays.copyOf(payload, Math.min(payload.length, EXCERPT)));
    }
}
