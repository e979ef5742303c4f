package io.orrery.provisioner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.platform.Kubernetes.Cni;
import io.orrery.provisioner.model.Desired.Access;
import io.orrery.provisioner.model.Rule;
import io.orrery.provisioner.model.Rule.Peer;
import io.orrery.provisioner.model.Rule.Ports;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PortTableTest {

    @Test
    void opensTheApiServerToMachinesAndToWhomTheDocumentSays() {
        var servers = table(Cni.CANAL, List.of("192.0.2.0/24")).ofServers();

        assertThat(peersOf(servers, 6443))
                .containsExactlyInAnyOrder(
                        Optional.of(new Peer.Group("S")),
                        Optional.of(new Peer.Group("A")),
                        Optional.of(new Peer.Range("192.0.2.0/24")));
    }

    @Test
    void keepsEtcdToTheServers() {
        var table = table(Cni.CANAL, List.of("0.0.0.0/0"));

        assertThat(peersOf(table.ofServers(), 2379)).containsExactly(Optional.of(new Peer.Group("S")));
        assertThat(peersOf(table.ofAgents(), 2379)).isEmpty();
        assertThat(peersOf(table.ofAgents(), 6443)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CANAL,8472", "CILIUM,8472", "CALICO,4789", "FLANNEL,4789"})
    void opensEachPodNetworksOwnPortsBetweenTheMachines(Cni cni, int port) {
        assertThat(peersOf(table(cni, List.of()).ofAgents(), port))
                .containsExactlyInAnyOrder(Optional.of(new Peer.Group("S")), Optional.of(new Peer.Group("A")));
    }

    @ParameterizedTest
    @EnumSource(Cni.class)
    void opensNothingButWebAndApiToTheWorld(Cni cni) {
        var everything = table(cni, List.of("0.0.0.0/0")).ofServers();

        assertThat(everything.stream()
                        .filter(rule -> rule.direction() == Rule.Direction.INGRESS
                                && rule.peer().isEmpty())
                        .map(rule -> rule.ports().map(Ports::from).orElse(-1)))
                .containsExactlyInAnyOrder(80, 443, 6443);
    }

    private static PortTable table(Cni cni, List<String> api) {
        return new PortTable(new Access(cni, api, List.of("0.0.0.0/0"), List.of()), Optional.empty(), "S", "A");
    }

    private static Set<Optional<Peer>> peersOf(Set<Rule> rules, int port) {
        return rules.stream()
                .filter(rule -> rule.ports()
                        .filter(ports -> ports.from() <= port && port <= ports.to())
                        .isPresent())
                .map(Rule::peer)
                .collect(Collectors.toSet());
    }
}
