package io.orrery.contracts.platform;

import io.orrery.contracts.platform.Violation.Code;
import java.util.HashMap;
import java.util.Optional;
import java.util.stream.IntStream;

/** Pools against each other, and against the way that Kubernetes comes to be. */
final class PoolRules implements Rules.Rule {

    private static final Pointer POOLS = new Pointer("/spec/pools");

    /** More members of etcd make it slower, and not safer. */
    private static final int MOST_SERVERS = 7;

    @Override
    public void check(Bound bound, Findings findings) {
        names(bound, findings);
        bound.at("/spec/kubernetes", Kubernetes.class).ifPresent(kubernetes -> {
            switch (kubernetes) {
                case Kubernetes.Managed ignored -> servers(bound, findings);
                case Kubernetes.Existing ignored -> {
                    if (bound.size(POOLS) > 0) {
                        findings.add(
                                POOLS, Code.CONFLICT, "an existing Kubernetes has its own machines: leave pools out");
                    }
                }
            }
        });
    }

    private static void names(Bound bound, Findings findings) {
        var seen = new HashMap<String, Integer>();
        for (var i = 0; i < bound.size(POOLS); i++) {
            var at = POOLS.to(i).to("name");
            var index = i;
            bound.at(at, String.class)
                    .flatMap(name -> Optional.ofNullable(seen.putIfAbsent(name, index)))
                    .ifPresent(first -> findings.add(
                            at, Code.DUPLICATE, "the name is taken already by the pool at " + POOLS.to(first)));
        }
    }

    /** Nothing is said about the sum while a pool that might be one of servers could not be bound. */
    private static void servers(Bound bound, Findings findings) {
        var counts = IntStream.range(0, bound.size(POOLS))
                .filter(i -> bound.at(POOLS.to(i).to("role"), Pool.Role.class)
                        .map(Pool.Role.SERVER::equals)
                        .orElse(true))
                .mapToObj(i -> bound.at(POOLS.to(i).to("role"), Pool.Role.class)
                        .flatMap(ignored -> bound.at(POOLS.to(i).to("count"), Integer.class)))
                .toList();
        if (counts.contains(Optional.<Integer>empty())) {
            return;
        }
        var servers = counts.stream().mapToInt(Optional::orElseThrow).sum();
        if (servers == 0) {
            findings.add(POOLS, Code.MISSING, "a pool of role server with at least one machine is needed");
        } else if (servers % 2 == 0) {
            findings.add(
                    POOLS,
                    Code.CONFLICT,
                    "the number of servers must be odd, so that a majority is clear when one is lost: take "
                            + (servers - 1) + " or " + (servers + 1) + " in place of " + servers);
        } else if (servers > MOST_SERVERS) {
            findings.add(
                    POOLS, Code.OUT_OF_RANGE, "at most " + MOST_SERVERS + " servers are sensible, found " + servers);
        }
    }
}
