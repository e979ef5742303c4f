package io.orrery.sandbox.controllers.services;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointAddressBuilder;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.orrery.sandbox.controllers.apps.Pods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Who serves a Service: its pods that have an address, by the port numbers they really listen on. Pure. */
final class ServiceEndpoints {

    /** A target port that is a name may be another number in each pod. */
    private record Group(List<Integer> numbers) {}

    private ServiceEndpoints() {}

    /** For the older Endpoints object. */
    static List<EndpointSubset> subsets(Service service, List<Pod> pods) {
        return groups(service, pods).entrySet().stream()
                .map(entry -> subset(service, entry.getKey(), entry.getValue()))
                .filter(Objects::nonNull)
                .toList();
    }

    private static EndpointSubset subset(Service service, Group group, List<Pod> pods) {
        var ready = pods.stream().filter(pod -> serves(service, pod)).toList();
        var others = pods.stream().filter(pod -> !serves(service, pod)).toList();
        var ports = new ArrayList<EndpointPort>();
        var declared = service.getSpec().getPorts();
        for (var i = 0; i < declared.size(); i++) {
            if (group.numbers().get(i) > 0) {
                ports.add(new EndpointPortBuilder()
                        .withName(declared.get(i).getName())
                        .withProtocol(protocol(declared.get(i)))
                        .withPort(group.numbers().get(i))
                        .build());
            }
        }
        return new EndpointSubsetBuilder()
                .withAddresses(ready.stream().map(ServiceEndpoints::address).toList())
                .withNotReadyAddresses(
                        others.stream().map(ServiceEndpoints::address).toList())
                .withPorts(ports)
                .build();
    }

    static List<io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort> ports(Service service, Pod sample) {
        return service.getSpec().getPorts().stream()
                .map(port -> new io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder()
                        .withName(Optional.ofNullable(port.getName()).orElse(""))
                        .withProtocol(protocol(port))
                        .withPort(number(port, sample))
                        .build())
                .filter(port -> port.getPort() > 0)
                .toList();
    }

    /** The pods for each EndpointSlice: one slice for each set of port numbers. */
    static List<List<Pod>> slices(Service service, List<Pod> pods) {
        return List.copyOf(groups(service, pods).values());
    }

    static Endpoint endpoint(Service service, Pod pod) {
        var leaving = pod.getMetadata().getDeletionTimestamp() != null;
        return new EndpointBuilder()
                .withAddresses(pod.getStatus().getPodIP())
                .withNewConditions()
                .withReady(serves(service, pod) && !leaving)
                .withServing(Pods.isReady(pod))
                .withTerminating(leaving)
                .endConditions()
                .withNodeName(pod.getSpec().getNodeName())
                .withTargetRef(reference(pod).build())
                .build();
    }

    private static Map<Group, List<Pod>> groups(Service service, List<Pod> pods) {
        var groups = new LinkedHashMap<Group, List<Pod>>();
        pods.stream()
                .filter(pod -> pod.getStatus() != null && pod.getStatus().getPodIP() != null)
                .filter(pod -> !Pods.hasEnded(pod))
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .forEach(pod -> groups.computeIfAbsent(group(service, pod), g -> new ArrayList<>())
                        .add(pod));
        return groups;
    }

    private static Group group(Service service, Pod pod) {
        return new Group(service.getSpec().getPorts().stream()
                .map(port -> number(port, pod))
                .toList());
    }

    private static boolean serves(Service service, Pod pod) {
        return Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses())
                || (Pods.isReady(pod) && pod.getMetadata().getDeletionTimestamp() == null);
    }

    /** Zero where the pod has no port of that name: it serves the other ports only. */
    private static int number(ServicePort port, Pod pod) {
        var target = port.getTargetPort();
        if (target == null) {
            return port.getPort();
        }
        if (target.getIntVal() != null && target.getIntVal() > 0) {
            return target.getIntVal();
        }
        if (target.getStrVal() == null || target.getStrVal().isEmpty()) {
            return port.getPort();
        }
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts() == null ? Stream.empty() : container.getPorts().stream())
                .filter(p -> target.getStrVal().equals(p.getName()))
                .map(p -> p.getContainerPort())
                .findFirst()
                .orElse(0);
    }

    private static String protocol(ServicePort port) {
        return Optional.ofNullable(port.getProtocol()).orElse("TCP");
    }

    private static EndpointAddress address(Pod pod) {
        return new EndpointAddressBuilder()
                .withIp(pod.getStatus().getPodIP())
                .withNodeName(pod.getSpec().getNodeName())
                .withTargetRef(reference(pod).build())
                .build();
    }

    private static ObjectReferenceBuilder reference(Pod pod) {
        return new ObjectReferenceBuilder()
                .withKind("Pod")
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid());
    }
}
