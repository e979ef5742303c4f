package io.orrery.sandbox.backbone;

/** Kafka as its clients see it. */
public interface Kafka extends Program {
    String bootstrapServers();
}
