package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.LabelSelector;
import io.orrery.sandbox.kubernetes.model.Metadata;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What is done with pods beside writing them: binding to a node, and evicting from it. */
public final class Pods {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed", "Pending");

    private final Registry registry;
    private final State state;

    Pods(Registry registry, State state) {
        this.registry = registry;
        this.state = state;
    }

    /** Assigns the pod to a node, once (upstream: registry/core/pod/storage, BindingREST). */
    public void bind(String namespace, String name, JsonNode binding, WriteOptions options) {
        var node = binding.path("target").path("name").asText("");
        var pods = registry.core("pods");
        if (node.isEmpty()) {
            throw ApiError.invalid(pods.type(), name, List.of(Cause.required("target.name")));
        }
        registry.update(pods, namespace, name, Part.BINDING, options, pod -> {
            var bound = pod.path("spec").path("nodeName").asText("");
            if (!bound.isEmpty()) {
                throw ApiError.conflict(
                        pods.type(), name, "pod " + name + " is already assigned to node \"" + bound + "\"");
            }
            if (Metadata.of(pod).isDeleting()) {
                throw ApiError.conflict(
                        pods.type(), name, "pod " + name + " is being deleted, cannot be assigned to a host");
            }
            Json.child(pod, "spec").put("nodeName", node);
            Json.child(pod, "status")
                    .withArray("conditions")
                    .addObject()
                    .put("type", "PodScheduled")
                    .put("status", "True")
                    .putNull("lastProbeTime")
                    .put("lastTransitionTime", state.now().toString());
            return pod;
        });
    }

    /** Deletes the pod unless a disruption budget forbids it (upstream: registry/core/pod/storage/eviction.go). */
    public void evict(String namespace, String name, DeleteOptions delete, WriteOptions options) {
        var pods = registry.core("pods");
        state.store().exclusively(() -> {
            var pod = registry.get(pods, namespace, name);
            if (!ENDED.contains(pod.path("status").path("phase").asText())
                    && !Metadata.of(pod).isDeleting()) {
                useBudget(pod, namespace, options);
            }
            registry.delete(pods, namespace, name, delete);
        });
    }

    private void useBudget(ObjectNode pod, String namespace, WriteOptions options) {
        var budgets =
                registry.catalog().find("policy", "v1", "poddisruptionbudgets").orElseThrow();
        var its = registry.list(budgets, Selection.inNamespace(namespace), ListOptions.NEWEST).items().stream()
                .filter(budget -> selects(budget, pod))
                .toList();
        if (its.size() > 1) {
            throw ApiError.internal(
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not"
                            + " support.");
        }
        if (its.isEmpty() || (!isReady(pod) && isHealthyEnough(its.getFirst()))) {
            return;
        }
        var budget = its.getFirst();
        checkAllowed(budget);
        registry.update(budgets, namespace, Metadata.of(budget).name(), Part.STATUS, options, before -> {
            var status = Json.child(before, "status");
            status.put("disruptionsAllowed", status.path("disruptionsAllowed").asInt() - 1);
            Json.child(status, "disruptedPods")
                    .put(Metadata.of(pod).name(), state.now().toString());
            return before;
        });
    }

    private static boolean selects(ObjectNode budget, ObjectNode pod) {
        return LabelSelector.of(budget.path("spec").path("selector")).matches(pod);
    }

    private static boolean isReady(ObjectNode pod) {
        return StreamSupport.stream(pod.path("status").path("conditions").spliterator(), false)
                .anyMatch(condition -> condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("True"));
    }

    private static boolean isHealthyEnough(ObjectNode budget) {
        var status = budget.path("status");
        var desired = status.path("desiredHealthy").asInt();
        return budget.path("spec").path("unhealthyPodEvictionPolicy").asText().equals("AlwaysAllow")
                || (desired > 0 && status.path("currentHealthy").asInt() >= desired);
    }

    private static void checkAllowed(ObjectNode budget) {
        var status = budget.path("status");
        var name = Metadata.of(budget).name();
        var stale =
                status.path("observedGeneration").asLong() < Metadata.of(budget).generation();
        if (stale || status.path("disruptionsAllowed").asInt() <= 0) {
            var why = stale
                    ? "The disruption budget " + name + " is still being processed by the server."
                    : "The disruption budget " + name + " needs "
                            + status.path("desiredHealthy").asInt() + " healthy pods and has "
                            + status.path("currentHealthy").asInt() + " currently";
            throw ApiError.tooManyRequests(
                            "Cannot evict pod as it would violate the pod's disruption budget.", stale ? 10 : 0)
                    .because(List.of(new Cause("", "DisruptionBudget", why)));
        }
    }
}
