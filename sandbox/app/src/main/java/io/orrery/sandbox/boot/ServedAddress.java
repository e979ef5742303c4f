package io.orrery.sandbox.boot;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a cluster's API is found.
 *
 * @param bind where it really listens, a loopback address
 * @param outside by which the world knows it: the floating address. The emulated cloud's can be listened on, a genuine one's
 *     not
 * @param inside the addresses by which machines of the network know it
 */
record ServedAddress(String bind, String outside, List<NetworkAddress> inside) {
    /** Two platforms may use the same addresses, each in its own network. */
    record NetworkAddress(String networkId, String address) {}

    ServedAddress {
        inside = List.copyOf(inside);
    }

    /**
     * The virtual address if the ports allow one, by the floating IP that leads there; otherwise the server's own
     * addresses; a loopback address made from these where no floating IP leads to any.
     */
    static ServedAddress of(Guest first) {
        var inside = Stream.concat(virtual(first), own(first)).toList();
        var outside = inside.stream()
                .map(at -> first.floatingAddress(at.networkId(), at.address()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> loopback(inside.toString()));
        return new ServedAddress(isLoopback(outside) ? outside : loopback(inside.toString()), outside, inside);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Stream<NetworkAddress> virtual(Guest guest) {
        return guest.nics().stream().flatMap(nic -> nic.allowedAddresses().stream()
                .map(allowed -> allowed.endsWith("/32") ? allowed.substring(0, allowed.length() - 3) : allowed)
                .filter(allowed -> !allowed.contains("/"))
                .map(allowed -> new NetworkAddress(nic.networkId(), allowed)));
    }

    static Stream<NetworkAddress> own(Guest guest) {
        return guest.nics().stream().map(nic -> new NetworkAddress(nic.networkId(), nic.address()));
    }

    /** Always the same for the same addresses, from 127.66.0.0/16. */
    private static String loopback(String seed) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
            return "127.66." + (hash[0] & 0xff) + "." + (1 + (hash[1] & 0xff) % 254);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
