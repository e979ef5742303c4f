package io.orrery.cluster.reconcile;

import io.orrery.cluster.model.ClusterNode;
import io.orrery.cluster.model.Kubeconfig;
import io.orrery.cluster.plan.Conditions;
import io.orrery.cluster.plan.Standing;
import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.ClusterStatus.Access;
import io.orrery.contracts.ClusterStatus.Node;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.platform.Kubernetes;
import io.orrery.reconciler.facts.PlatformFacts;
import io.orrery.reconciler.loop.Outcome;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A cluster that is there already: looked at and told, never changed. */
public final class ExistingCluster {

    /** There is only one of it. */
    private static final int INCARNATION = 0;

    private final MountedKubeconfigs mounted;
    private final Clusters clusters;
    private final Accesses accesses;
    private final Telling telling;
    private final Settings settings;
    private final Clock clock;

    public ExistingCluster(
            MountedKubeconfigs mounted,
            Clusters clusters,
            Accesses accesses,
            Telling telling,
            Settings settings,
            Clock clock) {
        this.mounted = mounted;
        this.clusters = clusters;
        this.accesses = accesses;
        this.telling = telling;
        this.settings = settings;
        this.clock = clock;
    }

    Outcome keep(PlatformFacts known, PlatformStatus platform, Kubernetes.Found found) {
        try {
            return look(known, platform, mounted.read(found.kubeconfig()));
        } catch (MountedKubeconfigs.UnusableException e) {
            return fail(known, platform, Conditions.KUBECONFIG_USABLE, "Unusable", e.getMessage());
        } catch (ClusterApi.Refused e) {
            return fail(known, platform, Conditions.KUBECONFIG_USABLE, "Refused", e.getMessage());
        } catch (ClusterApi.Unreachable e) {
            fail(known, platform, Conditions.API_REACHABLE, "Silent", e.getMessage());
            return new Outcome.Unreachable(e.getMessage());
        }
    }

    private Outcome look(PlatformFacts known, PlatformStatus platform, Kubeconfig kubeconfig) {
        var key = new Clusters.Key(platform.platform(), platform.uid(), INCARNATION);
        var nodes = clusters.open(key, () -> kubeconfig).nodes(Set.of());
        var standing = standing(nodes);
        var sealed = accesses.seal(platform.uid(), kubeconfig.yaml());
        var access = new Access(kubeconfig.apiServer(), sealed, kubeconfig.expires());
        telling.tell(Telling.status(platform, standing, Optional.empty(), Optional.of(access)), known.cluster());
        return standing.phase() == Phase.READY ? new Outcome.Converged() : new Outcome.Progressing(settings.probe());
    }

    private Standing standing(List<ClusterNode> nodes) {
        var now = clock.instant();
        var reachable = Condition.holds(Conditions.API_REACHABLE, "Answers", "the API server answers", now);
        var ready = nodes.stream().filter(ClusterNode::ready).count();
        var message = "%d of %d nodes are ready".formatted(ready, nodes.size());
        var nodesReady = ready > 0
                ? Condition.holds(Conditions.NODES_READY, "SomeReady", message, now)
                : Condition.fails(Conditions.NODES_READY, "NoneReady", message, now);
        var told = nodes.stream()
                .sorted(Comparator.comparing(ClusterNode::name))
                .map(node -> new Node(node.name(), node.role(), node.ready(), node.version()))
                .toList();
        return new Standing(
                ready > 0 ? Phase.READY : Phase.DEGRADED, List.of(reachable, nodesReady), told, Set.of(), List.of());
    }

    /** Once it has been ready, what is told of it stays told: later stages need the way in to take their part down. */
    private Outcome fail(PlatformFacts known, PlatformStatus platform, String type, String reason, String message) {
        var former = known.cluster();
        var access = former.flatMap(ClusterStatus::access);
        var standing = new Standing(
                access.isPresent() ? Phase.DEGRADED : Phase.FAILED,
                List.of(Condition.fails(type, reason, message, clock.instant())),
                former.map(ClusterStatus::nodes).orElse(List.of()),
                Set.of(),
                List.of());
        telling.tell(Telling.status(platform, standing, Optional.empty(), access), former);
        return new Outcome.Failed(reason, message);
    }
}
