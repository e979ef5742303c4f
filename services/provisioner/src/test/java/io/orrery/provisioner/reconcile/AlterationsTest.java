package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Phase;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Keys;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody has made of a machine that runs, and what can be put right only by another one, is told. */
class AlterationsTest {

    private static final String DOCUMENT = Works.DOCUMENT
            .replace("server, count: 3", "server, count: 1")
            .replace("agent, count: 2", "agent, count: 1");

    private final Works works = new Works();
    private final ByHand byHand = works.byHand();

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void tellsOfAMachineThatSomebodyResizedAndLeavesItAlone() {
        works.untilReady(DOCUMENT);
        var machine = agent();
        var flavor = machine.design().orElseThrow().flavorId();
        byHand.resize(machine.serverId().orElseThrow(), byHand.flavor("eo2.2xlarge"));

        works.untilInfrastructure(status -> tells("resize machine " + machine.name() + " back to flavor " + flavor));
        works.pass();

        assertThat(works.infrastructure().orElseThrow().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(works.slots()).contains(machine);
        byHand.resize(machine.serverId().orElseThrow(), flavor);
        works.untilInfrastructure(status -> status.phase() == Phase.READY);
    }

    @Test
    void tellsOfAMachineWhoseServerGroupSomebodyDeletedUntilAnotherOneIsMadeInTheNewGroup() {
        works.untilReady(DOCUMENT);
        works.standCluster(Set.of());
        var key = Keys.serverGroup("workers", "soft-anti-affinity");
        var machine = agent();
        byHand.delete(ByHand.COMPUTE + "/os-server-groups/" + id(key));

        works.untilInfrastructure(
                status -> tells("delete machine " + machine.name() + ", which is not in server group orrery-demo-"));

        assertThat(works.slots()).contains(machine);
        byHand.delete(ByHand.COMPUTE + "/servers/" + machine.serverId().orElseThrow());
        works.untilInfrastructure(status -> agent().state() == Slot.State.RETIRING);
        works.standCluster(Set.of(machine.name()));
        works.untilInfrastructure(status -> status.phase() == Phase.READY);
        assertThat(byHand.get(ByHand.COMPUTE + "/os-server-groups/" + id(key))
                        .at("/server_group/members/0")
                        .asText())
                .isEqualTo(agent().serverId().orElseThrow());
    }

    private Slot agent() {
        return works.slots().stream()
                .filter(slot -> slot.pool().equals("workers"))
                .findFirst()
                .orElseThrow();
    }

    private boolean tells(String words) {
        return works.infrastructure().orElseThrow().conditions().stream()
                .anyMatch(condition ->
                        condition.type().equals("Drift") && condition.message().contains(words));
    }

    private String id(String key) {
        return works.infrastructure().orElseThrow().resources().stream()
                .filter(line -> line.key().equals(key) && line.state() == Resource.State.PRESENT)
                .findFirst()
                .flatMap(Resource::id)
                .orElseThrow();
    }
}
