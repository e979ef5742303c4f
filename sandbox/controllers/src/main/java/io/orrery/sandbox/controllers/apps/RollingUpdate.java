package io.orrery.sandbox.controllers.apps;

import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How many replicas each ReplicaSet of a Deployment should have next. Pure, upstream's two rules: never more pods than
 * replicas and surge together, never fewer available than replicas without maxUnavailable.
 *
 * @param replicas       what the Deployment asks for
 * @param maxSurge       pods above that
 * @param maxUnavailable pods below that which need not be available
 */
record RollingUpdate(int replicas, int maxSurge, int maxUnavailable) {

    /** A ReplicaSet as it stands: what its spec asks for, and how many pods are available. */
    record Generation(String name, boolean isNew, int replicas, int available) {}

    record Scale(String name, int replicas) {}

    RollingUpdate {
        if (maxSurge == 0 && maxUnavailable == 0) {
            // Upstream: a percentage may round both to nothing, and then no step would ever be possible.
            maxUnavailable = 1;
        }
    }

    static RollingUpdate of(int replicas, IntOrString maxSurge, IntOrString maxUnavailable) {
        return new RollingUpdate(replicas, amount(maxSurge, replicas, true), amount(maxUnavailable, replicas, false));
    }

    /** 25 % where nothing is said; surge is rounded up, unavailability down. */
    private static int amount(IntOrString value, int replicas, boolean up) {
        var text = value == null
                ? "25%"
                : value.getIntVal() != null ? String.valueOf(value.getIntVal()) : value.getStrVal();
        if (!text.endsWith("%")) {
            return Integer.parseInt(text);
        }
        var exact = replicas * Integer.parseInt(text.substring(0, text.length() - 1)) / 100.0;
        return (int) (up ? Math.ceil(exact) : Math.floor(exact));
    }

    /** The changes to make now; none when the newest has all and the others nothing, or while pods have yet to become available. */
    List<Scale> next(List<Generation> generations) {
        var scales = new ArrayList<Scale>();
        var total = generations.stream().mapToInt(Generation::replicas).sum();
        var newest = generations.stream().filter(Generation::isNew).findFirst().orElseThrow();
        var grown = Math.min(replicas, newest.replicas() + Math.max(0, replicas + maxSurge - total));
        if (newest.replicas() > replicas) {
            grown = replicas;
        }
        if (grown != newest.replicas()) {
            scales.add(new Scale(newest.name(), grown));
        }
        scales.addAll(shrink(generations));
        return List.copyOf(scales);
    }

    /** Old pods that are not available go at once: they hold up nobody. Of the available ones as many as can be spared. */
    private List<Scale> shrink(List<Generation> generations) {
        var scales = new ArrayList<Scale>();
        var available = generations.stream().mapToInt(Generation::available).sum();
        var spare = Math.max(0, available - (replicas - maxUnavailable));
        var old = generations.stream()
                .filter(generation -> !generation.isNew() && generation.replicas() > 0)
                .sorted(Comparator.comparing(Generation::name))
                .toList();
        for (var generation : old) {
            var broken = Math.max(0, generation.replicas() - generation.available());
            var healthy = Math.min(generation.replicas() - broken, spare);
            spare -= healthy;
            if (broken + healthy > 0) {
                scales.add(new Scale(generation.name(), generation.replicas() - broken - healthy));
            }
        }
        return scales;
    }
}
