package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.kubernetes.model.GroupResource;
import io.orrery.sandbox.kubernetes.store.Store;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Cluster addresses from RKE2's service network 10.43.0.0/16, and node ports from upstream's 30000-32767. */
final class ServiceAddresses {
    private static final GroupResource SERVICES = new GroupResource("", "services");
    private static final int FIRST_PORT = 30_000;
    private static final int LAST_PORT = 32_767;

    private final Store store;
    private final RandomGenerator random = RandomGenerator.getDefault();

    ServiceAddresses(Store store) {
        this.store = store;
    }

    String freeAddress() {
        var used = new HashSet<String>();
        services()
                .forEach(service ->
                        used.add(service.path("spec").path("clusterIP").asText()));
        String address;
        do {
            address = "10.43." + random.nextInt(256) + "." + random.nextInt(2, 255);
        } while (used.contains(address));
        return address;
    }

    static boolean isInNetwork(String address) {
        return address.matches("10\\.43\\.\\d{1,3}\\.\\d{1,3}");
    }

    int freePort() {
        var used = usedPorts();
        int port;
        do {
            port = random.nextInt(FIRST_PORT, LAST_PORT + 1);
        } while (used.contains(port));
        return port;
    }

    private Set<Integer> usedPorts() {
        var used = new HashSet<Integer>();
        services().forEach(service -> service.path("spec")
                .path("ports")
                .forEach(port -> used.add(port.path("nodePort").asInt())));
        return used;
    }

    private Stream<? extends JsonNode> services() {
        return store.snapshot(SERVICES).objects().values().stream();
    }
}
