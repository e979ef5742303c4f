package io.orrery.sandbox.openstack.nova;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.glance.Image;
import io.orrery.sandbox.openstack.machine.Console;
import io.orrery.sandbox.openstack.machine.Hardware;
import io.orrery.sandbox.openstack.machine.Machine;
import io.orrery.sandbox.openstack.machine.Nic;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.World;
import io.orrery.sandbox.openstack.neutron.NovaPorts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A server from inside; looks into the cloud anew at every question. */
final class RunningMachine implements Machine {
    private final World world;
    private final Server server;
    private final Lifecycle lifecycle;
    private final NovaPorts ports;

    RunningMachine(World world, Server server, Lifecycle lifecycle, NovaPorts ports) {
        this.world = world;
        this.server = server;
        this.lifecycle = lifecycle;
        this.ports = ports;
    }

    @Override
    public String id() {
        return server.id();
    }

    @Override
    public String name() {
        return world.enter(server::name);
    }

    @Override
    public String projectId() {
        return server.project();
    }

    @Override
    public Map<String, String> metadata() {
        return world.enter(() -> Map.copyOf(server.metadata()));
    }

    @Override
    public byte[] userData() {
        return server.wish().userData().bytes();
    }

    @Override
    public boolean configDrive() {
        return server.wish().configDrive();
    }

    @Override
    public Hardware hardware() {
        return server.flavor().hardware();
    }

    @Override
    public String imageName() {
        return world.enter(() -> server.image().map(Image::name).orElse(""));
    }

    @Override
    public Map<String, String> imageProperties() {
        return world.enter(() -> server.image().map(Image::properties).orElse(Map.of()));
    }

    @Override
    public List<Nic> nics() {
        return world.enter(() -> ports.of(server.id()).stream().map(this::nic).toList());
    }

    private Nic nic(ObjectNode port) {
        return new Nic(
                Json.text(port, "id"),
                Json.text(port, "network_id"),
                ports.networkName(port),
                Json.text(port, "mac_address"),
                addresses(port, "fixed_ips"),
                addresses(port, "allowed_address_pairs"),
                balanced(port));
    }

    private List<String> balanced(ObjectNode port) {
        return addresses(port, "fixed_ips").stream()
                .flatMap(address -> ports.balanced(Json.text(port, "network_id"), address).stream())
                .toList();
    }

    private static List<String> addresses(ObjectNode port, String field) {
        return Json.elements(port.path(field)).stream()
                .map(entry -> Json.text(entry, "ip_address"))
                .toList();
    }

    @Override
    public Optional<String> floatingAddress(String address) {
        return world.enter(() -> ports.of(server.id()).stream()
                .filter(port -> addresses(port, "fixed_ips").contains(address)
                        || addresses(port, "allowed_address_pairs").contains(address)
                        || balanced(port).contains(address))
                .flatMap(port -> ports.floating(Json.text(port, "network_id"), address).stream())
                .filter(Objects::nonNull)
                .findFirst());
    }

    @Override
    public Console console() {
        return line -> world.enter(() -> server.console().add(line));
    }

    @Override
    public void shutoff() {
        world.enter(() -> {
            lifecycle.shutoff(server);
            return null;
        });
    }

    @Override
    public boolean isRunning() {
        return world.enter(server::isRunning);
    }
}
