package io.orrery.sandbox.openstack.nova;

import io.orrery.sandbox.openstack.cinder.Cinder;
import io.orrery.sandbox.openstack.faults.Fate;
import io.orrery.sandbox.openstack.faults.Faults;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.machine.Firmware;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.Shelf;
import io.orrery.sandbox.openstack.model.Timings;
import io.orrery.sandbox.openstack.model.World;
import io.orrery.sandbox.openstack.neutron.NovaPorts;
import io.orrery.sandbox.openstack.nova.Server.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happens to servers between the calls: they are built, switched on and off, and taken away. */
final class Lifecycle {
    private static final int GRAVES = 1000;

    private final World world;
    private final Timings timings;
    private final Faults faults;
    private final Firmware firmware;
    private final Hosts hosts;
    private final Shelf<Server> servers;
    private final ServerGroups groups;
    private final NovaPorts ports;
    private final Cinder cinder;
    private final List<Server> graves = new ArrayList<>();

    Lifecycle(
            World world,
            Timings timings,
            Faults faults,
            Firmware firmware,
            Hosts hosts,
            Shelf<Server> servers,
            ServerGroups groups,
            NovaPorts ports,
            Cinder cinder) {
        this.world = world;
        this.timings = timings;
        this.faults = faults;
        this.firmware = firmware;
        this.hosts = hosts;
        this.servers = servers;
        this.groups = groups;
        this.ports = ports;
        this.cinder = cinder;
    }

    /** Servers that were deleted; lists with changes-since show them. */
    List<Server> graves() {
        return graves;
    }

    Server begin(ServerWish wish, String name) {
        var server = new Server(World.uuid(), name, wish, world.now());
        faults.fateOf(name).ifPresent(server::fated);
        servers.add(server.id(), server);
        record(server, "create", wish.requestId());
        var step = timings.boot().dividedBy(4);
        world.after(step, () -> whileBuilding(server, () -> place(server)));
        return server;
    }

    void record(Server server, String action, String requestId) {
        var caller = server.wish().caller();
        server.actions().add(new Server.Action(action, requestId, caller.userId(), caller.projectId(), world.now()));
    }

    private void whileBuilding(Server server, Runnable step) {
        if (server.state() == State.BUILDING && servers.find(server.id()).isPresent()) {
            step.run();
        }
    }

    private void place(Server server) {
        if (isFated(server, Fate.End.ERROR)) {
            fail(server, server.fate().orElseThrow().message());
            return;
        }
        var group = server.wish().group();
        var members = group.map(groups::members).orElse(List.of());
        var host = hosts.place(server.flavor(), servers.all(), group, members);
        if (host.isEmpty()) {
            fail(server, "No valid host was found. There are not enough hosts available.");
            return;
        }
        server.placed(host.get());
        server.task("networking", world.now());
        try {
            plugNetworks(server);
            plugVolumes(server);
        } catch (Refusal refusal) {
            fail(server, "Build of instance %s aborted: %s".formatted(server.id(), refusal.getMessage()));
            return;
        }
        server.task("spawning", world.now());
        if (!isFated(server, Fate.End.BUILD)) {
            var rest = timings.boot().dividedBy(4).multipliedBy(3);
            world.after(rest, () -> whileBuilding(server, () -> activate(server)));
        }
    }

    private static boolean isFated(Server server, Fate.End end) {
        return server.fate().filter(fate -> fate.end() == end).isPresent();
    }

    private void fail(Server server, String message) {
        server.fail(new Server.Fault(500, message, world.nowInSeconds()), world.now());
    }

    private void plugNetworks(Server server) {
        for (var wish : server.wish().networks()) {
            plugNetwork(server, wish);
        }
    }

    com.fasterxml.jackson.databind.node.ObjectNode plugNetwork(Server server, ServerWish.NetworkWish wish) {
        var caller = server.wish().caller();
        return switch (wish) {
            case ServerWish.NetworkWish.Port(String id) -> {
                var port = ports.port(caller, id);
                if (!Json.text(port, "device_id").isEmpty()) {
                    throw new Refusal(409, "Port " + id + " is still in use.");
                }
                ports.bind(port, server.id(), server.wish().zone());
                yield port;
            }
            case ServerWish.NetworkWish.Network(String network, var address) -> {
                var port = ports.create(caller, network, address, server.wish().securityGroups());
                ports.bind(port, server.id(), server.wish().zone());
                server.madePorts().add(Json.text(port, "id"));
                yield port;
            }
        };
    }

    private void plugVolumes(Server server) {
        var caller = server.wish().caller();
        for (var disk : server.wish().disks()) {
            var volume =
                    switch (disk) {
                        case ServerWish.Disk.Existing(String id, boolean unused) ->
                            cinder.find(caller, id)
                                    .filter(found -> found.status().equals("available"))
                                    .orElseThrow(() -> new Refusal(400, "Invalid volume: " + id));
                        case ServerWish.Disk.Fresh(int size, var image, boolean unused) ->
                            cinder.create(caller, "", size, image);
                    };
            plugVolume(server, volume, disk.deleteOnTermination());
        }
    }

