package io.orrery.sandbox.controllers.apps;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.orrery.sandbox.controllers.loop.Cluster;
import io.orrery.sandbox.controllers.loop.Events;
import io.orrery.sandbox.controllers.loop.Loop;
import io.orrery.sandbox.controllers.loop.ObjectKey;
import io.orrery.sandbox.controllers.loop.Owners;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ReplicaSet for each template that a Deployment has had, and the pods moved from one to the next. */
public final class Deployments {

    private static final String HASH = "pod-template-hash";
    private static final String REVISION = "deployment.kubernetes.io/revision";

    private final Cluster cluster;
    private final Events events;

    public Deployments(Cluster cluster) {
        this.cluster = cluster;
        this.events = cluster.events("deployment-controller");
        Loop loop = cluster.loop("deployments", 4, this::reconcile);
        cluster.wake(Deployment.class, loop);
        cluster.wakeOwner(ReplicaSet.class, "Deployment", loop);
    }

    private Optional<Duration> reconcile(ObjectKey key) {
        var found = cluster.find(Deployment.class, key);
        if (found.isEmpty() || found.get().getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        var deployment = found.get();
        var sets = sets(deployment);
        var hash = PodTemplates.hash(deployment.getSpec().getTemplate(), HASH);
        var newest = newest(deployment, sets, hash);
        deployment = revised(deployment, newest);
        if (!Boolean.TRUE.equals(deployment.getSpec().getPaused())) {
            scale(deployment, sets, newest);
            cleanUp(deployment, sets, newest);
        }
        tell(deployment, sets, newest);
        return Optional.empty();
    }

    private List<ReplicaSet> sets(Deployment deployment) {
        var sets = new ArrayList<ReplicaSet>();
        cluster
                .client()
                .apps()
                .replicaSets()
                .inNamespace(deployment.getMetadata().getNamespace())
                .withLabelSelector(deployment.getSpec().getSelector())
                .list()
                .getItems()
                .stream()
                .filter(set -> Owners.isControlledBy(set, deployment))
                .sorted(Comparator.comparingLong(Deployments::revision))
                .forEach(sets::add);
        return sets;
    }

    private static long revision(ReplicaSet set) {
        return Long.parseLong(set.getMetadata().getAnnotations().getOrDefault(REVISION, "0"));
    }

    /** The set of the present template: made if there is none, and its revision raised if an older template has come back. */
    private ReplicaSet newest(Deployment deployment, List<ReplicaSet> sets, String hash) {
        var last = sets.isEmpty() ? 0 : revision(sets.getLast());
        var same = sets.stream()
                .filter(set -> hash.equals(set.getMetadata().getLabels().get(HASH)))
                .findFirst();
        if (same.isEmpty()) {
            var made = cluster.client()
                    .resource(replicaSet(deployment, hash, last + 1))
                    .create();
            sets.add(made);
            return made;
        }
        if (revision(same.get()) == last) {
            return same.get();
        }
        var raised = cluster.client()
                .resource(new ReplicaSetBuilder(same.get())
                        .editMetadata()
                        .addToAnnotations(REVISION, String.valueOf(last + 1))
                        .endMetadata()
                        .build())
                .update();
        sets.remove(same.get());
        sets.add(raised);
        return raised;
    }

    private static ReplicaSet replicaSet(Deployment deployment, String hash, long revision) {
        var labels = Map.of(HASH, hash);
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withNamespace(deployment.getMetadata().getNamespace())
                .withName(deployment.getMetadata().getName() + "-" + hash)
                .withLabels(deployment.getSpec().getTemplate().getMetadata().getLabels())
                .addToLabels(labels)
                .withAnnotations(Map.of(REVISION, String.valueOf(revision)))
                .withOwnerReferences(Owners.reference(deployment))
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withMinReadySeconds(deployment.getSpec().getMinReadySeconds())
                .withNewSelectorLike(deployment.getSpec().getSelector())
                .addToMatchLabels(labels)
                .endSelector()
                .withNewTemplateLike(deployment.getSpec().getTemplate())
                .editOrNewMetadata()
                .addToLabels(labels)
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
    }

    private Deployment revised(Deployment deployment, ReplicaSet newest) {
        var revision = String.valueOf(revision(newest));
        if (revision.equals(deployment.getMetadata().getAnnotations().get(REVISION))) {
            return deployment;
        }
        return cluster.client()
                .resource(new DeploymentBuilder(deployment)
                        .editMetadata()
                        .addToAnnotations(REVISION, revision)
                        .endMetadata()
                        .build())
                .update();
    }

    private void scale(Deployment deployment, List<ReplicaSet> sets, ReplicaSet newest) {
        for (var scale : scales(deployment, sets, newest)) {
            for (var i = 0; i < sets.size(); i++) {
                var set = sets.get(i);
                if (set.getMetadata().getName().equals(scale.name())) {
                    sets.set(i, scaled(deployment, set, scale.replicas()));
                }
            }
        }
    }

    private static List<RollingUpdate.Scale> scales(Deployment deployment, List<ReplicaSet> sets, ReplicaSet newest) {
        var spec = deployment.getSpec();
        var recreate = spec.getStrategy() != null
                && "Recreate".equals(spec.getStrategy().getType());
        if (recreate) {
            return recreate(deployment, sets, newest);
        }
        var rolling = spec.getStrategy() == null ? null : spec.getStrategy().getRollingUpdate();
        return RollingUpdate.of(
                        wanted(spec),
                        rolling == null ? null : rolling.getMaxSurge(),
                        rolling == null ? null : rolling.getMaxUnavailable())
                .next(sets.stream().map(set -> generation(set, newest)).toList());
    }

    /** All old pods go first; the new ones come when none of the old is left. */
    private static List<RollingUpdate.Scale> recreate(Deployment deployment, List<ReplicaSet> sets, ReplicaSet newest) {
        var old = sets.stream().filter(set -> !isSame(set, newest)).toList();
        var shrink = old.stream()
                .filter(set -> set.getSpec().getReplicas() > 0)
                .map(set -> new RollingUpdate.Scale(set.getMetadata().getName(), 0))
                .toList();
        var gone = shrink.isEmpty() && old.stream().mapToInt(set -> count(set)).sum() == 0;
        var wanted = wanted(deployment.getSpec());
        return gone && newest.getSpec().getReplicas() != wanted
                ? List.of(new RollingUpdate.Scale(newest.getMetadata().getName(), wanted))
                : shrink;
    }

    private static RollingUpdate.Generation generation(ReplicaSet set, ReplicaSet newest) {
        var available = set.getStatus() == null || set.getStatus().getAvailableReplicas() == null
                ? 0
                : set.getStatus().getAvailableReplicas();
        return new RollingUpdate.Generation(
                set.getMetadata().getName(),
                isSame(set, newest),
                set.getSpec().getReplicas(),
                Math.min(available, set.getSpec().getReplicas()));
    }

    private static boolean isSame(ReplicaSet one, ReplicaSet other) {
        return one.getMetadata().getName().equals(other.getMetadata().getName());
    }

    static int wanted(DeploymentSpec spec) {
        return spec.getReplicas() == null ? 1 : spec.getReplicas();
    }

    static int count(ReplicaSet set) {
        return set.getStatus() == null || set.getStatus().getReplicas() == null
                ? 0
                : set.getStatus().getReplicas();
    }

    private ReplicaSet scaled(Deployment deployment, ReplicaSet set, int replicas) {
        var up = replicas > set.getSpec().getReplicas();
        events.normal(
                deployment,
                "ScalingReplicaSet",
                "Scaled " + (up ? "up" : "down") + " replica set "
                        + set.getMetadata().getName() + " from "
                        + set.getSpec().getReplicas() + " to " + replicas);
        return cluster.client()
                .resource(new ReplicaSetBuilder(set)
                        .editSpec()
                        .withReplicas(replicas)
                        .endSpec()
                        .build())
                .update();
    }

    private void cleanUp(Deployment deployment, List<ReplicaSet> sets, ReplicaSet newest) {
        var limit = Optional.ofNullable(deployment.getSpec().getRevisionHistoryLimit())
                .orElse(10);
        var empty = sets.stream()
                .filter(set -> !isSame(set, newest) && set.getSpec().getReplicas() == 0 && count(set) == 0)
                .toList();
        empty.stream().limit(Math.max(0, empty.size() - limit)).forEach(cluster::delete);
    }

    private void tell(Deployment deployment, List<ReplicaSet> sets, ReplicaSet newest) {
        var current =
                sets.stream().filter(set -> isSame(set, newest)).findFirst().orElseThrow();
        var status = new DeploymentProgress(deployment, sets, current).status(cluster.now());
        if (!status.equals(deployment.getStatus())) {
            cluster.client()
                    .resource(
                            new DeploymentBuilder(deployment).withStatus(status).build())
                    .updateStatus();
        }
    }
}
