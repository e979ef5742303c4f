package io.orrery.cluster.reconcile;

import static io.orrery.cluster.Samples.NOON;
import static io.orrery.cluster.Samples.agent;
import static io.orrery.cluster.Samples.ofIncarnation;
import static io.orrery.cluster.Samples.server;
import static io.orrery.cluster.reconcile.Bench.SETTINGS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.cluster.Samples;
import io.orrery.cluster.model.ClusterNode.Member;
import io.orrery.cluster.plan.Conditions;
import io.orrery.cluster.plan.Step;
import io.orrery.contracts.Activity;
import io.orrery.contracts.ClusterStatus.Node;
import io.orrery.contracts.ClusterStatus.Rejection;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.contracts.Slot.Role;
import io.orrery.contracts.Slot.State;
import io.orrery.reconciler.loop.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterReconcilerTest {

    private Bench bench;

    @BeforeEach
    void bench(@TempDir Path folder) throws Exception {
        bench = Bench.in(folder);
    }

    @Test
    void waitsForTheFoundationAndSaysSo() {
        bench.tell(Samples.platform());

        assertThat(bench.pass()).isEqualTo(new Outcome.Waiting("infrastructure"));

        assertThat(bench.status().phase()).isEqualTo(Phase.WAITING);
        assertThat(bench.condition(Conditions.FOUNDATION_READY).status()).isEqualTo(Condition.Status.FALSE);
    }

    @Test
    void preparesTheMachinesBeforeThereAreAny() {
        bench.tell(Samples.platform());
        bench.slots(Bench.five(State.PLANNED));

        bench.pass();

        var bootstrap = bench.status().bootstrap().orElseThrow();
        assertThat(bench.status().phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(bootstrap.incarnation()).isEqualTo(1);
        assertThat(bootstrap.initSlot()).contains("s1");
        assertThat(new String(bench.opened(bootstrap.init().orElseThrow()), UTF_8))
                .startsWith("#cloud-config\n");
        assertThat(bench.status().access()).isEmpty();
        assertThat(bench.cluster.opened).isEmpty();
    }

    @Test
    void keepsTheSecretsFromPassToPass() {
        bench.tell(Samples.platform());
        bench.slots(Bench.five(State.PLANNED));
        bench.settle();
        var first = bench.status().bootstrap();
        var told = bench.told.get();

        bench.clock.advance(Duration.ofMinutes(1));
        bench.pass();

        assertThat(bench.status().bootstrap()).isEqualTo(first);
        assertThat(bench.told.get()).isEqualTo(told);
    }

    @Test
    void isReadyWhenEveryMachineIsANodeThatIsReady() {
        bench.standing();

        assertThat(bench.status().phase()).isEqualTo(Phase.READY);
        assertThat(bench.status().nodes()).extracting(Node::name).containsExactly("a1", "a2", "s1", "s2", "s3");
        assertThat(bench.status().access().orElseThrow().apiServer()).hasToString("https://127.64.0.7:6443");
        assertThat(bench.pass()).isEqualTo(new Outcome.Converged());
    }

    @Test
    void isNotReadyBeforeServersAreAMajorityAndSomethingCanRun() {
        bench.tell(Samples.platform());
        bench.slots(Bench.five(State.PLANNED));
        bench.settle();
        bench.slots(
                server("s1", State.ACTIVE),
                server("s2", State.BUILDING),
                server("s3", State.BUILDING),
                agent("a1", State.BUILDING),
                agent("a2", State.BUILDING));
        bench.cluster.joins("s1", Role.SERVER);
        bench.settle();
        assertThat(bench.status().phase()).isEqualTo(Phase.PROGRESSING);

        bench.slots(
                server("s1", State.ACTIVE),
                server("s2", State.ACTIVE),
                server("s3", State.BUILDING),
                agent("a1", State.BUILDING),
                agent("a2", State.BUILDING));
        bench.cluster.joins("s2", Role.SERVER);
        bench.settle();
        assertThat(bench.status().phase()).isEqualTo(Phase.PROGRESSING);

        bench.slots(
                server("s1", State.ACTIVE),
                server("s2", State.ACTIVE),
                server("s3", State.BUILDING),
                agent("a1", State.ACTIVE),
                agent("a2", State.BUILDING));
        bench.cluster.joins("a1", Role.AGENT);
        bench.settle();
        assertThat(bench.status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void theFirstServersUserDataIsGoneOnceTheClusterIsReady() {
        bench.standing();

        var bootstrap = bench.status().bootstrap().orElseThrow();
        assertThat(bootstrap.init()).isEmpty();
        assertThat(bootstrap.initSlot()).isEmpty();
        assertThat(bootstrap.incarnation()).isEqualTo(1);
    }

    @Test
    void beginsAnewWithOtherSecretsWhenTheFirstServerIsLostBeforeTheClusterWasReady() {
        bench.tell(Samples.platform());
        bench.slots(Bench.five(State.PLANNED));
        bench.settle();
        var former = bench.status().bootstrap().orElseThrow();

        bench.slots(server("s1", State.FAILED), server("s2", State.ACTIVE), server("s4", State.PLANNED));
        bench.settle();

        var bootstrap = bench.status().bootstrap().orElseThrow();
        assertThat(bootstrap.incarnation()).isEqualTo(2);
        assertThat(bootstrap.initSlot()).contains("s4");
        assertThat(bootstrap.keys().digest()).isNotEqualTo(former.keys().digest());
        assertThat(bootstrap.agent().digest()).isNotEqualTo(former.agent().digest());
    }

    @Test
    void machinesOfAFormerIncarnationAreReleasedAtOnce() {
        bench.tell(Samples.platform());
        bench.slots(Bench.five(State.PLANNED));
        bench.settle();
        bench.slots(server("s1", State.FAILED), server("s4", State.PLANNED));
        bench.settle();

        bench.slots(ofIncarnation(1, server("s2", State.RETIRING)), ofIncarnation(2, server("s4", State.BUILDING)));
        bench.settle();

        assertThat(bench.status().released()).containsExactly("s2");
    }

    @Test
    void nothingIsBegunAnewAfterTheClusterWasReady() {
        bench.standing();

        bench.slots(server("s1", State.FAILED), server("s2", State.FAILED), server("s3", State.FAILED));
        bench.cluster.silent = true;
        bench.settle();

        assertThat(bench.status().bootstrap().orElseThrow().incarnation()).isEqualTo(1);
        assertThat(bench.status().phase()).isEqualTo(Phase.DEGRADED);
    }

    @Test
    void whatIsToldOfTheCloudAboutALaterDocumentIsNotActedOn() {
        bench.standing();
        bench.tell(Samples.ofGeneration(2, Samples.infrastructure(agent("a1", State.RETIRING))));
        var told = bench.told.get();

        assertThat(bench.pass()).isEqualTo(new Outcome.Waiting("infrastructure"));

        assertThat(bench.told.get()).isEqualTo(told);
        assertThat(bench.status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void aSilentApiServerLeavesTheNodesAsTheyWereSeenLast() {
        bench.standing();
        bench.cluster.silent = true;

        assertThat(bench.pass()).isInstanceOf(Outcome.Unreachable.class);

        assertThat(bench.status().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(bench.status().nodes()).hasSize(5);
        assertThat(bench.status().access()).isPresent();
        assertThat(bench.condition(Conditions.API_REACHABLE).message()).contains("Connection refused");

        bench.cluster.silent = false;
        bench.settle();
        assertThat(bench.status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void isDegradedWhileANodeIsNotWellAndNamesIt() {
        bench.standing();
        bench.cluster.change("a2", InMemoryCluster.ready(false));

        bench.settle();

        assertThat(bench.status().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(bench.condition(Conditions.NODES_READY).message()).contains("4 of 5", "a2");
    }

    @Test
    void staysReadyWhileFurtherMachinesJoin() {
        bench.standing();

        bench.slots(
                server("s1", State.ACTIVE),
                server("s2", State.ACTIVE),
                server("s3", State.ACTIVE),
                agent("a1", State.ACTIVE),
                agent("a2", State.ACTIVE),
                agent("a3", State.ACTIVE));
        bench.settle();

        assertThat(bench.status().phase()).isEqualTo(Phase.READY);
        assertThat(bench.condition("Joined:a3").status()).isEqualTo(Condition.Status.FALSE);
    }

    @Test
    void aMachineThatDoesNotJoinInTimeIsRejected() {
        bench.standing();
        bench.slots(server("s1", State.ACTIVE), server("s2", State.ACTIVE), agent("a3", State.ACTIVE));
        bench.settle();

        bench.clock.advance(SETTINGS.joinDeadline().minusSeconds(1));
        bench.settle();
        assertThat(bench.status().rejected()).isEmpty();

        bench.clock.advance(Duration.ofSeconds(1));
        bench.settle();
        assertThat(bench.status().rejected()).containsExactly(new Rejection("a3", "did not join within 15 minutes"));

        bench.cluster.joins("a3", Role.AGENT);
        bench.settle();
        assertThat(bench.status().rejected()).isEmpty();
    }

    @Test
    void onlyTheFirstServerIsRejectedWhileNobodyAnswers() {
        bench.tell(Samples.platform());
        bench.slots(Bench.five(State.PLANNED));
        bench.settle();
        bench.slots(Bench.five(State.ACTIVE));
        bench.settle();

        bench.clock.advance(SETTINGS.joinDeadline());
        bench.settle();

        assertThat(bench.status().rejected()).extracting(Rejection::slot).containsExactly("s1");
    }

    @Test
    void machinesHaveTheWholeDeadlineFromTheFirstAnswerOn() {
        bench.tell(Samples.platform());
        bench.slots(Bench.five(State.PLANNED));
        bench.settle();
        bench.slots(Bench.five(State.ACTIVE));
        bench.settle();
        bench.clock.advance(SETTINGS.joinDeadline().minusSeconds(1));
        bench.cluster.joins("s1", Role.SERVER);
        bench.settle();

        bench.clock.advance(Duration.ofMinutes(1));
        bench.settle();
        assertThat(bench.status().rejected()).isEmpty();
    }

    @Test
    void nodesAreDressedAsTheirPoolsWant() {
        bench.tell(Samples.platform(Samples.document(
                Map.of(),
                Map.of(
                        "name", "workers",
                        "role", "agent",
                        "count", 2,
                        "flavor", "eo2.xlarge",
                        "labels", Map.of("disk", "fast")))));
        bench.slots(Bench.five(State.PLANNED));
        bench.settle();
        bench.slots(Bench.five(State.ACTIVE));
        bench.cluster.joins("a1", Role.AGENT);
        bench.settle();

        assertThat(bench.cluster.nodes.get("a1").dressing().labels())
                .containsExactlyInAnyOrderEntriesOf(Map.of("disk", "fast", "orrery.io/pool", "workers"));
    }

    @Test
    void aRetiringAgentIsEmptiedAndForgottenBeforeItIsReleased() {
        bench.standing();
        bench.cluster.change("a2", InMemoryCluster.withPods(3));
        bench.cluster.holdsOn = true;

        retireAgent2();
        bench.passes(10);

        assertThat(bench.status().released()).isEmpty();
        assertThat(bench.condition(Conditions.NODES_DRAINED).message()).contains("a2", "3 pods");
        assertThat(bench.cluster.nodes).containsKey("a2");

        bench.cluster.holdsOn = false;
        bench.settle();
        assertThat(bench.status().released()).containsExactly("a2");
        assertThat(bench.cluster.nodes).doesNotContainKey("a2");
        assertThat(bench.status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void podsThatWillNotGoDoNotHoldUpTheirNodeForEver() {
        bench.standing();
        bench.cluster.change("a2", InMemoryCluster.withPods(1));
        bench.cluster.holdsOn = true;
        retireAgent2();
        bench.passes(10);

        bench.clock.advance(SETTINGS.drainDeadline());
        bench.settle();

        assertThat(bench.status().released()).containsExactly("a2");
    }

    @Test
    void aSlotThatIsGoneLeavesTheReleased() {
        bench.standing();
        retireAgent2();
        bench.settle();

        bench.slots(
                server("s1", State.ACTIVE),
                server("s2", State.ACTIVE),
                server("s3", State.ACTIVE),
                agent("a1", State.ACTIVE));
        bench.settle();

        assertThat(bench.status().released()).isEmpty();
    }

    @Test
    void aServerIsReleasedOnlyAfterRke2HasTakenItOutOfEtcd() {
        bench.standing();
        bench.slots(server("s1", State.ACTIVE), server("s2", State.ACTIVE), server("s3", State.RETIRING));
        bench.settle();

        assertThat(bench.cluster.nodes.get("s3").member()).isEqualTo(Member.LEAVING);
        assertThat(bench.status().released()).isEmpty();

        bench.cluster.change("s3", InMemoryCluster.as(Member.LEFT));
        bench.settle();
        assertThat(bench.status().released()).containsExactly("s3");
    }

    @Test
    void writesDownEveryStep() {
        bench.standing();
        bench.journal.clear();
        retireAgent2();
        bench.settle();

        assertThat(bench.journal).extracting(Activity::step).containsExactly("cordon node", "delete node");
        assertThat(bench.journal).allSatisfy(activity -> {
            assertThat(activity.resourceId()).contains("a2");
            assertThat(activity.result()).isEqualTo(Activity.Result.DONE);
        });
    }

    @Test
    void aPausedPlatformIsOnlyLookedAt() {
        bench.standing();
        bench.tell(Samples.paused(Samples.platform()));
        retireAgent2();
        bench.cluster.done.clear();
        bench.cluster.change("a1", InMemoryCluster.ready(false));

        bench.settle();

        assertThat(bench.cluster.done).isEmpty();
        assertThat(bench.status().phase()).isEqualTo(Phase.DEGRADED);
    }

    @Test
    void aPausedPlatformIsNotFounded() {
        bench.tell(Samples.paused(Samples.platform()));
        bench.slots(Bench.five(State.PLANNED));

        assertThat(bench.pass()).isInstanceOf(Outcome.Waiting.class);
        assertThat(bench.told.get()).isZero();
    }

    @Test
    void theKubeconfigIsToldAgainAtHalfItsLife() {
        bench.standing();
        var first = bench.status().access().orElseThrow();
        assertThat(first.expires()).isEqualTo(NOON.plus(SETTINGS.kubeconfigLife()));

        bench.clock.advance(SETTINGS.kubeconfigLife().dividedBy(2).minusSeconds(1));
        bench.settle();
        assertThat(bench.status().access()).contains(first);

        bench.clock.advance(Duration.ofSeconds(1));
        bench.settle();
        var second = bench.status().access().orElseThrow();
        assertThat(second.expires()).isEqualTo(bench.clock.instant().plus(SETTINGS.kubeconfigLife()));
        assertThat(second.kubeconfig().digest()).isNotEqualTo(first.kubeconfig().digest());
    }

    @Test
    void aChangedDocumentReachesMachinesThatComeLater() {
        bench.standing();
        var former = bench.status().bootstrap().orElseThrow();
        var newer = Samples.document(Map.of("version", "v1.36.1+rke2r1"), Samples.workers());

        bench.tell(Samples.platform(newer));
        bench.settle();

        var bootstrap = bench.status().bootstrap().orElseThrow();
        assertThat(new String(bench.opened(bootstrap.agent()), UTF_8)).contains("v1.36.1+rke2r1");
        assertThat(bootstrap.keys().digest()).isEqualTo(former.keys().digest());
        assertThat(bootstrap.init()).isEmpty();
    }

    @Test
    void classicRkeIsToldToBeMissing() {
        bench.tell(Samples.platform(
                Samples.document(Map.of("distribution", "rke", "version", "v1.30.9-rancher1-1"), Samples.workers())));
        bench.slots(Bench.five(State.PLANNED));

        bench.pass();

        assertThat(bench.status().phase()).isEqualTo(Phase.FAILED);
        assertThat(bench.status().bootstrap()).isEmpty();
    }

    @Test
    void nothingSecretIsToldInTheClear() {
        bench.standing();

        assertThat(bench.status().toString()).doesNotContain("PRIVATE", "token", "client-key-data");
        assertThat(Optional.of(bench.status().conditions().toString()))
                .hasValueSatisfying(text -> assertThat(text).doesNotContain("K10"));
    }

    @Test
    void aNodeWithoutAMachineIsForgotten() {
        bench.standing();
        bench.cluster.change("a2", InMemoryCluster.ready(false));
        bench.slots(
                server("s1", State.ACTIVE),
                server("s2", State.ACTIVE),
                server("s3", State.ACTIVE),
                agent("a1", State.ACTIVE),
                agent("a3", State.ACTIVE));
        bench.cluster.joins("a3", Role.AGENT);

        bench.settle();

        assertThat(bench.cluster.nodes).containsOnlyKeys("a1", "a3", "s1", "s2", "s3");
        assertThat(bench.cluster.done).contains(new Step.Delete("a2"));
    }

    private void retireAgent2() {
        bench.slots(
                server("s1", State.ACTIVE),
                server("s2", State.ACTIVE),
                server("s3", State.ACTIVE),
                agent("a1", State.ACTIVE),
                agent("a2", State.RETIRING));
    }
}
