package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Phase;
import io.orrery.contracts.platform.ChangeClass;
import io.orrery.provisioner.plan.Obstacle;
import io.orrery.provisioner.reconcile.Preview.Line;
import io.orrery.provisioner.reconcile.Preview.Plan;
import io.orrery.provisioner.reconcile.Preview.Use;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A plan says what will be done, and does nothing. */
class PreviewTest {

    private final Works works = new Works();

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void saysEveryStepInItsOrder() {
        var plan = works.preview(Works.DOCUMENT);

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.steps()).allMatch(line -> line.changeClass() == ChangeClass.LIVE);
        var steps = words(plan);
        assertThat(steps).noneMatch(step -> step.contains("imagined"));
        assertThat(index(steps, "create network ")).isLessThan(index(steps, "create subnet "));
        assertThat(index(steps, "create subnet ")).isLessThan(index(steps, "create router interface "));
        assertThat(index(steps, "create router interface ")).isLessThan(index(steps, "create floating ip "));
        assertThat(index(steps, "create port ")).isLessThan(index(steps, "create server orrery-"));
        assertThat(steps)
                .filteredOn(step -> step.startsWith("create server orrery-"))
                .hasSize(5);
        assertThat(works.ours()).isEmpty();
    }

    @Test
    void saysHowMuchTheProjectHasBeforeAndAfter() {
        var plan = works.preview(Works.DOCUMENT);

        assertThat(plan.quota())
                .contains(
                        new Use("instances", 0, 5, Optional.of(20L)),
                        new Use("cores", 0, 10, Optional.of(80L)),
                        new Use("MiB of RAM", 0, 40_960, Optional.of(409_600L)),
                        new Use("floating IPs", 0, 1, Optional.of(50L)),
                        new Use("security groups", 1, 3, Optional.of(10L)));
    }

    @Test
    void doesAfterwardsWhatItHasSaid() {
        var plan = works.preview(Works.DOCUMENT);
        var creates =
                words(plan).stream().filter(step -> step.startsWith("create ")).count();

        works.untilReady();

        assertThat(works.infrastructure().orElseThrow().resources()).hasSize((int) creates);
        assertThat(works.preview(Works.DOCUMENT).quota()).isEmpty();
    }

    @Test
    void hasNothingToSayOfAPlatformThatIsAsItsDocumentWants() {
        works.untilReady();

        var plan = works.preview(Works.DOCUMENT);

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.changeClass()).isEmpty();
    }

    @Test
    void saysWhichMachinesGoAndWhatTheyGiveBack() {
        works.untilReady();
        works.standCluster(Set.of());

        var plan = works.preview(Works.DOCUMENT.replace("agent, count: 2", "agent, count: 1"));

        assertThat(plan.changeClass()).contains(ChangeClass.LIVE);
        assertThat(words(plan))
                .filteredOn(step -> step.startsWith("delete server "))
                .hasSize(1);
        assertThat(plan.steps()).allMatch(line -> line.changeClass() == ChangeClass.LIVE);
        assertThat(plan.quota()).contains(new Use("instances", 5, 4, Optional.of(20L)));
    }

    @Test
    void saysThatEachMachineOfAPoolIsReplacedWhoseFlavorChanges() {
        works.untilReady();
        works.standCluster(Set.of());

        var plan = works.preview(
                Works.DOCUMENT.replace("agent, count: 2, flavor: eo1.large", "agent, count: 2, flavor: eo2.xlarge"));

        assertThat(plan.changeClass()).contains(ChangeClass.ROLL);
        assertThat(plan.steps())
                .filteredOn(line -> line.step().contains("server orrery-"))
                .extracting(Line::changeClass)
                .containsOnly(ChangeClass.ROLL);
        assertThat(words(plan))
                .filteredOn(step -> step.startsWith("create server orrery-"))
                .hasSize(2);
        assertThat(words(plan))
                .filteredOn(step -> step.startsWith("delete server orrery-"))
                .hasSize(2);
        assertThat(plan.quota()).contains(new Use("cores", 10, 14, Optional.of(80L)));
        assertThat(plan.quota()).contains(new Use("instances", 5, 5, Optional.of(20L)));
    }

    @Test
    void needsRoomForOneMachineMoreWhileMachinesAreReplaced() {
        works.untilReady();
        works.standCluster(Set.of());
        var rolled = Works.DOCUMENT.replace("agent, count: 2, flavor: eo1.large", "agent, count: 2, flavor: eo2.large");
        works.cloud.quota("compute", "instances", 6);
        assertThat(works.preview(rolled).problems()).isEmpty();

        works.cloud.quota("compute", "instances", 5);

        assertThat(works.preview(rolled).problems())
                .containsExactly(new Obstacle("QuotaShort", "instances: 1 more wanted, 0 free of 5: 1 short"));
    }

    @Test
    void saysWhatStandsInTheWay() {
        works.cloud.quota("network", "router", 0);

        var plan = works.preview(Works.DOCUMENT.replace("server, count: 3", "server, count: 5"));

        assertThat(plan.problems())
                .containsExactly(new Obstacle("QuotaShort", "routers: 1 more wanted, 0 free of 0: 1 short"));
        assertThat(plan.quota()).contains(new Use("routers", 0, 1, Optional.of(0L)));
        assertThat(plan.steps()).isNotEmpty();
    }

    @Test
    void saysWhatCannotBeChanged() {
        works.untilReady();

        var plan = works.preview(Works.DOCUMENT.replace("attach: [eodata]", "attach: [eodata], cidr: 10.99.0.0/24"));

        assertThat(plan.changeClass()).contains(ChangeClass.REFUSED);
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.problems()).extracting(Obstacle::reason).containsExactly("ChangeRefused");
        assertThat(plan.problems().getFirst().message()).startsWith("spec.network.cidr cannot be changed");
    }

    @Test
    void saysThatThePlatformIsOnItsWayOut() {
        works.untilReady();
        works.wishRemoval();

        assertThat(works.preview(Works.DOCUMENT).problems())
                .extracting(Obstacle::reason)
                .containsExactly("BeingRemoved");
        assertThat(works.infrastructure().orElseThrow().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void saysThatTheCloudIsNotThere() {
        works.cloud.faults().down("compute");

        var plan = works.preview(Works.DOCUMENT);

        assertThat(plan.problems()).hasSize(1);
        assertThat(plan.steps()).isEmpty();
    }

    private static List<String> words(Plan plan) {
        return plan.steps().stream().map(Line::step).toList();
    }

    private static int index(List<String> steps, String beginning) {
        var found = steps.stream().filter(step -> step.startsWith(beginning)).findFirst();
        assertThat(found).as(beginning).isPresent();
        return steps.indexOf(found.get());
    }
}
