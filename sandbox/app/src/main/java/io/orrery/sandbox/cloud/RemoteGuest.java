package io.orrery.sandbox.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.boot.Guest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import java.util.stream.StreamSupport;

/** A server of the genuine cloud, with what would run on it emulated here. Its console is our log. */
final class RemoteGuest implements Guest {
    private static final Logger LOG = Logger.getLogger(RemoteGuest.class.getName());

    private final JsonNode server;
    private final byte[] userData;
    private final CloudConnection cloud;
    private final List<Nic> nics;
    private final AtomicBoolean running = new AtomicBoolean(true);

    RemoteGuest(JsonNode server, byte[] userData, CloudConnection cloud) {
        this.server = server;
        this.userData = userData;
        this.cloud = cloud;
        this.nics = cloud.ports(id()).stream().map(RemoteGuest::nic).toList();
    }

    private static Nic nic(JsonNode port) {
        return new Nic(
                port.path("network_id").asText(),
                port.at("/fixed_ips/0/ip_address").asText(),
                StreamSupport.stream(port.path("allowed_address_pairs").spliterator(), false)
                        .map(pair -> pair.path("ip_address").asText())
                        .toList());
    }

    @Override
    public String id() {
        return server.path("id").asText();
    }

    @Override
    public String name() {
        return server.path("name").asText();
    }

    @Override
    public byte[] userData() {
        return userData.clone();
    }

    @Override
    public List<Nic> nics() {
        return nics;
    }

    @Override
    public Optional<String> floatingAddress(String networkId, String address) {
        return cloud.floatingIps().stream()
                .filter(floating -> floating.path("fixed_ip_address").asText().equals(address))
                .filter(floating -> isOn(networkId, floating))
                .map(floating -> floating.path("floating_ip_address").asText())
                .findFirst();
    }

    private boolean isOn(String networkId, JsonNode floating) {
        return floating.at("/port_details/network_id").asText(networkId).equals(networkId);
    }

    @Override
    public boolean running() {
        return running.get();
    }

    /** The cloud says that it is off, or no more. */
    void ended() {
        running.set(false);
    }

    @Override
    public int vcpus() {
        return server.at("/flavor/vcpus").asInt();
    }

    @Override
    public int memoryMib() {
        return server.at("/flavor/ram").asInt();
    }

    @Override
    public void console(String line) {
        LOG.info(() -> name() + ": " + line);
    }

    @Override
    public void powerOff() {
        cloud.stop(id());
    }
}
