package io.orrery.sandbox;

import io.orrery.sandbox.backbone.Ports;
import io.orrery.sandbox.openstack.model.Timings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a sandbox is to be.
 *
 * @param data where the programs keep what they are told; the folder is made when it is missing
 * @param slice which sixteenth of the loopback ranges floating IPs, load balancers and pods get their addresses from: two
 *     sandboxes on one machine listen on the same ports of different addresses
 * @param openstack port of the cloud's API, 0 for any that is free
 * @param genuine the entry of clouds.yaml whose cloud stands in for the emulated one, if one does
 * @param relay port by which a genuine cloud's servers are asked for, 0 for any that is free
 * @param wayIn port of the proxy to API servers on a genuine cloud, 0 for any that is free
 * @param status port of the view for people and tests, 0 for any that is free
 * @param bind where the cloud's API listens; all else is on loopback
 * @param rke2Start from a unit's start until a machine's RKE2 has done its work
 * @param batchJob how long an openEO batch job takes
 */
public record SandboxSettings(
        Path data,
        int slice,
        Ports backbone,
        int openstack,
        Optional<String> genuine,
        int relay,
        int wayIn,
        int status,
        String bind,
        Timings cloud,
        Duration rke2Start,
        Duration batchJob) {
    private static final int OPENSTACK = 8774;
    private static final int STATUS = 8775;

    /** None of a genuine OpenStack's, which may run on the same machine. */
    private static final int RELAY = 8771;

    private static final int WAY_IN = 8772;

    /** Prime, so that offsets by round numbers meet different ones. */
    private static final int SLICES = 13;

    /** The usual ports, moved by an offset. */
    public static SandboxSettings usual(Path data, int portOffset) {
        return new SandboxSettings(
                data,
                portOffset % SLICES,
                Ports.usual(portOffset),
                OPENSTACK + portOffset,
                Optional.empty(),
                RELAY + portOffset,
                WAY_IN + portOffset,
                STATUS + portOffset,
                "127.0.0.1",
                Timings.quick(),
                Duration.ofMillis(300),
                Duration.ofSeconds(2));
    }

    /** Any ports that are free. */
    public static SandboxSettings free(Path data) {
        return usual(data, 0).on(Ports.free());
    }

    /** Addresses of one kind: this sandbox's sixteenth of {@code 127.<kind>.0.0/16}. */
    String addresses(int kind) {
        return "127." + kind + "." + 16 * slice + ".0/20";
    }

    private SandboxSettings on(Ports ports) {
        return new SandboxSettings(data, slice, ports, 0, genuine, 0, 0, 0, bind, cloud, rke2Start, batchJob);
    }

    public SandboxSettings withGenuine(String name) {
        return new SandboxSettings(
                data,
                slice,
                backbone,
                openstack,
                Optional.of(name),
                relay,
                wayIn,
                status,
                bind,
                cloud,
                rke2Start,
                batchJob);
    }

    public SandboxSettings withBind(String address) {
        return new SandboxSettings(
                data, slice, backbone, openstack, genuine, relay, wayIn, status, address, cloud, rke2Start, batchJob);
    }

    public SandboxSettings withCloud(Timings timings) {
        return new SandboxSettings(
                data, slice, backbone, openstack, genuine, relay, wayIn, status, bind, timings, rke2Start, batchJob);
    }

    public SandboxSettings withRke2Start(Duration time) {
        return new SandboxSettings(
                data, slice, backbone, openstack, genuine, relay, wayIn, status, bind, cloud, time, batchJob);
    }

    public SandboxSettings withBatchJob(Duration time) {
        return new SandboxSettings(
                data, slice, backbone, openstack, genuine, relay, wayIn, status, bind, cloud, rke2Start, time);
    }
}
