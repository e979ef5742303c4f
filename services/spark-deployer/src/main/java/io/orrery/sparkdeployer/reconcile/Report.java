package io.orrery.sparkdeployer.reconcile;

import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Uid;
import io.orrery.contracts.WorkloadStatus;
import io.orrery.contracts.WorkloadStatus.Evidence;
import io.orrery.contracts.WorkloadStatus.Release;
import io.orrery.reconciler.facts.PlatformFacts;
import io.orrery.sparkdeployer.plan.Verdict;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A status in the making, for one pass over one platform; starts from what was told last. */
final class Report {

    private final PlatformName platform;
    private final Uid uid;
    private final long generation;
    private final Clock clock;
    private final Optional<WorkloadStatus> former;
    private final List<Condition> conditions = new ArrayList<>();
    private List<Release> releases;
    private Optional<URI> openeo;
    private Optional<Evidence> evidence;

    Report(PlatformFacts facts, Uid uid, long generation, Clock clock) {
        this.platform = facts.name();
        this.uid = uid;
        this.generation = generation;
        this.clock = clock;
        this.former = facts.workloads();
        this.releases = former.map(WorkloadStatus::releases).orElse(List.of());
        this.openeo = former.flatMap(WorkloadStatus::openeo);
        this.evidence = former.flatMap(WorkloadStatus::evidence);
    }

    Optional<WorkloadStatus> former() {
        return former;
    }

    /** Whether anything may have been put into the cluster in this life of the platform: it was told that it would. */
    boolean begun() {
        return !releases.isEmpty();
    }

    /** Whether openEO was up when something was told last. */
    boolean wasUp() {
        return former.map(WorkloadStatus::phase)
                .filter(phase -> phase == Phase.READY || phase == Phase.DEGRADED)
                .isPresent();
    }

    Optional<Condition> before(String type) {
        return former.flatMap(status -> Verdict.find(status, type));
    }

    Report holds(String type, String reason, String message) {
        return with(Condition.holds(type, reason, message, clock.instant()));
    }

    Report fails(String type, String reason, String message) {
        return with(Condition.fails(type, reason, message, clock.instant()));
    }

    /** Dated back to when its status last changed. */
    Report with(Condition condition) {
        conditions.removeIf(earlier -> earlier.type().equals(condition.type()));
        conditions.add(condition.after(former.map(WorkloadStatus::conditions).orElse(List.of())));
        return this;
    }

    Report releases(List<Release> installed) {
        releases = installed;
        return this;
    }

    /** Whether everything that is installed is also ready; openEO answers without its ZooKeeper, say. */
    boolean complete() {
        return releases.stream().allMatch(Release::ready);
    }

    Report answered(URI url, Evidence proof) {
        openeo = Optional.of(url);
        evidence = Optional.of(proof);
        return this;
    }

    Report unproven() {
        evidence = Optional.empty();
        return this;
    }

    Report nowhere() {
        openeo = Optional.empty();
        return unproven();
    }

    WorkloadStatus status(Phase phase) {
        return status(phase, List.of());
    }

    WorkloadStatus status(Phase phase, List<String> abandoned) {
        return new WorkloadStatus(platform, uid, generation, phase, conditions, releases, openeo, evidence, abandoned);
    }
}
