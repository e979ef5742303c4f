package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.LabelSelector;
import io.orrery.sandbox.kubernetes.model.ResourceType;
import java.util.ArrayList;
import java.util.List;

/** What keeps pods running: the defaults that controllers and {@code kubectl rollout} read, and the selector's rules. */
final class WorkloadStrategy implements Strategy {
    private static final String QUARTER = "25%";
    private static final int REVISIONS = 10;

    private final ResourceType type;

    WorkloadStrategy(ResourceType type) {
        this.type = type;
    }

    @Override
    public void normalize(ObjectNode object) {
        var spec = Json.child(object, "spec");
        PodDefaults.setIn(spec.path("template").path("spec"));
        switch (type.plural()) {
            case "deployments" -> deployment(spec);
            case "statefulsets" -> statefulSet(spec);
            case "daemonsets" -> daemonSet(spec);
            default -> Json.putIfAbsent(spec, "replicas", 1);
        }
    }

    private static void deployment(ObjectNode spec) {
        Json.putIfAbsent(spec, "replicas", 1);
        Json.putIfAbsent(spec, "revisionHistoryLimit", REVISIONS);
        Json.putIfAbsent(spec, "progressDeadlineSeconds", 600);
        var strategy = Json.child(spec, "strategy");
        Json.putIfAbsent(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            Json.putIfAbsent(Json.child(strategy, "rollingUpdate"), "maxUnavailable", QUARTER);
            Json.putIfAbsent(Json.child(strategy, "rollingUpdate"), "maxSurge", QUARTER);
        }
    }

    private static void statefulSet(ObjectNode spec) {
        Json.putIfAbsent(spec, "replicas", 1);
        Json.putIfAbsent(spec, "revisionHistoryLimit", REVISIONS);
        Json.putIfAbsent(spec, "podManagementPolicy", "OrderedReady");
        var strategy = Json.child(spec, "updateStrategy");
        Json.putIfAbsent(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            Json.putIfAbsent(Json.child(strategy, "rollingUpdate"), "partition", 0);
        }
        var retention = Json.child(spec, "persistentVolumeClaimRetentionPolicy");
        Json.putIfAbsent(retention, "whenDeleted", "Retain");
        Json.putIfAbsent(retention, "whenScaled", "Retain");
        for (var claim : spec.path("volumeClaimTemplates")) {
            if (claim instanceof ObjectNode node) {
                Json.putIfAbsent(node, "apiVersion", "v1");
                Json.putIfAbsent(node, "kind", "PersistentVolumeClaim");
                Json.putIfAbsent(Json.child(node, "spec"), "volumeMode", "Filesystem");
            }
        }
    }

    private static void daemonSet(ObjectNode spec) {
        Json.putIfAbsent(spec, "revisionHistoryLimit", REVISIONS);
        var strategy = Json.child(spec, "updateStrategy");
        Json.putIfAbsent(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            Json.putIfAbsent(Json.child(strategy, "rollingUpdate"), "maxUnavailable", 1);
            Json.putIfAbsent(Json.child(strategy, "rollingUpdate"), "maxSurge", 0);
        }
    }

    @Override
    public List<Cause> validate(ObjectNode object) {
        var causes = new ArrayList<Cause>();
        var spec = object.path("spec");
        if (spec.path("replicas").asInt() < 0) {
            causes.add(Cause.invalid(
                    "spec.replicas",
                    "Invalid value: " + spec.path("replicas") + ": must be greater than or equal to 0"));
        }
        if (type.group().isEmpty()) {
            return causes;
        }
        if (spec.path("selector").isEmpty()) {
            causes.add(Cause.required("spec.selector"));
        } else if (!LabelSelector.of(spec.path("selector")).matches(spec.path("template"))) {
            causes.add(Cause.invalid(
                    "spec.template.metadata.labels",
                    "Invalid value: " + spec.path("template").path("metadata").path("labels")
                            + ": `selector` does not match template `labels`"));
        }
        causes.addAll(PodRules.problems(spec.path("template").path("spec"), "spec.template.spec"));
        return causes;
    }

    @Override
    public List<Cause> validateUpdate(ObjectNode before, ObjectNode after) {
        var is = after.path("spec").path("selector");
        if (type.group().isEmpty() || is.equals(before.path("spec").path("selector"))) {
            return List.of();
        }
        return List.of(Cause.invalid("spec.selector", "Invalid value: " + is + ": field is immutable"));
    }
}
