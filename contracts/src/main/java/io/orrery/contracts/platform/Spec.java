package io.orrery.contracts.platform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wanted of a platform. Only {@code cloud}, {@code pools} and {@code openeo} have to be written. */
public record Spec(
        @Key(
                about = "The cloud that the machines run on. Required unless kubernetes.existing is given.",
                change = ChangeClass.REFUSED)
        Optional<Cloud> cloud,

        @Key(about = "What the machines boot from.", change = ChangeClass.ROLL)
        Image image,

        @Key(about = "The network of the machines.", change = ChangeClass.REFUSED)
        Network network,

        @Key(
                about = "Kubernetes: installed on the machines of the pools, or one that exists already.",
                change = ChangeClass.REFUSED)
        Kubernetes kubernetes,

        @Key(
                about = "Groups of equal machines. An odd number of them are servers; none with kubernetes.existing.",
                change = ChangeClass.LIVE,
                max = 32)
        List<Pool> pools,

        @Key(about = "Where job results, event logs and snapshots are kept.", change = ChangeClass.REFUSED)
        Storage storage,

        @Key(about = "The Spark operator and the namespace it watches.", change = ChangeClass.REBUILD)
        Spark spark,

        @Key(about = "The openEO service.", change = ChangeClass.LIVE)
        OpenEo openeo,

        @Key(about = "How batch jobs are registered, followed and paid for.", change = ChangeClass.LIVE)
        Jobs jobs,

        @Key(about = "What watches the platform.", change = ChangeClass.LIVE)
        Monitoring monitoring,

        @Key(about = "What Orrery may do by itself.", change = ChangeClass.LIVE)
        Policy policy) {

    public Spec {
        pools = List.copyOf(pools);
    }

    /** Machines of all server pools together: the members of etcd. */
    public int servers() {
        return machines(Pool.Role.SERVER);
    }

    public int agents() {
        return machines(Pool.Role.AGENT);
    }

    private int machines(Pool.Role role) {
        return pools.stream()
                .filter(pool -> pool.role() == role)
                .mapToInt(Pool::count)
                .sum();
    }

    /** Reads what a service has stored, see {@link PlatformReader#restore}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Spec of(Map<String, Object> tree) {
        return PlatformReader.restore(tree, Spec.class);
    }

    @JsonValue
    Map<String, Object> tree() {
        return PlatformWriter.toTree(this);
    }
}
