package io.orrery.cluster.plan;

import static io.orrery.cluster.Samples.NOON;
import static io.orrery.cluster.Samples.agent;
import static io.orrery.cluster.Samples.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.cluster.model.ClusterNode;
import io.orrery.cluster.model.ClusterNode.Member;
import io.orrery.cluster.model.Dressing;
import io.orrery.cluster.model.Wish;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Slot.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final Duration DEADLINE = Duration.ofMinutes(10);
    private static final Optional<Instant> STARTED = Optional.of(NOON);

    private final Planner planner = new Planner(DEADLINE);

    @Test
    void nothingIsToBeDoneWithNodesThatAreAsTheyShouldBe() {
        assertThat(plan(
                        List.of(server("s1", State.ACTIVE), agent("a1", State.ACTIVE)),
                        List.of(member("s1"), worker("a1"))))
                .isEmpty();
    }

    @Test
    void aNodeGetsTheLabelsAndTaintsOfItsPool() {
        var dressing = new Dressing(Map.of("orrery.io/pool", "workers"), List.of("gpu:NoSchedule"));
        var wish = new Wish(1, List.of(agent("a1", State.ACTIVE)), Map.of("workers", dressing));

        assertThat(planner.plan(wish, List.of(worker("a1")), NOON)).containsExactly(new Step.Dress("a1", dressing));
    }

    @Test
    void aRetiringNodeIsCordonedThenEmptiedThenDeleted() {
        var slots = List.of(agent("a1", State.RETIRING));

        assertThat(plan(slots, List.of(worker("a1")))).containsExactly(new Step.Cordon("a1"));
        assertThat(plan(slots, List.of(draining(worker("a1"), 2)))).containsExactly(new Step.Evict("a1"));
        assertThat(plan(slots, List.of(draining(worker("a1"), 0)))).containsExactly(new Step.Delete("a1"));
        assertThat(plan(slots, List.of())).isEmpty();
    }

    @Test
    void podsThatHoldUpTheirNodeBeyondTheDeadlineGoWithIt() {
        var slots = List.of(agent("a1", State.RETIRING));
        var nodes = List.of(draining(worker("a1"), 1));
        var wish = new Wish(1, slots, Map.of());

        assertThat(planner.plan(wish, nodes, NOON.plus(DEADLINE).minusSeconds(1)))
                .containsExactly(new Step.Evict("a1"));
        assertThat(planner.plan(wish, nodes, NOON.plus(DEADLINE))).containsExactly(new Step.Delete("a1"));
    }

    @Test
    void podsOfANodeThatIsNotWellAreNotWaitedFor() {
        assertThat(plan(List.of(agent("a1", State.RETIRING)), List.of(unwell(draining(worker("a1"), 3)))))
                .containsExactly(new Step.Delete("a1"));
    }

    @Test
    void aServerLeavesEtcdBeforeItsNodeGoes() {
        var slots = List.of(server("s1", State.RETIRING), server("s2", State.ACTIVE), server("s3", State.ACTIVE));

        assertThat(plan(slots, List.of(draining(member("s1"), 0), member("s2"), member("s3"))))
                .containsExactly(new Step.LeaveEtcd("s1"));
        assertThat(plan(slots, List.of(as(Member.LEAVING, draining(member("s1"), 0)), member("s2"), member("s3"))))
                .isEmpty();
        assertThat(plan(slots, List.of(as(Member.LEFT, draining(member("s1"), 0)), member("s2"), member("s3"))))
                .containsExactly(new Step.Delete("s1"));
    }

    @Test
    void noServerLeavesWhileEtcdWouldLoseItsMajority() {
        var slots = List.of(server("s1", State.RETIRING), server("s2", State.ACTIVE), server("s3", State.ACTIVE));

        assertThat(plan(slots, List.of(draining(member("s1"), 0), unwell(member("s2")), member("s3"))))
                .isEmpty();
        assertThat(plan(slots, List.of(draining(member("s1"), 0), member("s2"), member("s3"))))
                .isNotEmpty();
    }

    @Test
    void aServerThatIsDeadAnywayLeavesWhileTheOthersAreWell() {
        var slots = List.of(server("s1", State.RETIRING), server("s2", State.ACTIVE), server("s3", State.ACTIVE));

        assertThat(plan(slots, List.of(unwell(draining(member("s1"), 0)), member("s2"), member("s3"))))
                .containsExactly(new Step.LeaveEtcd("s1"));
    }

    @Test
    void theLastMemberOfEtcdNeverLeaves() {
        assertThat(plan(List.of(server("s1", State.RETIRING)), List.of(draining(member("s1"), 0))))
                .isEmpty();
    }

    @Test
    void serversLeaveOneAtATime() {
        var slots = List.of(
                server("s1", State.RETIRING),
                server("s2", State.RETIRING),
                server("s3", State.ACTIVE),
                server("s4", State.ACTIVE),
                server("s5", State.ACTIVE));

        assertThat(plan(
                        slots,
                        List.of(
                                draining(member("s1"), 0),
                                draining(member("s2"), 0),
                                member("s3"),
                                member("s4"),
                                member("s5"))))
                .containsExactly(new Step.LeaveEtcd("s1"));
        assertThat(plan(
                        slots,
                        List.of(
                                as(Member.LEAVING, draining(member("s1"), 0)),
                                draining(member("s2"), 0),
                                member("s3"),
                                member("s4"),
                                member("s5"))))
                .isEmpty();
    }

    @Test
    void aNodeWhoseMachineIsGoneIsForgotten() {
        assertThat(plan(List.of(agent("a2", State.ACTIVE)), List.of(unwell(worker("a1")), worker("a2"))))
                .containsExactly(new Step.Cordon("a1"));
        assertThat(plan(List.of(), List.of(unwell(draining(worker("a1"), 0))))).containsExactly(new Step.Delete("a1"));
    }

    @Test
    void aNodeThatIsWellAndNobodysIsLeftAlone() {
        assertThat(plan(List.of(), List.of(worker("stranger")))).isEmpty();
    }

    @Test
    void fromFiveServersToOneEtcdNeverLosesItsMajority() {
        var nodes = new ArrayList<>(List.of(member("s1"), member("s2"), member("s3"), member("s4"), member("s5")));
        var slots = new ArrayList<Slot>(List.of(server("s1", State.ACTIVE)));
        List.of("s2", "s3", "s4", "s5").forEach(name -> slots.add(server(name, State.RETIRING)));

        for (int pass = 0; pass < 40; pass++) {
            for (var step : plan(slots, List.copyOf(nodes))) {
                carryOut(step, nodes);
                var votes = nodes.stream().filter(ClusterNode::votes).toList();
                assertThat(votes.stream().filter(ClusterNode::ready).count()).isGreaterThan(votes.size() / 2);
            }
            nodes.replaceAll(node -> node.member() == Member.LEAVING ? as(Member.LEFT, node) : node);
        }

        assertThat(nodes).extracting(ClusterNode::name).containsExactly("s1");
        assertThat(plan(slots, nodes))
                .as("a plan once applied leaves nothing to plan")
                .isEmpty();
    }

    private static void carryOut(Step step, List<ClusterNode> nodes) {
        switch (step) {
            case Step.Cordon cordon ->
                nodes.replaceAll(node -> node.name().equals(step.node()) ? draining(node, 0) : node);
            case Step.LeaveEtcd leave ->
                nodes.replaceAll(node -> node.name().equals(step.node()) ? as(Member.LEAVING, node) : node);
            case Step.Delete delete -> nodes.removeIf(node -> node.name().equals(step.node()));
            case Step.Dress dress -> throw new AssertionError(dress);
            case Step.Evict evict -> throw new AssertionError(evict);
        }
    }

    private List<Step> plan(List<Slot> slots, List<ClusterNode> nodes) {
        return planner.plan(new Wish(1, slots, Map.of()), nodes, NOON);
    }

    private static ClusterNode member(String name) {
        return new ClusterNode(name, Slot.Role.SERVER, true, "v1", Optional.empty(), 0, Member.MEMBER, Dressing.NONE);
    }

    private static ClusterNode worker(String name) {
        return new ClusterNode(name, Slot.Role.AGENT, true, "v1", Optional.empty(), 0, Member.NONE, Dressing.NONE);
    }

    private static ClusterNode draining(ClusterNode node, int pods) {
        return new ClusterNode(
                node.name(), node.role(), node.ready(), node.version(), STARTED, pods, node.member(), node.dressing());
    }

    private static ClusterNode unwell(ClusterNode node) {
        return new ClusterNode(
                node.name(),
                node.role(),
                false,
                node.version(),
                node.draining(),
                node.evictable(),
                node.member(),
                node.dressing());
    }

    private static ClusterNode as(Member member, ClusterNode node) {
        return new ClusterNode(
                node.name(),
                node.role(),
                node.ready(),
                node.version(),
                node.draining(),
                node.evictable(),
                member,
                node.dressing());
    }
}
