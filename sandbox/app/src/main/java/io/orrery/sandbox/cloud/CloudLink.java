package io.orrery.sandbox.cloud;

import io.orrery.sandbox.boot.LinkedFirmware;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** What binds the emulated machines to a genuine cloud: the relay before Nova, the watch on its servers, the way to API servers. */
public final class CloudLink implements AutoCloseable {
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final CloudEntry entry;
    private final CloudConnection cloud;
    private final ComputeRelay relay;
    private final ServerWatch watch;
    private final WayIn wayIn;

    private CloudLink(CloudEntry entry, CloudConnection cloud, ComputeRelay relay, ServerWatch watch, WayIn wayIn) {
        this.entry = entry;
        this.cloud = cloud;
        this.relay = relay;
        this.watch = watch;
        this.wayIn = wayIn;
    }

    /**
     * @param relayPort 0 for any that is free
     * @param wayInPort 0 for any that is free
     * @param kept where machines' user-data is kept, so that they boot again after a restart of ours
     * @throws CloudException if the cloud does not let us in
     */
    public static CloudLink open(CloudEntry entry, int relayPort, int wayInPort, Path kept, LinkedFirmware firmware) {
        var userData = new KeptUserData(kept);
        var cloud = CloudConnection.open(entry);
        var relay = ComputeRelay.open(relayPort, cloud.http(), cloud.compute(), userData);
        var watch = new ServerWatch(cloud, userData, firmware);
        var wayIn = WayIn.open(wayInPort, firmware::apiServer);
        watch.start(BEAT);
        return new CloudLink(entry, cloud, relay, watch, wayIn);
    }

    public URI authUrl() {
        return entry.authUrl();
    }

    /** In place of Nova's own address. */
    public URI compute() {
        return relay.url();
    }

    /** The SOCKS proxy to the clusters' API servers. */
    public URI apiServers() {
        return wayIn.url();
    }

    @Override
    public void close() {
        watch.close();
        relay.close();
        try {
            wayIn.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            cloud.close();
        }
    }
}
