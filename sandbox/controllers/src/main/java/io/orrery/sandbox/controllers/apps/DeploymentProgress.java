package io.orrery.sandbox.controllers.apps;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** A Deployment's status, as kubectl rollout status and fabric8's waitUntilReady read it. */
record DeploymentProgress(Deployment deployment, List<ReplicaSet> sets, ReplicaSet newest) {

    DeploymentStatus status(String now) {
        var before = Optional.ofNullable(deployment.getStatus()).orElseGet(DeploymentStatus::new);
        var wanted = Deployments.wanted(deployment.getSpec());
        var total = sum(ReplicaSetStatus::getReplicas);
        var available = sum(ReplicaSetStatus::getAvailableReplicas);
        var updated = Deployments.count(newest);
        var rolling = deployment.getSpec().getStrategy() == null
                ? null
                : deployment.getSpec().getStrategy().getRollingUpdate();
        var least = wanted
                - RollingUpdate.of(
                                wanted,
                                rolling == null ? null : rolling.getMaxSurge(),
                                rolling == null ? null : rolling.getMaxUnavailable())
                        .maxUnavailable();
        var done = updated == wanted && total == updated && available >= wanted;
        return new DeploymentStatusBuilder(before)
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(total)
                .withUpdatedReplicas(updated)
                .withReadyReplicas(sum(ReplicaSetStatus::getReadyReplicas))
                .withAvailableReplicas(available)
                .withUnavailableReplicas(Math.max(0, Math.max(total, wanted) - available))
                .withConditions(available(before, available >= least, now), progressing(before, done, now))
                .build();
    }

    private int sum(Function<ReplicaSetStatus, Integer> number) {
        return sets.stream()
                .map(ReplicaSet::getStatus)
                .filter(Objects::nonNull)
                .map(number)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static DeploymentCondition available(DeploymentStatus before, boolean enough, String now) {
        return enough
                ? condition(
                        before,
                        "Available",
                        "True",
                        "MinimumReplicasAvailable",
                        "Deployment has minimum availability.",
                        now)
                : condition(
                        before,
                        "Available",
                        "False",
                        "MinimumReplicasUnavailable",
                        "Deployment does not have minimum availability.",
                        now);
    }

    private DeploymentCondition progressing(DeploymentStatus before, boolean done, String now) {
        var name = "ReplicaSet \"" + newest.getMetadata().getName() + "\" ";
        return done
                ? condition(
                        before,
                        "Progressing",
                        "True",
                        "NewReplicaSetAvailable",
                        name + "has successfully progressed.",
                        now)
                : condition(before, "Progressing", "True", "ReplicaSetUpdated", name + "is progressing.", now);
    }

    private static DeploymentCondition condition(
            DeploymentStatus before, String type, String status, String reason, String message, String now) {
        var old = before.getConditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
        var same = old.filter(condition -> status.equals(condition.getStatus())
                && reason.equals(condition.getReason())
                && message.equals(condition.getMessage()));
        return same.orElseGet(() -> new DeploymentConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastUpdateTime(now)
                .withLastTransitionTime(old.filter(condition -> status.equals(condition.getStatus()))
                        .map(DeploymentCondition::getLastTransitionTime)
                        .orElse(now))
                .build());
    }
}
