package io.orrery.sandbox.openstack;

import io.orrery.sandbox.openstack.cinder.Cinder;
import io.orrery.sandbox.openstack.faults.Faults;
import io.orrery.sandbox.openstack.glance.Glance;
import io.orrery.sandbox.openstack.http.Call;
import io.orrery.sandbox.openstack.http.CallLog;
import io.orrery.sandbox.openstack.http.Dispatcher;
import io.orrery.sandbox.openstack.http.Front;
import io.orrery.sandbox.openstack.http.Service;
import io.orrery.sandbox.openstack.keystone.Catalog;
import io.orrery.sandbox.openstack.keystone.Keystone;
import io.orrery.sandbox.openstack.machine.Machine;
import io.orrery.sandbox.openstack.model.Cidr;
import io.orrery.sandbox.openstack.model.Inventory;
import io.orrery.sandbox.openstack.model.Ledger;
import io.orrery.sandbox.openstack.model.Quotas;
import io.orrery.sandbox.openstack.model.World;
import io.orrery.sandbox.openstack.neutron.Neutron;
import io.orrery.sandbox.openstack.nova.Nova;
import io.orrery.sandbox.openstack.octavia.Octavia;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A cloud in this process, on one port. What clients say to it over HTTP, tests can also see and disturb from here. */
public final class OpenStackEmulator implements AutoCloseable {
    private final OpenStackSettings settings;
    private final World world;
    private final Faults faults = new Faults();
    private final CallLog calls = new CallLog();
    private final Keystone keystone;
    private final Neutron neutron;
    private final Nova nova;
    private final Octavia octavia;
    private final Front front;
    private final Map<String, Map<String, Integer>> quotas;

    private OpenStackEmulator(OpenStackSettings settings) {
        this.settings = settings;
        this.world = new World(settings.clock());
        this.quotas = Map.of(
                "compute", new ConcurrentSkipListMap<>(settings.quotas().compute()),
                "network", new ConcurrentSkipListMap<>(settings.quotas().network()),
                "volume", new ConcurrentSkipListMap<>(settings.quotas().volume()),
                "load-balancer", new ConcurrentSkipListMap<>(settings.quotas().balancing()));
        var uploads = folder();
        var range = Cidr.parse(settings.floatingRange())
                .orElseThrow(() -> new IllegalArgumentException(settings.floatingRange() + " is no range"));
        keystone = new Keystone(
                world,
                settings.accounts(),
                new Catalog(settings.region(), settings.s3().map(URI::toString)),
                settings.tokenLife());
        neutron = new Neutron(world, quotas.get("network"), range);
        var glance = new Glance(world, uploads);
        var cinder = new Cinder(world, settings.timings().volume(), quotas.get("volume"), glance);
        nova = new Nova(
                world,
                settings.timings(),
                faults,
                settings.firmware(),
                settings.hosts(),
                quotas.get("compute"),
                neutron.ports(),
                glance,
                cinder);
        octavia = new Octavia(world, settings.timings().volume(), neutron.ports(), quotas.get("load-balancer"));
        List<Service> services =
                List.of(keystone, neutron, glance, cinder, nova, octavia, new ControlDesk(this, faults, world));
        front = Front.open(
                settings.address(),
                settings.port(),
                world,
                faults,
                new Dispatcher(services, keystone, world, calls),
                uploads,
                settings.timings().answer());
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("openstack-images");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts a cloud; it answers when this returns. */
    public static OpenStackEmulator start(OpenStackSettings settings) {
        return new OpenStackEmulator(settings);
    }

    /** Where the port is, without a slash at the end. */
    public URI root() {
        return URI.create("http://" + settings.address() + ":" + front.port());
    }

    /** Keystone's URL, as it stands in clouds.yaml. */
    public URI authUrl() {
        return URI.create(root() + "/identity/v3");
    }

    /** The text of a clouds.yaml with one entry for each account, named {@code sandbox} and {@code sandbox-<user>}. */
    public String cloudsYaml() {
        return CloudsYaml.of(settings, authUrl());
    }

    /** What to let go wrong. */
    public Faults faults() {
        return faults;
    }

    /** What is there now, by kind. */
    public Inventory inventory() {
        return world.inventory();
    }

    /** All that was ever made. */
    public List<Ledger.Entry> ledger() {
        return world.ledger().entries();
    }

    /** How often what was called, since the start or the last reset. */
    public Map<Call, Long> calls() {
        return calls.counts();
    }

    public void resetCalls() {
        calls.reset();
    }

    public Optional<Machine> machine(String serverId) {
        return nova.machine(serverId);
    }

    /** The floating IP that leads to this fixed address on this network, whichever port has it. */
    public Optional<String> floatingAddress(String networkId, String fixedAddress) {
        return world.enter(() -> neutron.ports().floating(networkId, fixedAddress));
    }

    /** The guest of this server switches it off. */
    public void shutoff(String serverId) {
        nova.shutoff(serverId);
    }

    /** This server is gone without anybody's request; its ports stay behind. */
    public void vanish(String serverId) {
        nova.vanish(serverId);
    }

    /** This server is in ERROR from now on. */
    public void fail(String serverId, String message) {
        nova.fail(serverId, message);
    }

    /** This load balancer is in ERROR from now on. */
    public void failBalancer(String id) {
        world.enter(() -> {
            octavia.fail(id);
            return null;
        });
    }

    /**
     * From now on a project may have so many, as if the administrator had said so.
     *
     * @param service compute, network, volume or load-balancer
     * @param name as in {@link Quotas}
     */
    public void quota(String service, String name, int most) {
        quotas.get(service).put(name, most);
    }

    /** No token that was handed out so far is good any more. */
    public void revokeAllTokens() {
        keystone.revokeAllTokens();
    }

    @Override
    public void close() {
        world.close();
        front.close();
    }
}
