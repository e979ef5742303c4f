package io.orrery.cluster.reconcile;

import io.orrery.cluster.model.ClusterNode;
import io.orrery.cluster.model.ClusterNode.Member;
import io.orrery.cluster.model.Dressing;
import io.orrery.cluster.model.Kubeconfig;
import io.orrery.cluster.plan.Step;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Slot;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A cluster that does at once what it is asked to, unless it is silent, refuses, or holds on to things. */
final class InMemoryCluster implements Clusters, ClusterApi {

    final Map<String, ClusterNode> nodes = new TreeMap<>();
    final List<String> cloudResources = new ArrayList<>();
    final List<Key> opened = new ArrayList<>();
    final List<PlatformName> closed = new ArrayList<>();
    final List<Step> done = new ArrayList<>();
    boolean silent = true;
    boolean refuses;
    boolean holdsOn;

    private final Clock clock;

    InMemoryCluster(Clock clock) {
        this.clock = clock;
    }

    void joins(String name, Slot.Role role) {
        silent = false;
        var member = role == Slot.Role.SERVER ? Member.MEMBER : Member.NONE;
        nodes.put(name, new ClusterNode(name, role, true, "v1", Optional.empty(), 0, member, Dressing.NONE));
    }

    void change(String name, UnaryOperator<ClusterNode> change) {
        nodes.computeIfPresent(name, (key, node) -> change.apply(node));
    }

    static UnaryOperator<ClusterNode> ready(boolean ready) {
        return node -> new ClusterNode(
                node.name(),
                node.role(),
                ready,
                node.version(),
                node.draining(),
                node.evictable(),
                node.member(),
                node.dressing());
    }

    static UnaryOperator<ClusterNode> withPods(int pods) {
        return node -> new ClusterNode(
                node.name(),
                node.role(),
                node.ready(),
                node.version(),
                node.draining(),
                pods,
                node.member(),
                node.dressing());
    }

    static UnaryOperator<ClusterNode> as(Member member) {
        return node -> new ClusterNode(
                node.name(),
                node.role(),
                node.ready(),
                node.version(),
                node.draining(),
                node.evictable(),
                member,
                node.dressing());
    }

    @Override
    public ClusterApi open(Key key, Supplier<Kubeconfig> kubeconfig) {
        if (!opened.contains(key)) {
            opened.add(key);
        }
        return this;
    }

    @Override
    public void close(PlatformName platform) {
        closed.add(platform);
    }

    @Override
    public List<ClusterNode> nodes(Set<String> leaving) {
        check();
        return List.copyOf(nodes.values());
    }

    @Override
    public void carryOut(Step step) {
        check();
        done.add(step);
        switch (step) {
            case Step.Dress dress ->
                change(
                        step.node(),
                        node -> new ClusterNode(
                                node.name(),
                                node.role(),
                                node.ready(),
                                node.version(),
                                node.draining(),
                                node.evictable(),
                                node.member(),
                                dress.dressing()));
            case Step.Cordon cordon ->
                change(
                        step.node(),
                        node -> new ClusterNode(
                                node.name(),
                                node.role(),
                                node.ready(),
                                node.version(),
                                Optional.of(clock.instant()),
                                node.evictable(),
                                node.member(),
                                node.dressing()));
            case Step.Evict evict -> {
                if (!holdsOn) {
                    change(step.node(), withPods(0));
                }
            }
            case Step.LeaveEtcd leave -> change(step.node(), as(Member.LEAVING));
            case Step.Delete delete -> nodes.remove(step.node());
        }
    }

    @Override
    public List<String> cloudResources() {
        check();
        return List.copyOf(cloudResources);
    }

    @Override
    public void releaseCloudResources() {
        check();
        if (!holdsOn) {
            cloudResources.clear();
        }
    }

    private void check() {
        if (silent) {
            throw new Unreachable("ConnectException: Connection refused", null);
        }
        if (refuses) {
            throw new Refused("HTTP 401", null);
        }
    }
}
