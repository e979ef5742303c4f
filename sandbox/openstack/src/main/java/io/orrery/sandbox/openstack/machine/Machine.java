package io.orrery.sandbox.openstack.machine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server as seen from inside. Everything is as it is at the moment of asking: cards come and go, floating IPs are
 * moved, metadata change. May be used from any thread; a machine that is gone has no cards.
 */
public interface Machine {
    String id();

    String name();

    String projectId();

    Map<String, String> metadata();

    /** The user-data as its bytes, decoded from base64: a script, a cloud-config, or either gzipped. Empty if none. */
    byte[] userData();

    boolean configDrive();

    Hardware hardware();

    /** The name of the image that it was booted from; empty when it boots from a volume. */
    String imageName();

    /** The image's properties at that time. */
    Map<String, String> imageProperties();

    List<Nic> nics();

    /**
     * The floating IP by which one of this machine's addresses is reached from outside: one of its own fixed
     * addresses, or one that another port holds: a VIP that its ports let through, or that of a load balancer of which it
     * is a member.
     */
    Optional<String> floatingAddress(String address);

    Console console();

    /** The guest switches its machine off, as an image builder's does when it is done. */
    void shutoff();

    /** Whether the machine is there and switched on. */
    boolean isRunning();
}
