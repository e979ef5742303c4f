package io.orrery.sandbox.controllers.services;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.orrery.sandbox.controllers.kubelet.PodAddresses;
import io.orrery.sandbox.controllers.loop.Cluster;
import io.orrery.sandbox.controllers.loop.Events;
import io.orrery.sandbox.controllers.loop.Loop;
import io.orrery.sandbox.controllers.loop.ObjectKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Gives each Service of type LoadBalancer an address, as a cloud's controller does. Nothing listens there. */
public final class LoadBalancers {

    private final Cluster cluster;
    private final PodAddresses addresses;
    private final Events events;
    private final Map<ObjectKey, String> given = new ConcurrentHashMap<>();

    public LoadBalancers(Cluster cluster, PodAddresses addresses) {
        this.cluster = cluster;
        this.addresses = addresses;
        this.events = cluster.events("service-controller");
        Loop loop = cluster.loop("load-balancers", 1, this::reconcile);
        cluster.wake(Service.class, loop);
    }

    private Optional<Duration> reconcile(ObjectKey key) {
        var service = cluster.find(Service.class, key)
                .filter(s -> "LoadBalancer".equals(s.getSpec().getType()))
                .filter(s -> s.getSpec().getLoadBalancerClass() == null)
                .filter(s -> s.getMetadata().getDeletionTimestamp() == null);
        if (service.isEmpty()) {
            Optional.ofNullable(given.remove(key)).ifPresent(addresses::giveBack);
            return Optional.empty();
        }
        var has = address(service.get());
        if (has.isPresent()) {
            // Given by a process before this one.
            if (given.putIfAbsent(key, has.get()) == null) {
                addresses.take(has.get());
            }
            return Optional.empty();
        }
        give(service.get(), given.computeIfAbsent(key, k -> addresses.take()));
        return Optional.empty();
    }

    private static Optional<String> address(Service service) {
        return service.getStatus() == null || service.getStatus().getLoadBalancer() == null
                ? Optional.empty()
                : service.getStatus().getLoadBalancer().getIngress().stream()
                        .map(ingress -> ingress.getIp())
                        .findFirst();
    }

    private void give(Service service, String address) {
        cluster.client()
                .resource(new ServiceBuilder(service)
                        .editOrNewStatus()
                        .withNewLoadBalancer()
                        .addNewIngress()
                        .withIp(address)
                        .withIpMode("VIP")
                        .endIngress()
                        .endLoadBalancer()
                        .endStatus()
                        .build())
                .updateStatus();
        events.normal(service, "EnsuredLoadBalancer", "Ensured load balancer");
    }
}
