package io.orrery.sandbox.controllers.kubelet;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A machine written down as a Node. */
final class NodeRegistration {

    private final NodeSpec spec;
    private final String kubeletAddress;
    private final int kubeletPort;

    NodeRegistration(NodeSpec spec, String kubeletAddress, int kubeletPort) {
        this.spec = spec;
        this.kubeletAddress = kubeletAddress;
        this.kubeletPort = kubeletPort;
    }

    Node node() {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(spec.name())
                .withLabels(spec.labels())
                .withAnnotations(annotations())
                .endMetadata()
                .withNewSpec()
                .withTaints(spec.taints())
                .withProviderID(spec.providerId().isEmpty() ? null : spec.providerId())
                .endSpec()
                .build();
    }

    private Map<String, String> annotations() {
        var annotations = new HashMap<>(spec.annotations());
        annotations.put("volumes.kubernetes.io/controller-managed-attach-detach", "true");
        return annotations;
    }

    String hostIp() {
        return addresses().stream()
                .filter(address -> "InternalIP".equals(address.getType()))
                .map(NodeAddress::getAddress)
                .findFirst()
                .orElse(kubeletAddress);
    }

    /** The status of a node that is well; what others have written beside ours is kept. */
    NodeStatus healthy(Node node, String now) {
        var before = Optional.ofNullable(node.getStatus()).orElseGet(NodeStatus::new);
        return new NodeStatusBuilder(before)
                .withCapacity(spec.capacity())
                .withAllocatable(spec.capacity())
                .withAddresses(merged(before.getAddresses()))
                .withConditions(conditions(before.getConditions(), now))
                .withNewDaemonEndpoints()
                .withNewKubeletEndpoint(kubeletPort)
                .endDaemonEndpoints()
                .withNewNodeInfo()
                .withArchitecture("amd64")
                .withOperatingSystem("linux")
                .withOsImage("Ubuntu 22.04.5 LTS")
                .withKernelVersion("5.15.0-130-generic")
                .withContainerRuntimeVersion("containerd://2.1.5-k3s1")
                .withKubeletVersion(spec.kubeletVersion())
                .withKubeProxyVersion(spec.kubeletVersion())
                .withMachineID(uuid("machine").replace("-", ""))
                .withSystemUUID(spec.providerId().isEmpty() ? uuid("system") : serverId())
                .withBootID(uuid("boot"))
                .endNodeInfo()
                .build();
    }

    private String serverId() {
        return spec.providerId().substring(spec.providerId().lastIndexOf('/') + 1);
    }

    private String uuid(String what) {
        return UUID.nameUUIDFromBytes((what + "/" + spec.name()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** With an external cloud provider the cloud controller adds addresses later: they stay. */
    private List<NodeAddress> merged(List<NodeAddress> before) {
        var all = new ArrayList<>(addresses());
        before.stream()
                .filter(address -> all.stream().noneMatch(ours -> ours.getType().equals(address.getType())))
                .forEach(all::add);
        return all;
    }

    private List<NodeAddress> addresses() {
        var all = new ArrayList<>(spec.addresses());
        if (all.stream().noneMatch(address -> "InternalIP".equals(address.getType()))) {
            all.add(new NodeAddress(kubeletAddress, "InternalIP"));
        }
        // kube-apiserver dials the Hostname first when it fetches logs (--kubelet-preferred-address-types), and the
        // machine's
        // InternalIP may be one that exists in an emulated network only.
        all.add(new NodeAddress(kubeletAddress, "Hostname"));
        return all;
    }

    private static List<NodeCondition> conditions(List<NodeCondition> before, String now) {
        return List.of(
                condition(before, now, "MemoryPressure", "False", "KubeletHasSufficientMemory"),
                condition(before, now, "DiskPressure", "False", "KubeletHasNoDiskPressure"),
                condition(before, now, "PIDPressure", "False", "KubeletHasSufficientPID"),
                condition(before, now, "Ready", "True", "KubeletReady"));
    }

    private static NodeCondition condition(
            List<NodeCondition> before, String now, String type, String status, String reason) {
        var since = before.stream()
                .filter(c -> type.equals(c.getType()) && status.equals(c.getStatus()))
                .map(NodeCondition::getLastTransitionTime)
                .findFirst()
                .orElse(now);
        return new NodeConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage("kubelet is posting ready status")
                .withLastHeartbeatTime(now)
                .withLastTransitionTime(since)
                .build();
    }
}
