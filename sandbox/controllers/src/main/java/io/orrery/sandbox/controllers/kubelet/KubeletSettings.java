package io.orrery.sandbox.controllers.kubelet;

import java.time.Clock;
import java.time.Duration;

/**
 * How a kubelet behaves. The defaults are small: the point is to see what follows, not to wait.
 *
 * @param heartbeat       between two renewals of the node's lease (10 s in a genuine kubelet)
 * @param leaseDuration   what the lease says, in whole seconds (40 s in a genuine kubelet)
 * @param podStart        from a pod's binding to its containers' start: image pull, sandbox, mounts
 * @param restartBackoff  before the first restart of a container; doubles up to 32 times that (10 s, 5 min)
 * @param bindAddress     where the kubelet's server listens
 * @param podAddresses    shared by all kubelets of one machine
 */
public record KubeletSettings(
        Duration heartbeat,
        Duration leaseDuration,
        Duration podStart,
        Duration restartBackoff,
        String bindAddress,
        PodAddresses podAddresses,
        Workloads workloads,
        Clock clock) {

    public static KubeletSettings defaults() {
        return new KubeletSettings(
                Duration.ofSeconds(2),
                Duration.ofSeconds(40),
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                "127.0.0.1",
                PodAddresses.loopback(),
                Workloads.none(),
                Clock.systemUTC());
    }

    public KubeletSettings withHeartbeat(Duration interval) {
        return new KubeletSettings(
                interval, leaseDuration, podStart, restartBackoff, bindAddress, podAddresses, workloads, clock);
    }

    public KubeletSettings withPodStart(Duration delay) {
        return new KubeletSettings(
                heartbeat, leaseDuration, delay, restartBackoff, bindAddress, podAddresses, workloads, clock);
    }

    public KubeletSettings withRestartBackoff(Duration first) {
        return new KubeletSettings(
                heartbeat, leaseDuration, podStart, first, bindAddress, podAddresses, workloads, clock);
    }

    public KubeletSettings withBindAddress(String address) {
        return new KubeletSettings(
                heartbeat, leaseDuration, podStart, restartBackoff, address, podAddresses, workloads, clock);
    }

    public KubeletSettings withPodAddresses(PodAddresses addresses) {
        return new KubeletSettings(
                heartbeat, leaseDuration, podStart, restartBackoff, bindAddress, addresses, workloads, clock);
    }

    public KubeletSettings withWorkloads(Workloads more) {
        return new KubeletSettings(
                heartbeat, leaseDuration, podStart, restartBackoff, bindAddress, podAddresses, more, clock);
    }

    public KubeletSettings withClock(Clock other) {
        return new KubeletSettings(
                heartbeat, leaseDuration, podStart, restartBackoff, bindAddress, podAddresses, workloads, other);
    }
}
