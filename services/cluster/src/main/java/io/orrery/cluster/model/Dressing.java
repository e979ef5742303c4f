package io.orrery.cluster.model;

import io.orrery.contracts.platform.Pool;
import io.orrery.contracts.platform.Taint;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Labels and taints that a node has from its pool. All others on it are somebody else's. */
public record Dressing(Map<String, String> labels, List<String> taints) {

    public static final Dressing NONE = new Dressing(Map.of(), List.of());

    /** Says which pool a node belongs to. */
    public static final String POOL_LABEL = "orrery.io/pool";

    public Dressing {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        taints = taints.stream().sorted().toList();
    }

    public static Dressing of(Pool pool) {
        var labels = new TreeMap<>(pool.labels());
        labels.put(POOL_LABEL, pool.name());
        return new Dressing(labels, pool.taints().stream().map(Taint::toString).toList());
    }
}
