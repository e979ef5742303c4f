package io.orrery.cluster.reconcile;

import io.orrery.cluster.model.ClusterNode;
import io.orrery.cluster.model.Recipe;
import io.orrery.cluster.model.Wish;
import io.orrery.cluster.plan.Assessor;
import io.orrery.cluster.plan.Conditions;
import io.orrery.cluster.plan.Planner;
import io.orrery.cluster.plan.Standing;
import io.orrery.cluster.plan.Step;
import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.Condition;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Slot;
import io.orrery.contracts.platform.Kubernetes;
import io.orrery.reconciler.facts.PlatformFacts;
import io.orrery.reconciler.loop.Outcome;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A cluster of our own: prepared before its machines are, followed while they join, and kept as machines come and go. */
public final class ManagedCluster {

    private final Founder founder;
    private final Clusters clusters;
    private final Accesses accesses;
    private final Steps steps;
    private final Telling telling;
    private final Settings settings;
    private final Planner planner;
    private final Assessor assessor;
    private final Clock clock;

    public ManagedCluster(
            Founder founder,
            Clusters clusters,
            Accesses accesses,
            Steps steps,
            Telling telling,
            Settings settings,
            Clock clock) {
        this.founder = founder;
        this.clusters = clusters;
        this.accesses = accesses;
        this.steps = steps;
        this.telling = telling;
        this.settings = settings;
        this.planner = new Planner(settings.drainDeadline());
        this.assessor = new Assessor(settings.joinDeadline());
        this.clock = clock;
    }

    Outcome keep(PlatformFacts known, PlatformStatus platform, Kubernetes.Managed kubernetes) {
        if (kubernetes.distribution() == Kubernetes.Distribution.RKE) {
            return unsupported(known, platform);
        }
        var infrastructure =
                known.infrastructure().filter(status -> status.foundation().isPresent());
        var founded = known.cluster().flatMap(ClusterStatus::bootstrap).isPresent();
        if (!founded && infrastructure.filter(ManagedCluster::hasServer).isEmpty()) {
            return waitForFoundation(known, platform);
        }
        if (infrastructure.isEmpty() || infrastructure.get().observedGeneration() > platform.generation()) {
            // what is told of the cluster still holds
            return new Outcome.Waiting("infrastructure");
        }
        if (!founded && platform.paused()) {
            return new Outcome.Waiting("the platform to be resumed");
        }
        return keep(known, platform, infrastructure.get(), kubernetes);
    }

    private Outcome keep(
            PlatformFacts known,
            PlatformStatus platform,
            InfrastructureStatus infrastructure,
            Kubernetes.Managed kubernetes) {
        var former = known.cluster();
        var foundation = infrastructure.foundation().orElseThrow();
        var recipe = Recipe.of(platform.document().spec(), kubernetes, foundation);
        var formerBootstrap = former.flatMap(ClusterStatus::bootstrap);
        var bootstrap = platform.paused()
                ? formerBootstrap.orElseThrow()
                : founder.bootstrap(platform, formerBootstrap, infrastructure.slots(), recipe);
        if (formerBootstrap.map(Bootstrap::incarnation).orElse(0) != bootstrap.incarnation()) {
            return tellBootstrap(platform, former, bootstrap);
        }
        var apiServer = URI.create("https://" + foundation.apiAddress() + ":6443");
        var cluster = new Opened(
                platform,
                former,
                bootstrap,
                Wish.of(
                        bootstrap.incarnation(),
                        infrastructure.slots(),
                        platform.document().spec()),
                apiServer);
        try {
            return follow(known, cluster);
        } catch (ClusterApi.Unreachable e) {
            silent(cluster, e.getMessage());
            return isUp(cluster) ? new Outcome.Unreachable(e.getMessage()) : new Outcome.Progressing(settings.probe());
        } catch (ClusterApi.Refused e) {
            silent(cluster, "the API server does not let us in: " + e.getMessage());
            return new Outcome.Progressing(settings.probe());
        }
    }

    /** One pass over a cluster that has its bootstrap. */
    private record Opened(
            PlatformStatus platform, Optional<ClusterStatus> former, Bootstrap bootstrap, Wish wish, URI apiServer) {}

