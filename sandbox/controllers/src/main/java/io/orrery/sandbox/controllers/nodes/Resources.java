package io.orrery.sandbox.controllers.nodes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Amounts of CPU, memory and the like, in base units: cores and bytes. */
record Resources(Map<String, BigDecimal> amounts) {

    private static final Resources NONE = new Resources(Map.of());

    Resources {
        amounts = Map.copyOf(amounts);
    }

    static Resources of(Map<String, Quantity> quantities) {
        var amounts = new HashMap<String, BigDecimal>();
        if (quantities != null) {
            quantities.forEach((name, quantity) -> amounts.put(name, quantity.getNumericalAmount()));
        }
        return new Resources(amounts);
    }

    /** What a pod asks for: the sum of its containers, or its largest init container where that is more; and one place. */
    static Resources requestedBy(PodSpec pod) {
        var main = sum(requests(pod.getContainers()));
        var all = requests(pod.getInitContainers()).stream().reduce(main, Resources::max);
        return all.plus(new Resources(Map.of("pods", BigDecimal.ONE)));
    }

    static Resources requestedBy(Collection<Pod> pods) {
        return sum(pods.stream().map(pod -> requestedBy(pod.getSpec())).toList());
    }

    private static List<Resources> requests(List<Container> containers) {
        return containers.stream()
                .map(Container::getResources)
                .map(r -> r == null ? NONE : of(r.getRequests()).orElse(of(r.getLimits())))
                .toList();
    }

    private static Resources sum(List<Resources> all) {
        return all.stream().reduce(NONE, Resources::plus);
    }

    private Resources plus(Resources other) {
        var sum = new HashMap<>(amounts);
        other.amounts.forEach((name, amount) -> sum.merge(name, amount, BigDecimal::add));
        return new Resources(sum);
    }

    private static Resources max(Resources one, Resources other) {
        var max = new HashMap<>(one.amounts);
        other.amounts.forEach((name, amount) -> max.merge(name, amount, BigDecimal::max));
        return new Resources(max);
    }

    /** Where only a limit is given it counts as request, as the API server's defaulting has it. */
    private Resources orElse(Resources limits) {
        var filled = new HashMap<>(limits.amounts);
        filled.putAll(amounts);
        return new Resources(filled);
    }

    /** The names of which there is too little when `used` is taken away. */
    List<String> lacking(Resources used, Resources wanted) {
        return wanted.amounts.entrySet().stream()
                .filter(entry -> entry.getValue().signum() > 0)
                .filter(entry -> free(used, entry.getKey()).compareTo(entry.getValue()) < 0)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private BigDecimal free(Resources used, String name) {
        return amounts.getOrDefault(name, BigDecimal.ZERO).subtract(used.amounts.getOrDefault(name, BigDecimal.ZERO));
    }

    /** From 0, nothing used, to 1; what the node does not have does not count. */
    double share(Resources used, String name) {
        var all = amounts.getOrDefault(name, BigDecimal.ZERO).doubleValue();
        return all == 0 ? 0 : used.amounts.getOrDefault(name, BigDecimal.ZERO).doubleValue() / all;
    }
}
