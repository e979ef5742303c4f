package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Phase;
import io.orrery.contracts.Slot;
import io.orrery.sandbox.openstack.faults.Fate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Machines that come, go, and are lost. */
class ScalingTest {

    private final Works works = new Works();

    @BeforeEach
    void stand() {
        works.untilReady();
        works.standCluster(Set.of());
    }

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void addsMachinesToAPool() {
        works.wish(Works.DOCUMENT.replace("agent, count: 2", "agent, count: 4"));

        works.until(() -> works.slots().size() == 7);
        works.untilInfrastructure(status -> status.phase() == Phase.READY);

        assertThat(works.cloud.inventory().of("server")).hasSize(7);
    }

    @Test
    void deletesAMachineOnlyWhenItsNodeIsReleased() {
        works.wish(Works.DOCUMENT.replace("agent, count: 2", "agent, count: 1"));
        works.until(() -> in(Slot.State.RETIRING).size() == 1);
        var retiring = in(Slot.State.RETIRING).getFirst();
        works.pass();
        assertThat(works.cloud.inventory().names("server")).contains(retiring);

        works.standCluster(Set.of(retiring));
        works.until(() -> works.slots().size() == 4);

        assertThat(works.cloud.inventory().names("server")).hasSize(4).doesNotContain(retiring);
        assertThat(works.cloud.inventory().names("port")).noneMatch(port -> port.startsWith(retiring));
    }

    @Test
    void takesServersAwayOneAtATime() {
        works.wish(Works.DOCUMENT.replace("server, count: 3", "server, count: 1"));

        works.until(() -> in(Slot.State.RETIRING).size() == 1);
        works.pass();

        assertThat(in(Slot.State.RETIRING)).hasSize(1);
        works.standCluster(Set.copyOf(in(Slot.State.RETIRING)));
        works.until(() -> works.slots().size() == 4 && in(Slot.State.RETIRING).size() == 1);
    }

    @Test
    void replacesAMachineThatIsInErrorUnderANewName() {
        var lost = anAgent();
        works.cloud.fail(lost.serverId().orElseThrow(), "the hypervisor caught fire");
        works.until(() -> in(Slot.State.RETIRING).contains(lost.name()));
        assertThat(works.infrastructure().orElseThrow().conditions().toString()).contains("the hypervisor caught fire");

        works.standCluster(Set.of(lost.name()));
        works.until(() -> works.slots().size() == 5
                && works.slots().stream().allMatch(slot -> slot.state() == Slot.State.ACTIVE));

        assertThat(works.slots()).extracting(Slot::name).doesNotContain(lost.name());
    }

    @Test
    void replacesAMachineThatVanishedOnceItWasAskedForTwice() {
        var lost = anAgent();
        works.cloud.vanish(lost.serverId().orElseThrow());

        works.pass();
        assertThat(works.slots()).contains(lost);
        works.until(() -> in(Slot.State.RETIRING).contains(lost.name()));
        works.standCluster(Set.of(lost.name()));

        works.until(() -> works.slots().size() == 5
                && works.slots().stream().allMatch(slot -> slot.state() == Slot.State.ACTIVE));
        assertThat(works.slots()).extracting(Slot::name).doesNotContain(lost.name());
    }

    @Test
    void replacesNothingWhenManyMachinesFailAtOnce() {
        var before = works.slots().stream().map(Slot::name).toList();
        failAgents();

        works.untilInfrastructure(status -> status.phase() == Phase.DEGRADED);
        works.pass();

        assertThat(works.slots()).extracting(Slot::name).containsExactlyElementsOf(before);
        assertThat(works.infrastructure().orElseThrow().conditions())
                .anyMatch(condition -> condition.reason().equals("MassChange"));
    }

    @Test
    void replacesWhatFailedTogetherOnceAPersonHasWrittenItOff() {
        failAgents();
        works.untilInfrastructure(status -> status.phase() == Phase.DEGRADED);
        var lost = in(Slot.State.FAILED);
        assertThat(lost).hasSize(2);

        works.writeOff(Set.copyOf(lost));
        works.restart();
        works.until(() -> in(Slot.State.RETIRING).containsAll(lost));
        works.standCluster(Set.copyOf(lost));
        works.untilInfrastructure(status -> status.phase() == Phase.READY);

        assertThat(works.slots()).hasSize(5).extracting(Slot::name).doesNotContainAnyElementsOf(lost);
    }