    private Outcome follow(PlatformFacts known, Opened cluster) {
        var uid = cluster.platform.uid();
        var key = new Clusters.Key(cluster.platform.platform(), uid, cluster.bootstrap.incarnation());
        var way = accesses.current(key, cluster.former, cluster.bootstrap, cluster.apiServer);
        var api = clusters.open(key, way::kubeconfig);
        var nodes = api.nodes(leaving(cluster.wish, cluster.former));
        var standing = assessor.answered(cluster.wish, nodes, cluster.former, clock.instant());
        var bootstrap =
                standing.phase() == Phase.READY && cluster.bootstrap.init().isPresent()
                        ? Founder.founded(cluster.bootstrap)
                        : cluster.bootstrap;
        telling.tell(
                Telling.status(cluster.platform, standing, Optional.of(bootstrap), Optional.of(way.access())),
                cluster.former);
        var plan = cluster.platform.paused() ? List.<Step>of() : planner.plan(cluster.wish, nodes, clock.instant());
        steps.carryOut(known, uid, api, plan);
        return outcome(standing, plan, nodes);
    }

    /** Pods are counted on nodes that are to leave, and on those we once began to empty. */
    private static Set<String> leaving(Wish wish, Optional<ClusterStatus> former) {
        var slots = wish.slotsByName().keySet();
        var leaving = wish.retiring().stream().map(Slot::name).collect(Collectors.toSet());
        former.map(ClusterStatus::nodes).orElse(List.of()).stream()
                .map(ClusterStatus.Node::name)
                .filter(node -> !slots.contains(node))
                .forEach(leaving::add);
        return leaving;
    }

    private Outcome outcome(Standing standing, List<Step> plan, List<ClusterNode> nodes) {
        var underWay = nodes.stream().anyMatch(node -> node.draining().isPresent());
        return plan.isEmpty() && !underWay && standing.phase() == Phase.READY
                ? new Outcome.Converged()
                : new Outcome.Progressing(settings.probe());
    }

    private void silent(Opened cluster, String reason) {
        var standing = assessor.silent(cluster.wish, cluster.former, reason, clock.instant());
        var access = cluster.former.flatMap(ClusterStatus::access);
        telling.tell(
                Telling.status(cluster.platform, standing, Optional.of(cluster.bootstrap), access), cluster.former);
    }

    /** Machines that boot for the first time are silent for minutes, and nothing is wrong with that. */
    private static boolean isUp(Opened cluster) {
        return cluster.former.flatMap(ClusterStatus::access).isPresent();
    }

    private Outcome tellBootstrap(PlatformStatus platform, Optional<ClusterStatus> former, Bootstrap bootstrap) {
        clusters.close(platform.platform());
        var prepared = Condition.holds(
                Conditions.BOOTSTRAP_PREPARED,
                "Prepared",
                "machines can boot; this is the cluster's incarnation " + bootstrap.incarnation(),
                clock.instant());
        telling.tell(
                Telling.status(
                        platform,
                        Telling.plain(Phase.PROGRESSING, List.of(prepared)),
                        Optional.of(bootstrap),
                        Optional.empty()),
                former);
        return new Outcome.Progressing(settings.probe());
    }

    private Outcome waitForFoundation(PlatformFacts known, PlatformStatus platform) {
        var missing = Condition.fails(
                Conditions.FOUNDATION_READY,
                "Awaited",
                "the provisioner has not told the network and the machines' names yet",
                clock.instant());
        telling.tell(
                Telling.status(
                        platform, Telling.plain(Phase.WAITING, List.of(missing)), Optional.empty(), Optional.empty()),
                known.cluster());
        return new Outcome.Waiting("infrastructure");
    }

    private Outcome unsupported(PlatformFacts known, PlatformStatus platform) {
        var message = "clusters of the distribution rke are not made yet; use rke2, or kubernetes.existing";
        var condition = Condition.fails(Conditions.DISTRIBUTION_SUPPORTED, "Unsupported", message, clock.instant());
        telling.tell(
                Telling.status(
                        platform, Telling.plain(Phase.FAILED, List.of(condition)), Optional.empty(), Optional.empty()),
                known.cluster());
        return new Outcome.Waiting("a change of the document");
    }

    private static boolean hasServer(InfrastructureStatus infrastructure) {
        return infrastructure.slots().stream().anyMatch(slot -> slot.role() == Slot.Role.SERVER);
    }
}
