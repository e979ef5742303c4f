package io.orrery.cluster.plan;

import io.orrery.cluster.model.ClusterNode;
import io.orrery.cluster.model.Wish;
import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.ClusterStatus.Node;
import io.orrery.contracts.ClusterStatus.Rejection;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Condition.Status;
import io.orrery.contracts.Phase;
import io.orrery.contracts.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges what was seen of a cluster against what it is to be. */
public final class Assessor {

    private final Duration joinDeadline;

    /** @param joinDeadline how long a running machine may take to become a node */
    public Assessor(Duration joinDeadline) {
        this.joinDeadline = joinDeadline;
    }

    /** When the API answered. */
    public Standing answered(Wish wish, List<ClusterNode> nodes, Optional<ClusterStatus> former, Instant now) {
        var byName = nodes.stream().collect(Collectors.toMap(ClusterNode::name, Function.identity()));
        var conditions = new ArrayList<Condition>();
        var reachable = Condition.holds(Conditions.API_REACHABLE, "Answers", "the API server answers", now)
                .after(Conditions.of(former));
        conditions.add(reachable);
        conditions.add(nodesReady(wish, byName, now));
        conditions.addAll(draining(wish, nodes, now));
        var joining = joining(wish, byName, former, now);
        conditions.addAll(joining);
        var rejected = rejected(wish.wanted(), joining, reachable.since(), now);
        return new Standing(phase(wish, byName, former), conditions, told(nodes), released(wish, byName), rejected);
    }

    /**
     * When it did not. Before it ever did, only the machine that is to found the cluster can be late. Afterwards the
     * nodes stand as they were last seen.
     */
    public Standing silent(Wish wish, Optional<ClusterStatus> former, String reason, Instant now) {
        var unreachable = Condition.fails(Conditions.API_REACHABLE, "Silent", reason, now);
        var known = former.filter(status -> status.access().isPresent());
        if (known.isEmpty()) {
            var joining = joining(wish, Map.of(), former, now);
            var founder = wish.slots().stream()
                    .filter(slot -> isFounder(slot, former))
                    .toList();
            var conditions =
                    Stream.concat(Stream.of(unreachable), joining.stream()).toList();
            return new Standing(
                    Phase.PROGRESSING,
                    conditions,
                    List.of(),
                    released(wish, Map.of()),
                    rejected(founder, joining, Instant.MIN, now));
        }
        var slots = wish.slotsByName().keySet();
        return new Standing(
                Phase.DEGRADED,
                List.of(unreachable),
                known.get().nodes(),
                known.get().released().stream().filter(slots::contains).collect(Collectors.toSet()),
                known.get().rejected().stream()
                        .filter(rejection -> slots.contains(rejection.slot()))
                        .toList());
    }

    private static boolean isFounder(Slot slot, Optional<ClusterStatus> former) {
        return former.flatMap(ClusterStatus::bootstrap)
                .flatMap(ClusterStatus.Bootstrap::initSlot)
                .filter(slot.name()::equals)
                .isPresent();
    }

    private static Phase phase(Wish wish, Map<String, ClusterNode> nodes, Optional<ClusterStatus> former) {
        var servers = wish.wanted().stream()
                .filter(slot -> slot.role() == Slot.Role.SERVER)
                .toList();
        var wellServers = servers.stream().filter(slot -> isReady(nodes, slot)).count();
        var majority = wellServers > servers.size() / 2;
        if (wasReady(former)) {
            var allWell = wish.wanted().stream()
                    .map(Slot::name)
                    .filter(nodes::containsKey)
                    .allMatch(name -> nodes.get(name).ready());
            return majority && allWell ? Phase.READY : Phase.DEGRADED;
        }
        var allJoined = wish.wanted().stream()
                .filter(slot -> slot.state() == Slot.State.ACTIVE)
                .allMatch(slot -> isReady(nodes, slot));
        return majority && allJoined && canWork(wish, nodes) ? Phase.READY : Phase.PROGRESSING;
    }

    /** Servers of a cluster with agents take no work. */
    private static boolean canWork(Wish wish, Map<String, ClusterNode> nodes) {
        var agents = wish.wanted().stream()
                .filter(slot -> slot.role() == Slot.Role.AGENT)
                .toList();
        return agents.isEmpty() || agents.stream().anyMatch(slot -> isReady(nodes, slot));
    }

