package io.orrery.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The cells that are more than a field (upstream: pkg/printers/internalversion/printers.go). */
final class Cells {
    private static final String ROLE = "node-role.kubernetes.io/";
    private static final String NONE = "<none>";

    private Cells() {}

    static String podReady(JsonNode pod) {
        var ready = stream(pod.path("status").path("containerStatuses"))
                .filter(status -> status.path("ready").asBoolean())
                .count();
        return ready + "/" + pod.path("spec").path("containers").size();
    }

    static String podStatus(JsonNode pod) {
        if (pod.path("metadata").has("deletionTimestamp")) {
            return "Terminating";
        }
        var reasons = stream(pod.path("status").path("containerStatuses"))
                .map(status -> status.path("state"))
                .map(state -> state.path("waiting")
                        .path("reason")
                        .asText(state.path("terminated").path("reason").asText("")))
                .filter(reason -> !reason.isEmpty());
        return reasons.findFirst()
                .orElse(pod.path("status")
                        .path("reason")
                        .asText(pod.path("status").path("phase").asText()));
    }

    static String nodeStatus(JsonNode node) {
        var ready = stream(node.path("status").path("conditions"))
                .filter(condition -> condition.path("type").asText().equals("Ready"))
                .map(condition -> condition.path("status").asText().equals("True") ? "Ready" : "NotReady")
                .findFirst()
                .orElse("Unknown");
        return node.path("spec").path("unschedulable").asBoolean() ? ready + ",SchedulingDisabled" : ready;
    }

    static String nodeRoles(JsonNode node) {
        var roles = node.path("metadata").path("labels").properties().stream()
                .filter(label -> label.getKey().startsWith(ROLE))
                .map(label -> label.getKey().substring(ROLE.length()))
                .sorted()
                .collect(Collectors.joining(","));
        return roles.isEmpty() ? NONE : roles;
    }

    static String replicasReady(JsonNode workload) {
        return workload.path("status").path("readyReplicas").asInt() + "/"
                + workload.path("spec").path("replicas").asInt();
    }

    static String externalAddress(JsonNode service) {
        var spec = service.path("spec");
        return switch (spec.path("type").asText()) {
            case "ExternalName" -> spec.path("externalName").asText();
            case "LoadBalancer" -> {
                var addresses = stream(
                                service.path("status").path("loadBalancer").path("ingress"))
                        .map(ingress -> ingress.path("ip")
                                .asText(ingress.path("hostname").asText("")))
                        .collect(Collectors.joining(","));
                yield addresses.isEmpty() ? "<pending>" : addresses;
            }
            default -> NONE;
        };
    }

    static String ports(JsonNode service) {
        var ports = stream(service.path("spec").path("ports"))
                .map(port -> port.path("port").asText()
                        + (port.has("nodePort") ? ":" + port.path("nodePort").asText() : "")
                        + "/"
                        + port.path("protocol").asText())
                .collect(Collectors.joining(","));
        return ports.isEmpty() ? NONE : ports;
    }

    static String jobStatus(JsonNode job) {
        return stream(job.path("status").path("conditions"))
                .filter(condition -> condition.path("status").asText().equals("True"))
                .map(condition -> condition.path("type").asText())
                .findFirst()
                .orElse("Running");
    }

    static String completions(JsonNode job) {
        return job.path("status").path("succeeded").asInt() + "/"
                + job.path("spec").path("completions").asInt(1);
    }

    static String eventObject(JsonNode event) {
        var object = event.path("involvedObject");
        return object.path("kind").asText().toLowerCase(Locale.ROOT) + "/"
                + object.path("name").asText();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
