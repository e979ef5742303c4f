package io.orrery.sandbox.controllers.kubelet;

import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A machine as its kubelet registers it.
 *
 * @param addresses  InternalIP and ExternalIP; without an InternalIP the address of the kubelet's own server is told
 * @param providerId {@code openstack:///<server id>}, or empty
 */
public record NodeSpec(
        String name,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<Taint> taints,
        List<NodeAddress> addresses,
        String providerId,
        Map<String, Quantity> capacity,
        String kubeletVersion) {

    private static final String ROLE = "node-role.kubernetes.io/";

    public NodeSpec {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        taints = List.copyOf(taints);
        addresses = List.copyOf(addresses);
        capacity = Map.copyOf(capacity);
    }

    /** A worker as RKE2's agent registers it: no role label, 8 CPUs, 32 GiB. */
    public static NodeSpec agent(String name) {
        return new NodeSpec(
                name,
                Map.of(
                        "kubernetes.io/hostname", name,
                        "kubernetes.io/os", "linux",
                        "kubernetes.io/arch", "amd64",
                        "beta.kubernetes.io/os", "linux",
                        "beta.kubernetes.io/arch", "amd64"),
                Map.of(),
                List.of(),
                List.of(),
                "",
                Map.of(
                        "cpu", new Quantity("8"),
                        "memory", new Quantity("32Gi"),
                        "ephemeral-storage", new Quantity("80Gi"),
                        "pods", new Quantity("110")),
                "v1.35.4+rke2r1");
    }

    /** A server as RKE2 registers it: with the labels of its three roles, whose value is the string "true". */
    public static NodeSpec server(String name) {
        return agent(name)
                .withLabel(ROLE + "control-plane", "true")
                .withLabel(ROLE + "etcd", "true")
                .withLabel(ROLE + "master", "true");
    }

    public NodeSpec withLabel(String key, String value) {
        var more = new HashMap<>(labels);
        more.put(key, value);
        return new NodeSpec(name, more, annotations, taints, addresses, providerId, capacity, kubeletVersion);
    }

    public NodeSpec withAnnotation(String key, String value) {
        var more = new HashMap<>(annotations);
        more.put(key, value);
        return new NodeSpec(name, labels, more, taints, addresses, providerId, capacity, kubeletVersion);
    }

    public NodeSpec withTaint(String key, String value, String effect) {
        var more = new ArrayList<>(taints);
        more.add(new Taint(effect, key, null, value));
        return new NodeSpec(name, labels, annotations, more, addresses, providerId, capacity, kubeletVersion);
    }

    public NodeSpec withInternalIp(String address) {
        return withAddress("InternalIP", address);
    }

    public NodeSpec withExternalIp(String address) {
        return withAddress("ExternalIP", address);
    }

    private NodeSpec withAddress(String type, String address) {
        var more = new ArrayList<>(addresses);
        more.add(new NodeAddress(address, type));
        return new NodeSpec(name, labels, annotations, taints, more, providerId, capacity, kubeletVersion);
    }

    /** The id of the OpenStack server that the node runs on. */
    public NodeSpec withServerId(String serverId) {
        return new NodeSpec(
                name, labels, annotations, taints, addresses, "openstack:///" + serverId, capacity, kubeletVersion);
    }

    /** Memory and the like in Kubernetes' notation, as "16Gi". */
    public NodeSpec withCapacity(String resource, String quantity) {
        var more = new HashMap<>(capacity);
        more.put(resource, new Quantity(quantity));
        return new NodeSpec(name, labels, annotations, taints, addresses, providerId, more, kubeletVersion);
    }

    public NodeSpec withKubeletVersion(String version) {
        return new NodeSpec(name, labels, annotations, taints, addresses, providerId, capacity, version);
    }
}
