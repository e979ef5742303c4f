package io.orrery.provisioner.plan;

import io.orrery.provisioner.model.Desired.Access;
import io.orrery.provisioner.model.Rule;
import io.orrery.provisioner.model.Rule.Peer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which ports are open to whom: RKE2's requirements, by role. The pod network's ports are open to the platform's own
 * machines only: whoever reaches VXLAN is inside every pod's network.
 */
final class PortTable {

    private static final String TCP = "tcp";
    private static final String UDP = "udp";

    private final Access access;
    private final Optional<String> balancers;
    private final Peer servers;
    private final Peer agents;

    /**
     * The ids of both groups, which point at each other.
     *
     * @param balancers the range that a load balancer speaks to the servers from, if there is one
     */
    PortTable(Access access, Optional<String> balancers, String serversId, String agentsId) {
        this.access = access;
        this.balancers = balancers;
        this.servers = new Peer.Group(serversId);
        this.agents = new Peer.Group(agentsId);
    }

    Set<Rule> ofServers() {
        var rules = ofEveryone();
        both(rules, TCP, 6443, 6443);
        both(rules, TCP, 9345, 9345);
        rules.add(Rule.ingress(TCP, 2379, 2380, servers));
        both(rules, TCP, 2381, 2381);
        rules.add(Rule.ingress(TCP, 10257, 10257, agents));
        rules.add(Rule.ingress(TCP, 10259, 10259, agents));
        access.api().forEach(range -> rules.add(Rule.ingressFrom(range, TCP, 6443, 6443)));
        balancers.ifPresent(range -> {
            rules.add(Rule.ingressFrom(range, TCP, 6443, 6443));
            rules.add(Rule.ingressFrom(range, TCP, 9345, 9345));
        });
        return rules;
    }

    Set<Rule> ofAgents() {
        return ofEveryone();
    }

    private Set<Rule> ofEveryone() {
        var rules = new LinkedHashSet<Rule>();
        rules.add(Rule.egress("IPv4"));
        rules.add(Rule.egress("IPv6"));
        both(rules, TCP, 10250, 10250);
        both(rules, TCP, 9100, 9100);
        both(rules, TCP, 30000, 32767);
        ofPodNetwork(rules);
        access.http().forEach(range -> {
            rules.add(Rule.ingressFrom(range, TCP, 80, 80));
            rules.add(Rule.ingressFrom(range, TCP, 443, 443));
        });
        access.ssh().forEach(range -> rules.add(Rule.ingressFrom(range, TCP, 22, 22)));
        return rules;
    }

    private void ofPodNetwork(Set<Rule> rules) {
        switch (access.cni()) {
            case CANAL -> {
                both(rules, UDP, 8472, 8472);
                both(rules, TCP, 9099, 9099);
                both(rules, UDP, 51820, 51821);
            }
            case CILIUM -> {
                both(rules, UDP, 8472, 8472);
                both(rules, TCP, 4240, 4240);
                both(rules, UDP, 51871, 51871);
                Stream.of(servers, agents).map(Rule::ping).forEach(rules::add);
            }
            case CALICO -> {
                both(rules, UDP, 4789, 4789);
                List.of(179, 5473, 9098, 9099).forEach(port -> both(rules, TCP, port, port));
            }
            case FLANNEL -> both(rules, UDP, 4789, 4789);
        }
    }

    private void both(Set<Rule> rules, String protocol, int from, int to) {
        rules.add(Rule.ingress(protocol, from, to, servers));
        rules.add(Rule.ingress(protocol, from, to, agents));
    }
}