    Server.Plug plugVolume(Server server, io.orrery.sandbox.openstack.cinder.Volume volume, boolean deleteToo) {
        boolean fromVolume = server.image().isEmpty();
        int number = server.plugs().size() + (fromVolume ? 0 : 1);
        var device = "/dev/vd" + (char) ('a' + number);
        var plug = new Server.Plug(cinder.attach(volume, server.id(), device), volume.id(), device, deleteToo);
        server.plugs().add(plug);
        return plug;
    }

    private void activate(Server server) {
        powerOn(server);
        server.fate().ifPresent(fate -> {
            switch (fate.end()) {
                case VANISH -> world.after(fate.after(), () -> vanish(server));
                case SHUTOFF -> world.after(fate.after(), () -> shutoff(server));
                case ERROR, BUILD -> {}
            }
        });
    }

    private void powerOn(Server server) {
        server.become(State.ACTIVE, world.now());
        ports.power(server.id(), true);
        server.console().add("[    0.000000] Machine " + server.name() + " is switched on");
        var machine = new RunningMachine(world, server, this, ports);
        world.errand(() -> firmware.booted(machine));
    }

    /** Off, whoever did it. */
    void shutoff(Server server) {
        if (server.state() == State.ACTIVE) {
            server.become(State.STOPPED, world.now());
            ports.power(server.id(), false);
            world.errand(() -> firmware.stopped(server.id()));
        }
    }

    void stop(Server server) {
        later(server, "powering-off", () -> shutoff(server));
    }

    void start(Server server) {
        later(server, "powering-on", () -> powerOn(server));
    }

    void reboot(Server server, boolean hard) {
        later(server, hard ? "rebooting_hard" : "rebooting", () -> restart(server));
    }

    void rebuild(Server server) {
        later(server, "rebuilding", () -> restart(server));
    }

    /** Off, and on again with another flavor. */
    void resize(Server server, Flavor to) {
        later(server, "resize_prep", () -> {
            restart(server);
            server.resize(to, world.now());
        });
    }

    void confirmResize(Server server) {
        server.become(State.ACTIVE, world.now());
    }

    void revertResize(Server server) {
        later(server, "resize_reverting", () -> {
            server.revert();
            restart(server);
        });
    }

    private void restart(Server server) {
        firmwareOff(server);
        powerOn(server);
    }

    private void firmwareOff(Server server) {
        var id = server.id();
        world.errand(() -> firmware.stopped(id));
    }

    private void later(Server server, String task, Runnable work) {
        server.task(task, world.now());
        world.after(timings.power(), () -> {
            boolean still = server.task().filter(task::equals).isPresent()
                    && servers.find(server.id()).isPresent();
            if (still) {
                work.run();
            }
        });
    }

    /** A task that ends by itself and changes nothing. */
    void busy(Server server, String task, Duration time, Runnable then) {
        server.task(task, world.now());
        world.after(time, () -> {
            if (server.task().filter(task::equals).isPresent()) {
                server.task(null, world.now());
            }
            then.run();
        });
    }

    void delete(Server server) {
        if (server.task().filter("deleting"::equals).isPresent()) {
            return;
        }
        server.task("deleting", world.now());
        world.after(timings.delete(), () -> remove(server));
    }

    private void remove(Server server) {
        if (servers.find(server.id()).isEmpty()) {
            return;
        }
        for (var port : ports.of(server.id())) {
            if (server.madePorts().contains(Json.text(port, "id"))) {
                ports.delete(port);
            } else {
                ports.unbind(port);
            }
        }
        for (var plug : List.copyOf(server.plugs())) {
            cinder.find(server.wish().caller(), plug.volume()).ifPresent(volume -> {
                if (plug.deleteOnTermination()) {
                    cinder.deleteWithServer(volume);
                } else {
                    cinder.detach(volume);
                }
            });
        }
        bury(server);
    }

    /** Gone as if a hypervisor had lost it: Nova knows it no more, and what it had is left as it was. */
    void vanish(Server server) {
        if (servers.find(server.id()).isPresent()) {
            bury(server);
            graves.remove(server);
        }
    }

    /** ERROR in the midst of its life. */
    void strike(Server server, String message) {
        fail(server, message);
    }

    private void bury(Server server) {
        servers.remove(server.id());
        server.become(State.DELETED, world.now());
        graves.add(server);
        if (graves.size() > GRAVES) {
            graves.removeFirst();
        }
        var id = server.id();
        world.errand(() -> firmware.deleted(id));
    }
}
