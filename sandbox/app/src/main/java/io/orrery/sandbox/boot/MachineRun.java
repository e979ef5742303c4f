package io.orrery.sandbox.boot;

import io.orrery.sandbox.controllers.kubelet.Kubelet;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One machine from power-on to power-off: boots, and tries to join until it has or is switched off. */
final class MachineRun {
    private final Guest guest;
    private final Clusters clusters;
    private final LinkSettings settings;
    private final Console console;
    private final ScheduledExecutorService timers;
    private final ExecutorService work;
    private Duration retry;
    private Future<?> next;
    private Optional<Rke2Boot> boot = Optional.empty();
    private Optional<Kubelet> kubelet = Optional.empty();
    private boolean off;

    MachineRun(
            Guest guest,
            Clusters clusters,
            LinkSettings settings,
            ScheduledExecutorService timers,
            ExecutorService work) {
        this.guest = guest;
        this.clusters = clusters;
        this.settings = settings;
        this.console = new Console(guest, settings.clock());
        this.timers = timers;
        this.work = work;
        this.retry = settings.firstRetry();
    }

    synchronized void powerOn() {
        console.cloudInit("Cloud-init v. 25.1.4 running 'init' finding the datasource OpenStack");
        try {
            var cloud = UserData.read(guest.userData());
            var unit = Rke2Unit.startedBy(cloud);
            if (unit.isPresent()) {
                console.systemd("Starting " + unit.get().unit() + ".service - Rancher Kubernetes Engine v2...");
                again(settings.start(), () -> start(unit.get(), cloud));
            } else {
                withoutCluster(cloud);
            }
        } catch (UserDataException e) {
            console.cloudInit(e.getMessage());
            console.login(guest.name());
        }
    }

    private void withoutCluster(CloudConfig cloud) {
        if (cloud.text("/etc/rancher/rke2/config.yaml").isPresent()) {
            console.sandbox("/etc/rancher/rke2/config.yaml is there, but no command starts rke2-server or rke2-agent");
        }
        console.cloudInit("Cloud-init v. 25.1.4 finished");
        if (cloud.powersOff()) {
            console.systemd("Reached target poweroff.target - System Power Off.");
            guest.powerOff();
        } else {
            console.login(guest.name());
        }
    }

    private synchronized void start(Rke2Unit unit, CloudConfig cloud) {
        if (off || !guest.running()) {
            return;
        }
        try {
            var found = Rke2Boot.of(unit, cloud, settings.bakedVersion());
            found.refuseContradictions();
            boot = Optional.of(found);
            kubelet = Optional.of(clusters.join(guest, found, console, () -> lost(unit, cloud)));
            console.rke2("level=info msg=\"rke2 is up and running\"");
            console.systemd("Started " + unit.unit() + ".service - Rancher Kubernetes Engine v2.");
            console.cloudInit("Cloud-init v. 25.1.4 finished");
            console.login(found.nodeName(guest));
        } catch (JoinRefused e) {
            console.rke2(e.getMessage());
            again(retry, () -> start(unit, cloud));
            var doubled = retry.multipliedBy(2);
            retry = doubled.compareTo(settings.mostRetry()) > 0 ? settings.mostRetry() : doubled;
        }
    }

    /** Its cluster is no more: RKE2 goes on looking for it. */
    private synchronized void lost(Rke2Unit unit, CloudConfig cloud) {
        kubelet.ifPresent(Kubelet::stop);
        kubelet = Optional.empty();
        if (!off) {
            again(retry, () -> start(unit, cloud));
        }
    }

    private void again(Duration delay, Runnable step) {
        next = timers.schedule(() -> work.execute(step), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The machine is off: nobody is told. */
    synchronized void powerOff() {
        off = true;
        if (next != null) {
            next.cancel(false);
        }
        kubelet.ifPresent(Kubelet::stop);
        kubelet = Optional.empty();
    }

    synchronized String state() {
        return kubelet.map(joined -> "node " + joined.nodeName())
                .orElseGet(() -> boot.isPresent() ? "joining" : "booted");
    }

    Guest guest() {
        return guest;
    }
}
