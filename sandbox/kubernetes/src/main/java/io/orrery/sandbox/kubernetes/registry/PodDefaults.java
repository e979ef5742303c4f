package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.Json;
import java.util.List;

/** The defaults of a pod's spec that clients and controllers rely on (upstream: pkg/apis/core/v1/defaults.go). */
final class PodDefaults {
    private PodDefaults() {}

    /** Of {@code spec.template.spec} and the like; nothing happens where there is no template. */
    static void setIn(JsonNode podSpec) {
        if (!(podSpec instanceof ObjectNode spec)) {
            return;
        }
        Json.putIfAbsent(spec, "restartPolicy", "Always");
        Json.putIfAbsent(spec, "terminationGracePeriodSeconds", 30);
        Json.putIfAbsent(spec, "dnsPolicy", "ClusterFirst");
        Json.putIfAbsent(spec, "schedulerName", "default-scheduler");
        Json.child(spec, "securityContext");
        for (var name : List.of("initContainers", "containers")) {
            for (var container : spec.path(name)) {
                if (container instanceof ObjectNode node) {
                    setInContainer(node);
                }
            }
        }
        if (spec.has("serviceAccountName")) {
            spec.set("serviceAccount", spec.get("serviceAccountName"));
        }
    }

    private static void setInContainer(ObjectNode container) {
        var image = container.path("image").asText("");
        var tag = image.substring(image.lastIndexOf('/') + 1);
        var latest = tag.endsWith(":latest") || (!tag.contains(":") && !tag.contains("@"));
        Json.putIfAbsent(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
        Json.putIfAbsent(container, "terminationMessagePath", "/dev/termination-log");
        Json.putIfAbsent(container, "terminationMessagePolicy", "File");
        Json.child(container, "resources");
        for (var port : container.path("ports")) {
            if (port instanceof ObjectNode node) {
                Json.putIfAbsent(node, "protocol", "TCP");
            }
        }
    }
}
