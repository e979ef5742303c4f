package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Phase;
import io.orrery.contracts.Slot;
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
        works.slots().stream()
                .filter(slot -> slot.role() == Slot.Role.AGENT)
                .forEach(slot -> works.cloud.fail(slot.serverId().orElseThrow(), "power"));

        works.untilInfrastructure(status -> status.phase() == Phase.DEGRADED);
        works.pass();

        assertThat(works.slots()).extracting(Slot::name).containsExactlyElementsOf(before);
        assertThat(works.infrastructure().orElseThrow().conditions())
                .anyMatch(condition -> condition.reason().equals("MassChange"));
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
        return works.slots().stream()
                .filter(slot -> slot.role() == Slot.Role.AGENT)
                .findFirst()
                .orElseThrow();
    }

    private List<String> in(Slot.State state) {
        return works.slots().stream()
                .filter(slot -> slot.state() == state)
                .map(Slot::name)
                .toList();
    }
}
