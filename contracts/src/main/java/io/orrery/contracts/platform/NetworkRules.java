package io.orrery.contracts.platform;

import io.orrery.contracts.platform.Violation.Code;
import java.util.List;

/** Ranges that make sense, and keep out of each other's way. */
final class NetworkRules implements Rules.Rule {

    private static final Pointer CIDR = new Pointer("/spec/network/cidr");
    private static final Pointer PODS = new Pointer("/spec/kubernetes/pods");
    private static final Pointer SERVICES = new Pointer("/spec/kubernetes/services");
    private static final Pointer BORROW = new Pointer("/spec/network/borrow");

    private static final int LARGEST = 16;
    private static final int SMALLEST = 28;
    private static final int LARGEST_OF_KUBERNETES = 8;
    private static final int SMALLEST_OF_KUBERNETES = 24;

    /** Network and broadcast address, gateway, DHCP port, and the API server's address; one more to replace a machine. */
    private static final int TAKEN = 6;

    /** Ranges that no machine can have: this host, loopback, link-local, multicast and beyond. */
    private static final List<Cidr> UNUSABLE = List.of(
            Cidr.parse("0.0.0.0/8"),
            Cidr.parse("127.0.0.0/8"),
            Cidr.parse("169.254.0.0/16"),
            Cidr.parse("224.0.0.0/3"));

    @Override
    public void check(Bound bound, Findings findings) {
        range(bound, CIDR, LARGEST, SMALLEST, findings);
        range(bound, PODS, LARGEST_OF_KUBERNETES, SMALLEST_OF_KUBERNETES, findings);
        range(bound, SERVICES, LARGEST_OF_KUBERNETES, SMALLEST_OF_KUBERNETES, findings);
        apart(bound, PODS, CIDR, "network.cidr", findings);
        apart(bound, SERVICES, CIDR, "network.cidr", findings);
        apart(bound, SERVICES, PODS, "kubernetes.pods", findings);
        room(bound, findings);
        borrowed(bound, findings);
    }

    private static void range(Bound bound, Pointer at, int largest, int smallest, Findings findings) {
        bound.at(at, Cidr.class).ifPresent(cidr -> {
            if (!cidr.isIpv4()) {
                findings.add(at, Code.NOT_ALLOWED, "must be an IPv4 range, found " + cidr);
            } else if (cidr.prefix() < largest || cidr.prefix() > smallest) {
                findings.add(
                        at, Code.OUT_OF_RANGE, "must be from /" + largest + " to /" + smallest + ", found " + cidr);
            } else if (UNUSABLE.stream().anyMatch(cidr::overlaps)) {
                findings.add(at, Code.NOT_ALLOWED, cidr + " holds addresses that no machine can have");
            }
        });
    }

    private static void apart(Bound bound, Pointer at, Pointer other, String name, Findings findings) {
        bound.at(at, Cidr.class).ifPresent(cidr -> bound.at(other, Cidr.class)
                .filter(cidr::overlaps)
                .ifPresent(overlapping ->
                        findings.add(at, Code.CONFLICT, cidr + " overlaps " + name + " (" + overlapping + ")")));
    }

    private static void room(Bound bound, Findings findings) {
        bound.at(CIDR, Cidr.class)
                .filter(cidr -> cidr.isIpv4() && cidr.prefix() >= LARGEST && cidr.prefix() <= SMALLEST)
                .ifPresent(cidr -> {
                    var room = (1 << (Integer.SIZE - cidr.prefix())) - TAKEN;
                    var machines = PoolRules.machines(bound);
                    if (machines > room) {
                        findings.add(
                                CIDR,
                                Code.OUT_OF_RANGE,
                                cidr + " has room for " + room + " machines, and the pools have " + machines);
                    }
                });
    }

    private static void borrowed(Bound bound, Findings findings) {
        bound.at(BORROW, Network.Borrow.class).ifPresent(borrow -> {
            if (borrow.subnet().isPresent() && borrow.network().isEmpty()) {
                findings.add(BORROW.to("network"), Code.MISSING, "a borrowed subnet needs its network beside it");
            }
        });
    }
}
