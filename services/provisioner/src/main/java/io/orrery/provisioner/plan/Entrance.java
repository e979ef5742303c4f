package io.orrery.provisioner.plan;

import io.orrery.provisioner.model.Balance.Check;
import io.orrery.provisioner.model.Balance.Member;
import io.orrery.provisioner.model.Desired;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A port at which a load balancer lets people or machines in, with the servers that it leads them to.
 *
 * @param sources ranges that are let in; none: anyone
 */
public record Entrance(int port, Set<String> sources, Set<Member> members) {

    /** By TCP, as an API server answers nothing else to those whom it does not know. */
    public static final Check CHECK = new Check("TCP", 5, 3, 2, true);

    private static final int API = 6443;
    private static final int JOINING = 9345;

    public Entrance {
        sources = Set.copyOf(sources);
        members = Set.copyOf(members);
    }

    /**
     * The API for whom the document lets in, and RKE2's own for the platform's machines only. A server is well for both when
     * its API answers: 9345 listens long before it can be joined.
     *
     * @param servers their addresses
     */
    static List<Entrance> of(Desired desired, Set<String> servers) {
        var inside = desired.network().cidr();
        var allowed = desired.access().api();
        var anyone = allowed.contains("0.0.0.0/0");
        var sources = Stream.concat(allowed.stream().filter(range -> !range.contains(":")), Stream.of(inside))
                .collect(Collectors.toSet());
        return List.of(
                new Entrance(API, anyone ? Set.of() : sources, members(servers, API)),
                new Entrance(JOINING, Set.of(inside), members(servers, JOINING)));
    }

    private static Set<Member> members(Set<String> servers, int port) {
        return servers.stream()
                .map(address -> new Member(address, port, API, true))
                .collect(Collectors.toSet());
    }

    /** Name of its pool, after the balancer's. */
    public String pool(String balancer) {
        return balancer + "-" + port;
    }
}
