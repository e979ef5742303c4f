package io.orrery.monitoring.reconcile;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Foundation;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.ObservabilityStatus;
import io.orrery.contracts.ObservabilityStatus.Component;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Stage;
import io.orrery.contracts.Uid;
import io.orrery.monitoring.model.HistoryServer;
import io.orrery.monitoring.plan.Manifests;
import io.orrery.monitoring.plan.Wishes;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.facts.PlatformFacts;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.reconciler.loop.Reconciler;
import io.orrery.reconciler.seal.Sealer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The stage that watches the others: the last to be made, the first to be removed. */
public final class ObservabilityReconciler implements Reconciler {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Facts facts;
    private final Facts.Teller teller;
    private final Clusters clusters;
    private final HistoryServers historyServers;
    private final Duration patience;
    private final Clock clock;
    private final Map<Uid, Instant> unreachableSince = new ConcurrentHashMap<>();

    /** @param patience how long a removal waits for an API server that does not answer */
    public ObservabilityReconciler(
            Facts facts, Facts.Teller teller, Clusters clusters, Sealer sealer, Duration patience, Clock clock) {
        this.facts = facts;
        this.teller = teller;
        this.clusters = clusters;
        this.historyServers = new HistoryServers(sealer);
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public Outcome reconcile(PlatformName name) {
        var about = facts.about(name);
        if (about.platform().isEmpty() || about.isIn(Stage.OBSERVABILITY, Phase.REMOVED)) {
            clusters.forget(name);
            return new Outcome.Converged();
        }
        var platform = about.platform().get();
        return platform.removing() ? remove(about, platform) : install(about, platform);
    }

    private Outcome install(PlatformFacts about, PlatformStatus platform) {
        var access =
                about.cluster().flatMap(ClusterStatus::access).filter(it -> about.isIn(Stage.CLUSTER, Phase.READY));
        if (access.isEmpty() && about.observability().isEmpty()) {
            return waitFor(platform, "ClusterNotReady", "waits for the Kubernetes cluster");
        }
        if (access.isEmpty()) {
            return new Outcome.Waiting("cluster");
        }
        if (!platform.document().spec().monitoring().historyServer()) {
            return ready(platform, List.of());
        }
        var bucket =
                about.infrastructure().flatMap(InfrastructureStatus::foundation).flatMap(Foundation::bucket);
        if (bucket.isEmpty()) {
            return waitFor(platform, "NoBucket", "waits for the bucket that Spark's event logs go to");
        }
        var cluster = clusters.open(platform.platform(), platform.uid(), access.get());
        try {
            return installHistoryServer(platform, cluster, historyServers.of(platform, bucket.get()));
        } catch (Cluster.UnreachableException e) {
            return silent(platform, about.observability(), e);
        }
    }

    private Outcome installHistoryServer(PlatformStatus platform, Cluster cluster, HistoryServer server) {
        var former = facts.about(platform.platform()).observability().map(ObservabilityStatus::phase);
        if (former.isEmpty() || former.get() == Phase.WAITING) {
            tell(
                    platform,
                    Phase.PROGRESSING,
                    fails("Installing", "Spark History Server is being installed"),
                    List.of());
        }
        if (!platform.paused()) {
            cluster.apply(Manifests.of(server));
        }
        var available = cluster.isAvailable(server.namespace(), HistoryServer.NAME);
        var components = List.of(new Component(HistoryServer.NAME, server.image(), available, Optional.empty()));
        if (available) {
            return ready(platform, components);
        }
        tell(
                platform,
                wasReady(former) ? Phase.DEGRADED : Phase.PROGRESSING,
                fails("NotAvailable", "Spark History Server has no ready pod"),
                components);
        return new Outcome.Progressing(SOON);
    }

    /** What is installed most likely goes on; it is only not seen. */
    private Outcome silent(
            PlatformStatus platform, Optional<ObservabilityStatus> former, Cluster.UnreachableException e) {
        var message = "the Kubernetes API does not answer: " + e.getMessage();
        tell(
                platform,
                wasReady(former.map(ObservabilityStatus::phase)) ? Phase.DEGRADED : Phase.PROGRESSING,
                fails("ApiUnreachable", message),
                former.map(ObservabilityStatus::components).orElse(List.of()));
        return new Outcome.Unreachable(message);
    }

    private static boolean wasReady(Optional<Phase> former) {
        return former.filter(phase -> phase == Phase.READY || phase == Phase.DEGRADED)
                .isPresent();
    }

    private Outcome ready(PlatformStatus platform, List<Component> components) {
        tell(
                platform,
                Phase.READY,
                Condition.holds(
                        "ComponentsHealthy",
                        "Healthy",
                        Wishes.sentence(platform.document(), components),
                        clock.instant()),
                components);
        return new Outcome.Converged();
    }

    private Outcome waitFor(PlatformStatus platform, String reason, String message) {
        tell(platform, Phase.WAITING, fails(reason, message), List.of());
        return new Outcome.Waiting(message);
    }

    /** Nothing builds on this stage, so that it can go at once. */
    private Outcome remove(PlatformFacts about, PlatformStatus platform) {
        tell(platform, Phase.REMOVING, fails("Removing", "monitoring is being removed"), List.of());
        var access = about.cluster().flatMap(ClusterStatus::access);
        if (access.isEmpty()) {
            return removed(platform, List.of());
        }
        var namespace = platform.document().spec().monitoring().namespace();
        try {
            var cluster = clusters.open(platform.platform(), platform.uid(), access.get());
            if (!cluster.remove(namespace, platform.uid().toString())) {
                return new Outcome.Progressing(SOON);
            }
            return removed(platform, List.of());
        } catch (Cluster.UnreachableException e) {
            return unreachable(platform, namespace, e);
        }
    }

    private Outcome unreachable(PlatformStatus platform, String namespace, Cluster.UnreachableException e) {
        var since = unreachableSince.computeIfAbsent(platform.uid(), uid -> clock.instant());
        if (clock.instant().isBefore(since.plus(patience))) {
            return new Outcome.Unreachable(e.getMessage());
        }
        return removed(platform, List.of("namespace " + namespace + " in the platform's cluster"));
    }

    private Outcome removed(PlatformStatus platform, List<String> abandoned) {
        unreachableSince.remove(platform.uid());
        teller.tell(status(
                platform,
                Phase.REMOVED,
                Condition.holds("Removed", "Gone", "nothing of monitoring is left", clock.instant()),
                List.of(),
                abandoned));
        clusters.forget(platform.platform());
        return new Outcome.Converged();
    }

    private Condition fails(String reason, String message) {
        return Condition.fails("ComponentsHealthy", reason, message, clock.instant());
    }

    private void tell(PlatformStatus platform, Phase phase, Condition condition, List<Component> components) {
        teller.tell(status(platform, phase, condition, components, List.of()));
    }

    private static ObservabilityStatus status(
            PlatformStatus platform,
            Phase phase,
            Condition condition,
            List<Component> components,
            List<String> abandoned) {
        return new ObservabilityStatus(
                platform.platform(),
                platform.uid(),
                platform.generation(),
                phase,
                List.of(condition),
                components,
                abandoned);
    }
}
