package io.orrery.reconciler.kafka;

import io.orrery.contracts.Activity;
import io.orrery.reconciler.facts.FactCodec;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Tells what is being done, step by step. Nobody waits for it: what is lost here is a line in a history. */
@ApplicationScoped
public class ActivityLog {

    private final Emitter<byte[]> emitter;
    private final String service;

    ActivityLog(
            @Channel("activity") @OnOverflow(OnOverflow.Strategy.DROP) Emitter<byte[]> emitter,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.emitter = emitter;
        this.service = service;
    }

    public void tell(Activity activity) {
        emitter.send(Message.of(
                FactCodec.write(activity),
                Metadata.of(
                        OutgoingKafkaRecordMetadata.<String>builder()
                                .withKey(activity.platform().value())
                                .build(),
                        OutgoingCloudEventMetadata.builder()
                                .withId(UUID.randomUUID().toString())
                                .withType(activity.type())
                                .withSource(URI.create("/orrery/" + service))
                                .withSubject(activity.platform().value())
                                .build())));
    }
}
