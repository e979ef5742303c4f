package io.orrery.jobtracker.reconcile;

import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Stage;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.TrackingStatus.Registry;
import io.orrery.contracts.TrackingStatus.Tracker;
import io.orrery.contracts.Uid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts what this stage has to tell into the words of its status. */
record Telling(PlatformName platform, Uid uid, long generation, Instant now) {

    private static final String REGISTRY = "RegistryServed";
    private static final String WATCH = "JobsFollowed";

    Telling(PlatformStatus platform, Instant now) {
        this(platform.platform(), platform.uid(), platform.generation(), now);
    }

    TrackingStatus status(Phase phase, Optional<Registry> registry, Tracker tracker, Condition... conditions) {
        return new TrackingStatus(platform, uid, generation, phase, List.of(conditions), registry, tracker, List.of());
    }

    Condition registryPending() {
        return Condition.fails(REGISTRY, "Preparing", "the registry's client is being made", now);
    }

    Condition served() {
        return Condition.holds(REGISTRY, "Served", "openEO can register jobs", now);
    }

    Condition foreignRegistry() {
        return Condition.fails(
                REGISTRY,
                "ForeignRegistry",
                "spec.jobs.registry names a registry that others run, which this version cannot follow; without it"
                        + " Orrery's own registry is used",
                now);
    }

    Condition noCredentials(String why) {
        return Condition.fails(REGISTRY, "NoCredentials", why, now);
    }

    Condition noCluster() {
        return Condition.fails(WATCH, "NoCluster", "there is no cluster to look into yet", now);
    }

    Condition connected() {
        return Condition.holds(WATCH, "Connected", "the watch on SparkApplications stands", now);
    }

    Condition unconnected(String trouble) {
        return Condition.fails(WATCH, "NotConnected", "SparkApplications cannot be watched: " + trouble, now);
    }

    Condition followedByOthers() {
        return Condition.fails(WATCH, "FollowedByUpstream", "spec.jobs.tracker leaves the jobs to upstream's", now);
    }

    Condition removing(Set<Stage> awaited) {
        return awaited.isEmpty()
                ? Condition.fails(REGISTRY, "Removing", "jobs and client are being removed", now)
                : Condition.holds(REGISTRY, "StillServed", "serves until these are removed: " + awaited, now);
    }

    Condition removed() {
        return Condition.fails(REGISTRY, "Removed", "no job and no client of the platform is left", now);
    }
}
