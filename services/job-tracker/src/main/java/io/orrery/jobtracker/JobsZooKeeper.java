package io.orrery.jobtracker;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * The registry's own session with ZooKeeper. The one of the loop begins only after Kafka has answered; openEO's
 * registry must not wait for that.
 */
@Qualifier @Retention(RetentionPolicy.RUNTIME)
@interface JobsZooKeeper {}