    /** Once a cluster was ready, its first machine's user-data is gone. */
    static boolean wasReady(Optional<ClusterStatus> former) {
        return former.flatMap(ClusterStatus::bootstrap)
                .filter(bootstrap -> bootstrap.init().isEmpty())
                .isPresent();
    }

    private static boolean isReady(Map<String, ClusterNode> nodes, Slot slot) {
        return Optional.ofNullable(nodes.get(slot.name()))
                .filter(ClusterNode::ready)
                .isPresent();
    }

    private static Condition nodesReady(Wish wish, Map<String, ClusterNode> nodes, Instant now) {
        var missing = wish.wanted().stream()
                .filter(slot -> !isReady(nodes, slot))
                .map(Slot::name)
                .sorted()
                .toList();
        var wanted = wish.wanted().size();
        return missing.isEmpty()
                ? Condition.holds(
                        Conditions.NODES_READY, "AllReady", wanted + " of " + wanted + " nodes are ready", now)
                : Condition.fails(
                        Conditions.NODES_READY,
                        "SomeMissing",
                        "%d of %d nodes are ready; not (yet): %s"
                                .formatted(wanted - missing.size(), wanted, String.join(", ", missing)),
                        now);
    }

    private static List<Condition> draining(Wish wish, List<ClusterNode> nodes, Instant now) {
        var slots = wish.slotsByName();
        var held = nodes.stream()
                .filter(node -> node.draining().isPresent())
                .filter(node -> Optional.ofNullable(slots.get(node.name()))
                        .map(slot -> slot.state() == Slot.State.RETIRING)
                        .orElse(true))
                .sorted(Comparator.comparing(ClusterNode::name))
                .map(node -> node.name() + " (" + holdUp(node, nodes) + ")")
                .toList();
        return held.isEmpty()
                ? List.of()
                : List.of(Condition.fails(
                        Conditions.NODES_DRAINED, "Draining", "on the way out: " + String.join(", ", held), now));
    }

    private static String holdUp(ClusterNode node, List<ClusterNode> nodes) {
        if (node.ready() && node.evictable() > 0) {
            return node.evictable() + " pods have to leave first";
        }
        return switch (node.member()) {
            case NONE, LEFT -> "empty";
            case LEAVING -> "waits for RKE2 to take it out of etcd";
            case MEMBER -> Planner.mayLeaveEtcd(node, nodes) ? "leaves etcd" : "stays until etcd can do without it";
        };
    }

    private static List<Condition> joining(
            Wish wish, Map<String, ClusterNode> nodes, Optional<ClusterStatus> former, Instant now) {
        return wish.wanted().stream()
                .filter(slot -> slot.state() == Slot.State.ACTIVE && !nodes.containsKey(slot.name()))
                .filter(slot -> !wish.isFormer(slot))
                .map(slot -> Condition.fails(
                                Conditions.joined(slot.name()),
                                "Awaited",
                                "the machine runs and is not a node yet",
                                now)
                        .after(Conditions.of(former)))
                .toList();
    }

    private List<Rejection> rejected(List<Slot> slots, List<Condition> joining, Instant notBefore, Instant now) {
        return slots.stream()
                .filter(slot -> Conditions.since(joining, Conditions.joined(slot.name()), Status.FALSE)
                        .map(since -> since.isBefore(notBefore) ? notBefore : since)
                        .filter(since -> !since.plus(joinDeadline).isAfter(now))
                        .isPresent())
                .map(slot -> new Rejection(slot.name(), "did not join within " + words(joinDeadline)))
                .toList();
    }

    private static String words(Duration duration) {
        return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + " minutes" : duration.toSeconds() + " seconds";
    }

    /** A machine may go once its node is not there, or when it never had a part in this cluster. */
    private static Set<String> released(Wish wish, Map<String, ClusterNode> nodes) {
        return wish.slots().stream()
                .filter(slot -> switch (slot.state()) {
                    case RETIRING, DELETING -> true;
                    case PLANNED, BUILDING, ACTIVE, FAILED -> false;
                })
                .filter(slot -> wish.isFormer(slot) || !nodes.containsKey(slot.name()))
                .map(Slot::name)
                .collect(Collectors.toSet());
    }

    private static List<Node> told(List<ClusterNode> nodes) {
        return nodes.stream()
                .sorted(Comparator.comparing(ClusterNode::name))
                .map(node -> new Node(node.name(), node.role(), node.ready(), node.version()))
                .toList();
    }
}
