package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Services get their addresses and node ports from the API server (upstream: registry/core/service). */
final class ServiceStrategy implements Strategy {
    private static final Set<String> TYPES = Set.of("ClusterIP", "NodePort", "LoadBalancer", "ExternalName");
    private static final Set<String> ON_NODES = Set.of("NodePort", "LoadBalancer");

    private final ServiceAddresses addresses;

    ServiceStrategy(Store store) {
        this.addresses = new ServiceAddresses(store);
    }

    @Override
    public void normalize(ObjectNode service) {
        var spec = Json.child(service, "spec");
        Json.putIfAbsent(spec, "type", "ClusterIP");
        Json.putIfAbsent(spec, "sessionAffinity", "None");
        for (var port : spec.path("ports")) {
            if (port instanceof ObjectNode node) {
                Json.putIfAbsent(node, "protocol", "TCP");
                if (Json.isAbsent(node.get("targetPort")) && node.has("port")) {
                    node.set("targetPort", node.get("port"));
                }
            }
        }
        if (!isExternal(spec)) {
            Json.putIfAbsent(spec, "internalTrafficPolicy", "Cluster");
        }
        if (isOnNodes(spec)) {
            Json.putIfAbsent(spec, "externalTrafficPolicy", "Cluster");
        }
        if (spec.path("type").asText().equals("LoadBalancer")
                && Json.isAbsent(spec.get("allocateLoadBalancerNodePorts"))) {
            spec.put("allocateLoadBalancerNodePorts", true);
        }
    }

    @Override
    public void prepareCreate(ObjectNode service) {
        service.putObject("status").putObject("loadBalancer");
        allocate(Json.child(service, "spec"));
    }

    /** What a client leaves out it keeps: addresses, and the node port of a port that stays. */
    @Override
    public void prepareUpdate(ObjectNode before, ObjectNode after) {
        var was = before.path("spec");
        var spec = Json.child(after, "spec");
        if (!isExternal(was) && !isExternal(spec)) {
            for (var field : List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
                if (Json.isAbsent(spec.get(field))) {
                    Json.replace(spec, field, was.get(field));
                }
            }
        }
        if (isOnNodes(spec)) {
            spec.path("ports").forEach(port -> keepNodePort(port, was.path("ports")));
        }
        allocate(spec);
    }

    private static void keepNodePort(JsonNode port, JsonNode before) {
        for (var old : before) {
            if (port instanceof ObjectNode node
                    && Json.isAbsent(node.get("nodePort"))
                    && old.path("port").equals(node.path("port"))
                    && old.path("protocol").equals(node.path("protocol"))) {
                Json.replace(node, "nodePort", old.get("nodePort"));
            }
        }
    }

    private void allocate(ObjectNode spec) {
        if (isExternal(spec)) {
            spec.remove(List.of("clusterIP", "clusterIPs"));
            return;
        }
        var address = spec.path("clusterIP").asText("");
        if (address.isEmpty()) {
            address = addresses.freeAddress();
            spec.put("clusterIP", address);
        }
        if (spec.path("clusterIPs").isEmpty()) {
            spec.putArray("clusterIPs").add(address);
        }
        if (spec.path("ipFamilies").isEmpty()) {
            spec.putArray("ipFamilies").add("IPv4");
        }
        Json.putIfAbsent(spec, "ipFamilyPolicy", "SingleStack");
        for (var port : spec.path("ports")) {
            if (port instanceof ObjectNode node) {
                if (!isOnNodes(spec)) {
                    node.remove("nodePort");
                } else if (node.path("nodePort").asInt() == 0
                        && spec.path("allocateLoadBalancerNodePorts").asBoolean(true)) {
                    node.put("nodePort", addresses.freePort());
                }
            }
        }
    }

    private static boolean isExternal(JsonNode spec) {
        return spec.path("type").asText().equals("ExternalName");
    }

    private static boolean isOnNodes(JsonNode spec) {
        return ON_NODES.contains(spec.path("type").asText());
    }

    @Override
    public List<Cause> validate(ObjectNode service) {
        var causes = new ArrayList<Cause>();
        var spec = service.path("spec");
        if (!TYPES.contains(spec.path("type").asText())) {
            causes.add(new Cause("spec.type", "FieldValueNotSupported", "Unsupported value: " + spec.path("type")));
        }
        var headless = spec.path("clusterIP").asText().equals("None");
        if (spec.path("ports").isEmpty() && !headless && !isExternal(spec)) {
            causes.add(Cause.required("spec.ports"));
        }
        for (var i = 0; i < spec.path("ports").size(); i++) {
            var port = spec.path("ports").get(i);
            if (port.path("port").asInt() < 1 || port.path("port").asInt() > 65_535) {
                causes.add(Cause.invalid(
                        "spec.ports[" + i + "].port",
                        "Invalid value: " + port.path("port").asInt() + ": must be between 1 and 65535, inclusive"));
            }
            if (spec.path("ports").size() > 1 && port.path("name").asText("").isEmpty()) {
                causes.add(Cause.required("spec.ports[" + i + "].name"));
            }
        }
        var address = spec.path("clusterIP").asText("None");
        if (!headless && !isExternal(spec) && !ServiceAddresses.isInNetwork(address)) {
            causes.add(Cause.invalid(
                    "spec.clusterIPs",
                    "Invalid value: [\"" + address + "\"]: failed to allocate IP " + address
                            + ": the provided IP is not in the valid range 10.43.0.0/16"));
        }
        return causes;
    }

    @Override
    public List<Cause> validateUpdate(ObjectNode before, ObjectNode after) {
        var was = before.path("spec");
        var is = after.path("spec");
        if (isExternal(was) || isExternal(is) || was.path("clusterIP").equals(is.path("clusterIP"))) {
            return List.of();
        }
        return List.of(Cause.invalid(
                "spec.clusterIPs[0]", "Invalid value: [" + is.path("clusterIP") + "]: may not change once set"));
    }
}
