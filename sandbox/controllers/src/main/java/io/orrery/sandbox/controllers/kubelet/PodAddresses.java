package io.orrery.sandbox.controllers.kubelet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands out addresses of a CIDR, one for each pod or load balancer, never the same to two at a time. Kubelets of one
 * machine share one. It begins somewhere in the range, so that two processes rarely meet, and goes round, so that an
 * address just given back is not the next to be given.
 */
public final class PodAddresses {

    private final int network;
    private final int size;
    private final Set<Integer> taken = new HashSet<>();
    private int next;

    public PodAddresses(String cidr) {
        var parts = cidr.split("/", -1);
        var bits = Integer.parseInt(parts[1]);
        if (bits < 8 || bits > 30) {
            throw new IllegalArgumentException("a CIDR between /8 and /30 is needed: " + cidr);
        }
        this.size = 1 << (32 - bits);
        this.network = number(parts[0]) & -size;
        this.next = ThreadLocalRandom.current().nextInt(size);
    }

    /** Loopback, on Linux all of which answers: 127.96.0.0/16. */
    public static PodAddresses loopback() {
        return new PodAddresses("127.96.0.0/16");
    }

    public synchronized String take() {
        for (var tries = 0; tries < size; tries++) {
            next = (next + 1) % size;
            // The network's own address, the first host (a gateway by custom) and the broadcast address stay free.
            if (next > 1 && next < size - 1 && taken.add(next)) {
                return text(network + next);
            }
        }
        throw new IllegalStateException("all " + size + " addresses are taken");
    }

    /** Marks an address as taken that was handed out before by another process; false if it is not ours or taken already. */
    public synchronized boolean take(String address) {
        return contains(address) && taken.add(number(address) - network);
    }

    public synchronized void giveBack(String address) {
        if (contains(address)) {
            taken.remove(number(address) - network);
        }
    }

    public boolean contains(String address) {
        return (number(address) & -size) == network;
    }

    private static int number(String address) {
        try {
            return ByteBuffer.wrap(InetAddress.getByName(address).getAddress()).getInt();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no IPv4 address: " + address, e);
        }
    }

    private static String text(int number) {
        try {
            return InetAddress.getByAddress(
                            ByteBuffer.allocate(4).putInt(number).array())
                    .getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are always an address", e);
        }
    }
}
