package io.orrery.cluster.plan;

import io.orrery.cluster.model.ClusterNode;
import io.orrery.cluster.model.ClusterNode.Member;
import io.orrery.cluster.model.Wish;
import io.orrery.contracts.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done with the nodes now. A node on its way out is cordoned, then emptied, then taken out of etcd if it
 * is in it, then deleted: at most one of these in a pass, and the next only after it was seen done. Servers leave one at
 * a time, and none leaves if etcd would then have no majority of machines that are well.
 */
public final class Planner {

    private final Duration drainDeadline;

    /** @param drainDeadline how long pods may hold up their node; after it the node goes with them */
    public Planner(Duration drainDeadline) {
        this.drainDeadline = drainDeadline;
    }

    public List<Step> plan(Wish wish, List<ClusterNode> nodes, Instant now) {
        var steps = new ArrayList<Step>();
        var slots = wish.slotsByName();
        for (var node : sorted(nodes)) {
            var slot = Optional.ofNullable(slots.get(node.name()));
            if (isToGo(slot, node)) {
                nextOnTheWayOut(node, nodes, now)
                        .filter(step -> !(step instanceof Step.LeaveEtcd && leavesEtcd(steps)))
                        .ifPresent(steps::add);
            } else {
                slot.flatMap(wish::dressingOf)
                        .filter(dressing -> !dressing.equals(node.dressing()))
                        .ifPresent(dressing -> steps.add(new Step.Dress(node.name(), dressing)));
            }
        }
        return List.copyOf(steps);
    }

    private static boolean leavesEtcd(List<Step> steps) {
        return steps.stream().anyMatch(Step.LeaveEtcd.class::isInstance);
    }

    /** A node without a machine goes, too, or its name would stay. If it is well, it is not ours to judge: left alone. */
    private static boolean isToGo(Optional<Slot> slot, ClusterNode node) {
        return slot.map(Slot::state)
                .map(state -> switch (state) {
                    case RETIRING, DELETING -> true;
                    case PLANNED, BUILDING, ACTIVE, FAILED -> false;
                })
                .orElse(!node.ready());
    }

    private Optional<Step> nextOnTheWayOut(ClusterNode node, List<ClusterNode> nodes, Instant now) {
        if (node.draining().isEmpty()) {
            return Optional.of(new Step.Cordon(node.name()));
        }
        if (isHeldUp(node, now)) {
            return Optional.of(new Step.Evict(node.name()));
        }
        return switch (node.member()) {
            case MEMBER -> mayLeaveEtcd(node, nodes) ? Optional.of(new Step.LeaveEtcd(node.name())) : Optional.empty();
            case LEAVING -> Optional.empty();
            case LEFT, NONE -> Optional.of(new Step.Delete(node.name()));
        };
    }

    /** Pods of a node that is not well cannot end in good order: nobody there would end them. */
    private boolean isHeldUp(ClusterNode node, Instant now) {
        return node.ready()
                && node.evictable() > 0
                && node.draining().orElse(now).plus(drainDeadline).isAfter(now);
    }

    static boolean mayLeaveEtcd(ClusterNode leaver, List<ClusterNode> nodes) {
        var stayers = nodes.stream()
                .filter(ClusterNode::votes)
                .filter(node -> !node.name().equals(leaver.name()))
                .toList();
        var anotherLeaves =
                nodes.stream().anyMatch(node -> node.member() == Member.LEAVING || node.member() == Member.LEFT);
        var well = stayers.stream().filter(ClusterNode::ready).count();
        return !anotherLeaves && !stayers.isEmpty() && well > stayers.size() / 2;
    }

    /** Agents first, then by name: the order in which machines go must not change from pass to pass. */
    private static List<ClusterNode> sorted(List<ClusterNode> nodes) {
        return nodes.stream()
                .sorted(Comparator.comparing(ClusterNode::role).reversed().thenComparing(ClusterNode::name))
                .toList();
    }
}
