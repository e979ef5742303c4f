package io.orrery.reconciler.runtime;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Settings that every Kafka client of a service is made with. */
@Qualifier @Retention(RetentionPolicy.RUNTIME)
public @interface KafkaSettings {}
