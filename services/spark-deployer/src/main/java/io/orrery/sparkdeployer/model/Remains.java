package io.orrery.sparkdeployer.model;

import java.util.Set;

/**
 * What is still there of a platform that is to go.
 *
 * @param ours what bears the platform's label
 * @param applications Spark applications that have to end: openEO's, and the batch jobs it started
 * @param sparkPods names of pods that run for those applications
 * @param strangers Spark applications that are not the platform's business, in the whole cluster
 */
public record Remains(
        Set<ObjectKey> ours, Set<ObjectKey> applications, Set<String> sparkPods, Set<ObjectKey> strangers) {

    public Remains {
        ours = Set.copyOf(ours);
        applications = Set.copyOf(applications);
        sparkPods = Set.copyOf(sparkPods);
        strangers = Set.copyOf(strangers);
    }
}
