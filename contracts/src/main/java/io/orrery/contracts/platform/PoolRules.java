package io.orrery.contracts.platform;

import io.orrery.contracts.platform.Violation.Code;
import java.util.HashMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Pools against each other, and against the way that Kubernetes comes to be. */
final class PoolRules implements Rules.Rule {

    static final Pointer POOLS = new Pointer("/spec/pools");

    /** More members of etcd make it slower, and not safer. */
    private static final int MOST_SERVERS = 7;

    @Override
    public void check(Bound bound, Findings findings) {
        names(bound, findings);
        bound.at("/spec/kubernetes", Kubernetes.class).ifPresent(kubernetes -> {
            switch (kubernetes) {
                case Kubernetes.Managed ignored -> counts(bound, findings);
                case Kubernetes.Existing ignored -> none(bound, findings);
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

    private static void none(Bound bound, Findings findings) {
        if (bound.size(POOLS) > 0) {
            findings.add(POOLS, Code.CONFLICT, "an existing Kubernetes has its own machines: leave pools out");
        }
    }

    private static void counts(Bound bound, Findings findings) {
        machines(bound, Pool.Role.SERVER).ifPresent(servers -> servers(servers, findings));
        machines(bound, Pool.Role.AGENT).ifPresent(agents -> {
            if (agents == 0) {
                findings.add(
                        POOLS,
                        Code.MISSING,
                        "a pool of role agent with at least one machine is needed: servers are kept free of openEO");
            }
        });
    }

    private static void servers(int servers, Findings findings) {
        if (servers == 0) {
            findings.add(POOLS, Code.MISSING, "a pool of role server with at least one machine is needed");
        } else if (servers % 2 == 0) {
            findings.add(
                    POOLS,
                    Code.CONFLICT,
                    "the number of servers must be odd, so that a majority remains when one is lost: take "
                            + (servers - 1) + " or " + (servers + 1) + " in place of " + servers);
        } else if (servers > MOST_SERVERS) {
            findings.add(
                    POOLS, Code.OUT_OF_RANGE, "at most " + MOST_SERVERS + " servers are sensible, found " + servers);
        }
    }

    /** Empty while a pool that might be of this role could not be bound: what is not known is not complained about. */
    private static OptionalInt machines(Bound bound, Pool.Role role) {
        var sum = 0;
        for (var i = 0; i < bound.size(POOLS); i++) {
            var found = bound.at(POOLS.to(i).to("role"), Pool.Role.class);
            var count = bound.at(POOLS.to(i).to("count"), Integer.class);
            if (found.isEmpty() || (found.get() == role && count.isEmpty())) {
                return OptionalInt.empty();
            }
            sum += found.get() == role ? count.orElse(0) : 0;
        }
        return bound.listed(POOLS) ? OptionalInt.of(sum) : OptionalInt.empty();
    }

    /** Machines of all pools that are known. */
    static int machines(Bound bound) {
        return IntStream.range(0, bound.size(POOLS))
                .map(i -> bound.at(POOLS.to(i).to("count"), Integer.class).orElse(0))
                .sum();
    }
}