    @Test
    void goesOnByItselfWhenMachinesThatFailedTogetherAreBack() {
        var before = works.slots().stream().map(Slot::name).toList();
        agents().forEach(slot -> works.cloud.shutoff(slot.serverId().orElseThrow()));
        works.untilInfrastructure(status -> status.phase() == Phase.DEGRADED);

        var byHand = works.byHand();
        agents().forEach(slot -> byHand.post(
                ByHand.COMPUTE + "/servers/" + slot.serverId().orElseThrow() + "/action", "{\"os-start\": null}"));
        works.untilInfrastructure(status -> status.phase() == Phase.READY);

        assertThat(works.slots()).extracting(Slot::name).isEqualTo(before);
    }

    @Test
    void takesManyMachinesThatVanishForAMassChange() {
        var before = works.slots().stream().map(Slot::name).toList();
        agents().forEach(slot -> works.cloud.vanish(slot.serverId().orElseThrow()));

        works.untilInfrastructure(status -> status.conditions().stream()
                .anyMatch(condition -> condition.reason().equals("MassChange")));
        works.pass();

        assertThat(works.slots()).extracting(Slot::name).isEqualTo(before);
    }

    @Test
    void remembersAcrossARestartHowManyMachinesItHasReplacedWithinTheHour() {
        works.wish(Works.DOCUMENT + "  policy: {replacementsPerHour: 1}\n");
        works.untilInfrastructure(status -> status.phase() == Phase.READY && status.observedGeneration() == 2);
        var first = anAgent();
        works.cloud.fail(first.serverId().orElseThrow(), "power");
        works.until(() -> in(Slot.State.RETIRING).contains(first.name()));
        works.standCluster(Set.of(first.name()));
        works.untilInfrastructure(status -> status.phase() == Phase.READY);

        works.restart();
        var second = anAgent();
        works.cloud.fail(second.serverId().orElseThrow(), "power");
        works.untilInfrastructure(status -> status.conditions().stream()
                .anyMatch(condition -> condition.reason().equals("ReplacementBudgetSpent")));
        assertThat(in(Slot.State.FAILED)).containsExactly(second.name());

        works.clock.advance(Duration.ofMinutes(61));
        works.until(() -> in(Slot.State.RETIRING).contains(second.name()));
    }

    @Test
    void replacesAMachineThatHangsInBuild() {
        works.cloud.faults().add(new Fate("workers", 1, Fate.End.BUILD, null, null));
        works.wish(Works.DOCUMENT.replace("agent, count: 2", "agent, count: 3"));
        works.until(() -> in(Slot.State.BUILDING).size() == 1);
        var stuck = in(Slot.State.BUILDING).getFirst();

        works.clock.advance(Duration.ofMinutes(16));
        works.until(() -> in(Slot.State.RETIRING).contains(stuck));
        works.standCluster(Set.of(stuck));
        works.until(() -> works.slots().size() == 6
                && works.slots().stream().allMatch(slot -> slot.state() == Slot.State.ACTIVE));

        assertThat(works.cloud.inventory().names("server")).hasSize(6).doesNotContain(stuck);
    }

    @Test
    void rollsMachinesWhoseFlavorChangesOneBehindTheOtherAlsoWithRestartsInBetween() {
        var before = agents().stream().map(Slot::name).toList();
        works.wish(Works.DOCUMENT.replace("agent, count: 2, flavor: eo1.large", "agent, count: 2, flavor: eo2.xlarge"));

        var interrupted = new HashSet<Set<String>>();
        works.until(() -> {
            var leaving = leaving();
            works.standCluster(leaving);
            if (interrupted.add(leaving)) {
                works.restart();
            }
            assertThat(agents().stream().filter(slot -> slot.state() == Slot.State.ACTIVE))
                    .hasSizeGreaterThanOrEqualTo(2);
            return agents().stream().noneMatch(slot -> before.contains(slot.name()))
                    && works.infrastructure().orElseThrow().phase() == Phase.READY;
        });

        assertThat(flavors()).containsExactly("eo1.large", "eo1.large", "eo1.large", "eo2.xlarge", "eo2.xlarge");
    }

    @Test
    void rollsServersSoThatThreeAreAlwaysReady() {
        var before = works.slots().stream().map(Slot::name).toList();
        works.wish(
                Works.DOCUMENT.replace("server, count: 3, flavor: eo1.large", "server, count: 3, flavor: eo2.large"));

        works.until(() -> {
            works.standCluster(leaving());
            assertThat(works.slots().stream()
                            .filter(slot -> slot.role() == Slot.Role.SERVER && slot.state() == Slot.State.ACTIVE))
                    .hasSizeGreaterThanOrEqualTo(3);
            return works.slots().stream()
                            .noneMatch(slot -> slot.role() == Slot.Role.SERVER && before.contains(slot.name()))
                    && works.infrastructure().orElseThrow().phase() == Phase.READY;
        });

        assertThat(flavors()).containsExactly("eo1.large", "eo1.large", "eo2.large", "eo2.large", "eo2.large");
    }

