package io.orrery.provisioner.model;

import java.util.Optional;

/**
 * A rule of a security group, without its id: two rules with equal parts are the same rule, and Neutron refuses the
 * second.
 *
 * @param ethertype IPv4 or IPv6
 * @param protocol tcp, udp, icmp; empty: any
 * @param ports empty: all; for ICMP its type and code, which we leave open
 * @param peer who is on the other side; empty: anyone
 */
public record Rule(
        Direction direction, String ethertype, Optional<String> protocol, Optional<Ports> ports, Optional<Peer> peer) {

    public enum Direction {
        INGRESS,
        EGRESS
    }

    /** Both ends belong to it. */
    public record Ports(int from, int to) {}

    /** The other side of the connection. */
    public sealed interface Peer {

        /** @param id of the group whose members are meant */
        record Group(String id) implements Peer {}

        /** @param cidr never 0.0.0.0/0 nor ::/0, which Neutron shows as no peer at all */
        record Range(String cidr) implements Peer {}
    }

    public static Rule ingress(String protocol, int from, int to, Peer peer) {
        return new Rule(
                Direction.INGRESS,
                ethertypeOf(peer),
                Optional.of(protocol),
                Optional.of(new Ports(from, to)),
                Optional.of(peer));
    }

    /** From a range of addresses, which may be everywhere. */
    public static Rule ingressFrom(String cidr, String protocol, int from, int to) {
        var anyone = cidr.endsWith("/0");
        return new Rule(
                Direction.INGRESS,
                cidr.contains(":") ? "IPv6" : "IPv4",
                Optional.of(protocol),
                Optional.of(new Ports(from, to)),
                anyone ? Optional.empty() : Optional.of(new Peer.Range(cidr)));
    }

    public static Rule egress(String ethertype) {
        return new Rule(Direction.EGRESS, ethertype, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Rule ping(Peer peer) {
        return new Rule(Direction.INGRESS, ethertypeOf(peer), Optional.of("icmp"), Optional.empty(), Optional.of(peer));
    }

    private static String ethertypeOf(Peer peer) {
        return peer instanceof Peer.Range range && range.cidr().contains(":") ? "IPv6" : "IPv4";
    }
}
