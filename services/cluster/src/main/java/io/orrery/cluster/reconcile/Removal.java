package io.orrery.cluster.reconcile;

import io.orrery.cluster.plan.Conditions;
import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Condition.Status;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Stage;
import io.orrery.contracts.Uid;
import io.orrery.reconciler.facts.PlatformFacts;
import io.orrery.reconciler.loop.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the cluster stage's part down. The machines are the provisioner's to delete; before that, what controllers in the
 * cluster made in the cloud has to go, while they still run to do it: nobody else knows of it, and it blocks the network.
 */
public final class Removal {

    private final Clusters clusters;
    private final Accesses accesses;
    private final Telling telling;
    private final Settings settings;
    private final Clock clock;

    public Removal(Clusters clusters, Accesses accesses, Telling telling, Settings settings, Clock clock) {
        this.clusters = clusters;
        this.accesses = accesses;
        this.telling = telling;
        this.settings = settings;
        this.clock = clock;
    }

    Outcome remove(PlatformFacts known, Uid uid) {
        if (!known.isIn(Stage.CLUSTER, Phase.REMOVING)) {
            telling.tell(removing(known, uid), known.cluster());
            return new Outcome.Progressing(Duration.ZERO);
        }
        var awaited = known.awaitedBefore(Stage.CLUSTER);
        if (!awaited.isEmpty()) {
            return new Outcome.Waiting("removal of " + awaited);
        }
        var status = known.cluster().orElseThrow();
        if (status.bootstrap().isEmpty() || status.access().isEmpty()) {
            // not ours, or nothing ever ran on it
            return finish(status, List.of());
        }
        try {
            return release(status, open(status));
        } catch (ClusterApi.Unreachable | ClusterApi.Refused e) {
            return giveUpInTime(status, e.getMessage());
        }
    }

    private ClusterApi open(ClusterStatus status) {
        var bootstrap = status.bootstrap().orElseThrow();
        var access = status.access().orElseThrow();
        var key = new Clusters.Key(status.platform(), status.uid(), bootstrap.incarnation());
        var way = accesses.current(key, Optional.of(status), bootstrap, access.apiServer());
        return clusters.open(key, way::kubeconfig);
    }

    private Outcome release(ClusterStatus status, ClusterApi api) {
        var left = api.cloudResources();
        if (left.isEmpty()) {
            return finish(status, List.of());
        }
        if (hasLasted(status, Conditions.CLOUD_RESOURCES_RELEASED, settings.releaseDeadline())) {
            return finish(status, left);
        }
        tellWhy(
                status,
                Condition.fails(
                        Conditions.CLOUD_RESOURCES_RELEASED,
                        "Awaited",
                        "controllers in the cluster still hold: " + String.join(", ", left),
                        clock.instant()));
        api.releaseCloudResources();
        return new Outcome.Progressing(settings.probe());
    }

    private Outcome giveUpInTime(ClusterStatus status, String reason) {
        if (hasLasted(status, Conditions.API_REACHABLE, settings.abandonAfter())) {
            var access = status.access().orElseThrow();
            return finish(
                    status,
                    List.of("load balancers and volumes of the cluster behind " + access.apiServer()
                            + ", which could not be asked: " + reason));
        }
        tellWhy(status, Condition.fails(Conditions.API_REACHABLE, "Silent", reason, clock.instant()));
        return new Outcome.Progressing(settings.probe());
    }

    private boolean hasLasted(ClusterStatus status, String type, Duration deadline) {
        return Conditions.since(status.conditions(), type, Status.FALSE)
                .filter(since -> !since.plus(deadline).isAfter(clock.instant()))
                .isPresent();
    }

    private void tellWhy(ClusterStatus status, Condition condition) {
        telling.tell(Telling.with(status, Phase.REMOVING, List.of(condition)), Optional.of(status));
    }

    private Outcome finish(ClusterStatus status, List<String> abandoned) {
        clusters.close(status.platform());
        accesses.forget(status.platform());
        telling.tell(
                new ClusterStatus(
                        status.platform(),
                        status.uid(),
                        status.observedGeneration(),
                        Phase.REMOVED,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Set.of(),
                        List.of(),
                        abandoned),
                Optional.of(status));
        return new Outcome.Converged();
    }

    /** All that was told stays told: later stages need the way in until they are gone. */
    private static ClusterStatus removing(PlatformFacts known, Uid uid) {
        var former = known.cluster();
        return new ClusterStatus(
                known.name(),
                uid,
                known.platform()
                        .map(PlatformStatus::generation)
                        .or(() -> former.map(ClusterStatus::observedGeneration))
                        .orElse(0L),
                Phase.REMOVING,
                List.of(),
                former.flatMap(ClusterStatus::bootstrap),
                former.flatMap(ClusterStatus::access),
                former.map(ClusterStatus::nodes).orElse(List.of()),
                Set.of(),
                List.of(),
                List.of());
    }
}