    @Test
    void takesAServerGroupAwayOnceNoMachineIsInItAnyMore() {
        works.wish(Works.DOCUMENT.replace(
                "agent, count: 2, flavor: eo1.large", "agent, count: 2, flavor: eo1.large, spread: anti-affinity"));

        works.until(() -> {
            works.standCluster(leaving());
            return works.infrastructure().orElseThrow().phase() == Phase.READY
                    && works.cloud.inventory().of("server-group").size() == 2;
        });

        assertThat(works.cloud.inventory().names("server-group"))
                .anyMatch(name -> name.endsWith("workers.anti-affinity"))
                .noneMatch(name -> name.endsWith("workers.soft-anti-affinity"));
    }

    @Test
    void repairsNothingWhileThePlatformIsPaused() {
        var lost = anAgent();
        works.pause(true);
        works.cloud.fail(lost.serverId().orElseThrow(), "power");

        works.until(() -> in(Slot.State.FAILED).contains(lost.name()));
        works.pass();

        assertThat(works.slots()).hasSize(5);
        works.pause(false);
        works.until(() -> in(Slot.State.RETIRING).contains(lost.name()));
    }

    @Test
    void startsAfreshWithANewIncarnationWhenTheSecretsAreVoid() {
        var before = works.slots().stream().map(Slot::name).collect(Collectors.toSet());

        works.prepareBootstrap(2);
        works.until(() -> works.slots().size() == 5
                && works.slots().stream()
                        .allMatch(slot -> slot.incarnation() == 2 && slot.state() == Slot.State.PLANNED));
        works.pass();
        assertThat(in(Slot.State.PLANNED))
                .as("nobody boots without the one to join")
                .hasSize(5);

        works.prepareBootstrap(2);
        works.until(() -> works.slots().size() == 5
                && works.slots().stream()
                        .allMatch(slot -> slot.incarnation() == 2 && slot.state() == Slot.State.ACTIVE));

        assertThat(works.slots()).extracting(Slot::name).doesNotContainAnyElementsOf(before);
        assertThat(works.cloud.inventory().of("server")).hasSize(5);
    }

    @Test
    void makesNoMachineWithSecretsThatAreAboutToBeVoid() {
        found(2);
        var init = works.slots().stream().filter(Slot::init).findFirst().orElseThrow();
        var before = works.cloud.inventory().names("server");

        works.cloud.fail(init.serverId().orElseThrow(), "the hypervisor caught fire");
        works.until(() -> works.slots().stream().noneMatch(slot -> slot.name().equals(init.name())));

        assertThat(in(Slot.State.PLANNED)).hasSize(1);
        assertThat(works.cloud.inventory().names("server")).hasSize(4).isSubsetOf(before);
        found(3);
        assertThat(works.cloud.inventory().names("server")).doesNotContainAnyElementsOf(before);
    }

    /** New secrets first, and their first machine once there is a slot that has not booted. */
    private void found(int incarnation) {
        works.prepareBootstrap(incarnation);
        works.until(() -> works.slots().size() == 5
                && works.slots().stream().allMatch(slot -> slot.incarnation() == incarnation));
        works.prepareBootstrap(incarnation);
        works.until(() -> works.slots().size() == 5
                && works.slots().stream()
                        .allMatch(slot -> slot.incarnation() == incarnation && slot.state() == Slot.State.ACTIVE));
    }

    private Slot anAgent() {
        return agents().getFirst();
    }

    private List<Slot> agents() {
        return works.slots().stream()
                .filter(slot -> slot.role() == Slot.Role.AGENT)
                .toList();
    }

    private void failAgents() {
        agents().forEach(slot -> works.cloud.fail(slot.serverId().orElseThrow(), "power"));
    }

    /** What Kubernetes has let go of, as it does at once here. */
    private Set<String> leaving() {
        return works.slots().stream()
                .filter(slot -> slot.state() == Slot.State.RETIRING || slot.state() == Slot.State.DELETING)
                .map(Slot::name)
                .collect(Collectors.toSet());
    }

    private List<String> flavors() {
        var byHand = works.byHand();
        return byHand.get(ByHand.COMPUTE + "/servers/detail").findValues("flavor").stream()
                .map(flavor -> flavor.path("original_name").asText())
                .sorted()
                .toList();
    }

    private List<String> in(Slot.State state) {
        return works.slots().stream()
                .filter(slot -> slot.state() == state)
                .map(Slot::name)
                .toList();
    }
}
