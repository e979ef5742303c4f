package io.orrery.provisioner.plan;

import io.orrery.provisioner.model.Balance;
import io.orrery.provisioner.model.Balance.Member;
import io.orrery.provisioner.model.Thing.LoadBalancer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** One change to a load balancer, which takes one at a time. Ids in it are those of parts that stand already. */
public sealed interface Mending {

    /** In words for people. */
    String words();

    /**
     * The balancer as it is then.
     *
     * @param id of the part, if the change makes one
     */
    LoadBalancer on(LoadBalancer balancer, String id);

    record AddPool(String name) implements Mending {
        @Override
        public String words() {
            return "create pool " + name;
        }

        @Override
        public LoadBalancer on(LoadBalancer balancer, String id) {
            var made = new Balance.Pool(id, name, true, Set.of(), Optional.empty());
            return balancer.with(balancer.listeners(), and(balancer.pools(), made));
        }
    }

    record SwitchPoolOn(String poolId) implements Mending {
        @Override
        public String words() {
            return "switch on pool " + poolId;
        }

        @Override
        public LoadBalancer on(LoadBalancer balancer, String id) {
            return pool(balancer, poolId, it -> new Balance.Pool(poolId, it.name(), true, it.members(), it.monitor()));
        }
    }

    record SetMembers(String poolId, Set<Member> members) implements Mending {
        public SetMembers {
            members = Set.copyOf(members);
        }

        @Override
        public String words() {
            return "set the " + members.size() + " members of pool " + poolId;
        }

        @Override
        public LoadBalancer on(LoadBalancer balancer, String id) {
            return pool(balancer, poolId, it -> new Balance.Pool(poolId, it.name(), it.up(), members, it.monitor()));
        }
    }

    /** @param monitorId of one that is set right; empty: a new one */
    record Monitor(String poolId, Optional<String> monitorId) implements Mending {
        @Override
        public String words() {
            return monitorId.isPresent()
                    ? "set right health monitor " + monitorId.get()
                    : "create health monitor of pool " + poolId;
        }

        @Override
        public LoadBalancer on(LoadBalancer balancer, String id) {
            var monitor = new Balance.Monitor(monitorId.orElse(id), Entrance.CHECK);
            return pool(
                    balancer,
                    poolId,
                    it -> new Balance.Pool(poolId, it.name(), it.up(), it.members(), Optional.of(monitor)));
        }
    }

    /** @param listenerId of one that is set right; empty: a new one */
    record Listener(Entrance entrance, String poolId, Optional<String> listenerId) implements Mending {
        @Override
        public String words() {
            return listenerId.isPresent()
                    ? "set right listener " + listenerId.get()
                    : "create listener " + entrance.port();
        }

        @Override
        public LoadBalancer on(LoadBalancer balancer, String id) {
            var others = balancer.listeners().stream()
                    .filter(listener -> listener.port() != entrance.port())
                    .toList();
            var mended = new Balance.Listener(
                    listenerId.orElse(id), entrance.port(), entrance.sources(), true, Optional.of(poolId));
            return balancer.with(and(others, mended), balancer.pools());
        }
    }

    private static LoadBalancer pool(LoadBalancer balancer, String id, Function<Balance.Pool, Balance.Pool> change) {
        return balancer.with(
                balancer.listeners(),
                balancer.pools().stream()
                        .map(pool -> pool.id().equals(id) ? change.apply(pool) : pool)
                        .toList());
    }

    private static <T> List<T> and(List<T> all, T one) {
        return Stream.concat(all.stream(), Stream.of(one)).toList();
    }
}
