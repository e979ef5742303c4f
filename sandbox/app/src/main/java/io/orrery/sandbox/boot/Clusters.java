package io.orrery.sandbox.boot;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.orrery.sandbox.controllers.kubelet.Kubelet;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** All clusters there are, and how a machine comes to its own. */
final class Clusters {
    private final List<LinkedCluster> clusters = new CopyOnWriteArrayList<>();
    private final LinkSettings settings;
    private final HttpClient.Factory http;

    Clusters(LinkSettings settings, HttpClient.Factory http) {
        this.settings = settings;
        this.http = http;
    }

    /** @param lost runs when the cluster that was joined is at its end */
    Kubelet join(Guest guest, Rke2Boot boot, Console console, Runnable lost) throws JoinRefused {
        var known =
                clusters.stream().filter(cluster -> cluster.knows(guest.id())).findFirst();
        if (boot.unit() == Rke2Unit.SERVER && known.isPresent()) {
            // its etcd data is on its disk: what server: says is not looked at any more
            return known.get().join(guest, boot, lost);
        }
        var registration = boot.registration();
        return registration.isPresent()
                ? join(guest, boot, registration.get(), console, lost)
                : begin(guest, boot, lost);
    }

    private Kubelet join(Guest guest, Rke2Boot boot, URI registration, Console console, Runnable lost)
            throws JoinRefused {
        var cluster = find(registration, guest).orElseThrow(() -> LinkedCluster.unreachable(registration));
        cluster.admit(guest, boot, registration, console);
        return cluster.join(guest, boot, lost);
    }

    private Optional<LinkedCluster> find(URI registration, Guest from) {
        return registration.getPort() != 9345
                ? Optional.empty()
                : clusters.stream()
                        .filter(cluster -> cluster.isReachedBy(registration.getHost(), from))
                        .findFirst();
    }

    private synchronized Kubelet begin(Guest guest, Rke2Boot boot, Runnable lost) throws JoinRefused {
        var cluster = LinkedCluster.begin(guest, boot, settings, http);
        try {
            var kubelet = cluster.join(guest, boot, lost);
            clusters.add(cluster);
            return kubelet;
        } catch (JoinRefused e) {
            cluster.close();
            throw e;
        }
    }

    void stopped(String machine) {
        clusters.forEach(cluster -> cluster.stopped(machine));
    }

    void deleted(String machine) {
        var ended =
                clusters.stream().filter(cluster -> cluster.deleted(machine)).toList();
        clusters.removeAll(ended);
        ended.forEach(LinkedCluster::close);
    }

    List<LinkedCluster> all() {
        return new ArrayList<>(clusters);
    }

    void closeAll() {
        clusters.forEach(LinkedCluster::close);
        clusters.clear();
    }
}
