package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import io.orrery.sandbox.kubernetes.model.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Pods begin Pending, and little of their spec can be changed later. */
final class PodStrategy implements Strategy {
    private static final List<String> CHANGEABLE = List.of(
            "activeDeadlineSeconds", "terminationGracePeriodSeconds", "tolerations", "schedulingGates", "nodeSelector");

    @Override
    public void normalize(ObjectNode pod) {
        PodDefaults.setIn(Json.child(pod, "spec"));
        Json.putIfAbsent(Json.child(pod, "spec"), "serviceAccountName", "default");
        Json.putIfAbsent(Json.child(pod, "spec"), "serviceAccount", "default");
        if (Json.isAbsent(pod.path("spec").get("enableServiceLinks"))) {
            Json.child(pod, "spec").put("enableServiceLinks", true);
        }
    }

    @Override
    public void prepareCreate(ObjectNode pod) {
        pod.putObject("status").put("phase", "Pending").put("qosClass", qosClass(pod.path("spec")));
    }

    @Override
    public List<Cause> validate(ObjectNode pod) {
        return PodRules.problems(pod.path("spec"), "spec");
    }

    @Override
    public List<Cause> validateUpdate(ObjectNode before, ObjectNode after) {
        if (fixed(before).equals(fixed(after))) {
            return List.of();
        }
        return List.of(Cause.forbidden(
                "spec",
                "pod updates may not change fields other than `spec.containers[*].image`,"
                        + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions"
                        + " to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it"
                        + " was previously negative)"));
    }

    /** The node may be set by binding, and once only. */
    private static JsonNode fixed(ObjectNode pod) {
        var spec = ((ObjectNode) pod.path("spec")).deepCopy();
        spec.remove(CHANGEABLE);
        for (var name : List.of("containers", "initContainers")) {
            spec.path(name).forEach(container -> {
                if (container instanceof ObjectNode node) {
                    node.remove("image");
                }
            });
        }
        return spec;
    }

    /** Guaranteed where every container limits what it requests, BestEffort where none says anything. */
    private static String qosClass(JsonNode spec) {
        var kinds = new HashSet<String>();
        var all = new ArrayList<JsonNode>();
        spec.path("containers").forEach(all::add);
        spec.path("initContainers").forEach(all::add);
        for (var container : all) {
            var limits = container.path("resources").path("limits");
            var requests = container.path("resources").path("requests");
            if (limits.isEmpty() && requests.isEmpty()) {
                kinds.add("BestEffort");
            } else if (limits.has("cpu") && limits.has("memory") && (requests.isEmpty() || requests.equals(limits))) {
                kinds.add("Guaranteed");
            } else {
                kinds.add("Burstable");
            }
        }
        return kinds.size() == 1 ? kinds.iterator().next() : "Burstable";
    }
}
