package io.orrery.sandbox.controllers.services;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.orrery.sandbox.controllers.loop.Cluster;
import io.orrery.sandbox.controllers.loop.Loop;
import io.orrery.sandbox.controllers.loop.ObjectKey;
import io.orrery.sandbox.controllers.loop.Owners;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Endpoints and EndpointSlices of each Service that selects pods; those without a selector are somebody else's to fill. */
public final class Services {

    private static final String SERVICE_NAME = "kubernetes.io/service-name";
    private static final Map<String, String> MANAGED =
            Map.of("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io");

    private final Cluster cluster;

    public Services(Cluster cluster) {
        this.cluster = cluster;
        Loop loop = cluster.loop("services", 4, this::reconcile);
        cluster.wake(Service.class, loop);
        cluster.wake(Pod.class, loop, pod -> cluster.cached(Service.class).stream()
                .filter(service -> selects(service, pod))
                .map(ObjectKey::of));
    }

    private static boolean selects(Service service, Pod pod) {
        var selector = service.getSpec().getSelector();
        return !selector.isEmpty()
                && service.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace())
                && pod.getMetadata().getLabels().entrySet().containsAll(selector.entrySet());
    }

    private Optional<Duration> reconcile(ObjectKey key) {
        var found = cluster.find(Service.class, key);
        if (found.isEmpty()) {
            removeEndpoints(key);
            return Optional.empty();
        }
        var service = found.get();
        if (service.getSpec().getSelector().isEmpty()
                || "ExternalName".equals(service.getSpec().getType())
                || service.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        var pods = cluster.client()
                .pods()
                .inNamespace(key.namespace())
                .withLabels(service.getSpec().getSelector())
                .list()
                .getItems();
        tellEndpoints(service, pods);
        tellSlices(service, pods);
        return Optional.empty();
    }

    /** Endpoints have no owner reference upstream: their controller removes them with the Service. */
    private void removeEndpoints(ObjectKey key) {
        cluster.find(Endpoints.class, key)
                .filter(endpoints -> endpoints
                        .getMetadata()
                        .getAnnotations()
                        .containsKey("endpoints.kubernetes.io/last-change-trigger-time"))
                .ifPresent(cluster::delete);
    }

    private void tellEndpoints(Service service, List<Pod> pods) {
        var key = ObjectKey.of(service);
        var subsets = ServiceEndpoints.subsets(service, pods);
        var before = cluster.find(Endpoints.class, key);
        if (before.isPresent() && before.get().getSubsets().equals(subsets)) {
            return;
        }
        var endpoints = new EndpointsBuilder(before.orElseGet(Endpoints::new))
                .editOrNewMetadata()
                .withNamespace(key.namespace())
                .withName(key.name())
                .addToLabels(service.getMetadata().getLabels())
                .addToLabels("endpoints.kubernetes.io/managed-by", "endpoint-controller")
                .addToAnnotations("endpoints.kubernetes.io/last-change-trigger-time", cluster.now())
                .endMetadata()
                .withSubsets(subsets)
                .build();
        write(endpoints, before.isPresent());
    }

    private void tellSlices(Service service, List<Pod> pods) {
        var existing = slices(service);
        var groups = ServiceEndpoints.slices(service, pods);
        var wanted = new ArrayList<EndpointSlice>();
        for (var i = 0; i < Math.max(1, groups.size()); i++) {
            wanted.add(slice(service, i, groups.isEmpty() ? List.of() : groups.get(i)));
        }
        for (var slice : wanted) {
            var before = existing.stream()
                    .filter(s ->
                            s.getMetadata().getName().equals(slice.getMetadata().getName()))
                    .findFirst();
            if (before.isEmpty()) {
                write(slice, false);
            } else if (!before.get().getEndpoints().equals(slice.getEndpoints())
                    || !before.get().getPorts().equals(slice.getPorts())) {
                write(
                        new EndpointSliceBuilder(before.get())
                                .withEndpoints(slice.getEndpoints())
                                .withPorts(slice.getPorts())
                                .build(),
                        true);
            }
        }
        existing.stream()
                .filter(slice -> wanted.stream().noneMatch(w -> w.getMetadata()
                        .getName()
                        .equals(slice.getMetadata().getName())))
                .forEach(cluster::delete);
    }

    private List<EndpointSlice> slices(Service service) {
        return cluster
                .client()
                .resources(EndpointSlice.class)
                .inNamespace(service.getMetadata().getNamespace())
                .withLabel(SERVICE_NAME, service.getMetadata().getName())
                .list()
                .getItems()
                .stream()
                .filter(slice -> Owners.isControlledBy(slice, service))
                .toList();
    }

    private static EndpointSlice slice(Service service, int number, List<Pod> pods) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(service.getMetadata().getNamespace())
                .withName(service.getMetadata().getName() + "-" + number)
                .withLabels(service.getMetadata().getLabels())
                .addToLabels(SERVICE_NAME, service.getMetadata().getName())
                .addToLabels(MANAGED)
                .withOwnerReferences(Owners.reference(service))
                .endMetadata()
                .withAddressType("IPv4")
                .withEndpoints(pods.stream()
                        .map(pod -> ServiceEndpoints.endpoint(service, pod))
                        .toList())
                .withPorts(pods.isEmpty() ? List.of() : ServiceEndpoints.ports(service, pods.getFirst()))
                .build();
    }

    private void write(io.fabric8.kubernetes.api.model.HasMetadata object, boolean exists) {
        if (exists) {
            cluster.client().resource(object).update();
        } else {
            cluster.client().resource(object).create();
        }
    }
}
