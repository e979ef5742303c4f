package io.orrery.sandbox.boot;

import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.orrery.sandbox.openstack.machine.Firmware;
import io.orrery.sandbox.openstack.machine.Machine;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Boots machines. What is in their user-data decides: a machine may become the first server of a cluster, join one, switch
 * itself off, or do nothing. A machine's end is a node's end, which the cluster finds out by itself.
 */
public final class LinkedFirmware implements Firmware, AutoCloseable {
    /** A machine that is on; state is {@code booted}, {@code joining} or {@code node <name>}. */
    public record MachineView(String id, String name, String state) {}

    /** A cluster that machines have begun. */
    public record ClusterView(URI apiServer, boolean answering, List<String> nodes, Map<String, Long> calls) {}

    private final LinkSettings settings;
    private final Vertx vertx = Vertx.vertx();
    private final Clusters clusters;
    private final Map<String, MachineRun> machines = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("firmware-timers").factory());
    private final ExecutorService work = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("firmware-", 0).factory());

    public LinkedFirmware(LinkSettings settings) {
        this.settings = settings;
        this.clusters = new Clusters(settings, new VertxHttpClientFactory(vertx));
    }

    /** Switches a machine on; a machine that is on already is switched off first. Returns before it has joined. */
    public void powerOn(Guest guest) {
        powerOff(guest.id());
        var run = new MachineRun(guest, clusters, settings, timers, work);
        machines.put(guest.id(), run);
        run.powerOn();
    }

    /** What is on its disk stays: switched on again, it is the node it was. */
    public void powerOff(String machine) {
        var run = machines.remove(machine);
        if (run != null) {
            run.powerOff();
        }
        clusters.stopped(machine);
    }

    public void delete(String machine) {
        powerOff(machine);
        clusters.deleted(machine);
    }

    @Override
    public void booted(Machine machine) {
        powerOn(new EmulatedGuest(machine));
    }

    /** News may come late, when the machine is on again after a reboot: then it is no news. */
    @Override
    public void stopped(String id) {
        var run = machines.get(id);
        if (run == null || !run.guest().running()) {
            powerOff(id);
        }
    }

    @Override
    public void deleted(String id) {
        delete(id);
    }

    public List<MachineView> machines() {
        return machines.values().stream()
                .map(run -> new MachineView(run.guest().id(), run.guest().name(), run.state()))
                .toList();
    }

    /** Where the API really listens that the world knows by this address. */
    public Optional<URI> apiServer(String address) {
        return clusters.all().stream()
                .filter(cluster -> cluster.outside().equals(address))
                .map(LinkedCluster::url)
                .findFirst();
    }

    public List<ClusterView> clusters() {
        return clusters.all().stream()
                .map(cluster -> new ClusterView(cluster.url(), cluster.answering(), cluster.nodes(), cluster.calls()))
                .toList();
    }

    @Override
    public void close() {
        timers.shutdownNow();
        machines.keySet().forEach(this::powerOff);
        clusters.closeAll();
        work.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
