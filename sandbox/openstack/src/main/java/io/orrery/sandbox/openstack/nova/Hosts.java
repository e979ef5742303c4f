package io.orrery.sandbox.openstack.nova;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The hypervisors, of which there are as many as anti-affinity reaches. */
final class Hosts {
    /** MiB that one host has. Hosts never fill up: a project's quota is what ends it here. */
    private static final int MOST_RAM = 1024 * 1024;
    /** GiB that one host has. */
    private static final int MOST_DISK = 20_000;

    private final List<String> names;

    Hosts(int count) {
        names = IntStream.rangeClosed(1, count)
                .mapToObj("compute-%02d"::formatted)
                .toList();
    }

    List<String> names() {
        return names;
    }

    /** The host for one more server: the emptiest that its group admits; empty if there is none. */
    Optional<String> place(Flavor flavor, List<Server> all, Optional<ServerGroup> group, List<Server> members) {
        if (flavor.ram() > MOST_RAM || flavor.disk() > MOST_DISK) {
            return Optional.empty();
        }
        var load = count(all);
        var inGroup = count(members);
        return names.stream()
                .filter(host -> group.map(rule -> admits(rule, host, inGroup)).orElse(true))
                .min(java.util.Comparator.comparing((String host) -> preference(group, inGroup.getOrDefault(host, 0L)))
                        .thenComparing(host -> load.getOrDefault(host, 0L)));
    }

    private static Map<String, Long> count(List<Server> servers) {
        return servers.stream()
                .filter(server -> !server.host().isEmpty())
                .collect(Collectors.groupingBy(Server::host, Collectors.counting()));
    }

    private static boolean admits(ServerGroup group, String host, Map<String, Long> inGroup) {
        return switch (group.policy()) {
            case "anti-affinity" -> inGroup.getOrDefault(host, 0L) < group.perHost();
            case "affinity" -> inGroup.isEmpty() || inGroup.containsKey(host);
            default -> true;
        };
    }

    private static long preference(Optional<ServerGroup> group, long members) {
        Function<ServerGroup, Long> weight = rule -> switch (rule.policy()) {
            case "soft-anti-affinity" -> members;
            case "soft-affinity" -> -members;
            default -> 0L;
        };
        return group.map(weight).orElse(0L);
    }
}
