package io.orrery.sandbox.kubernetes.registry;

import io.orrery.sandbox.kubernetes.model.GroupResource;
import io.orrery.sandbox.kubernetes.model.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Everything that is served at this moment: the built-in kinds, and the custom ones with their definitions. */
public final class Catalog {
    private final List<Served> builtIn;
    private final AtomicReference<Map<String, List<Served>>> custom = new AtomicReference<>(Map.of());

    /** The built-in kinds are made for this catalog, for some of them change it. */
    Catalog(Function<Catalog, List<Served>> builtIn) {
        this.builtIn = List.copyOf(builtIn.apply(this));
    }

    public Optional<Served> find(String group, String version, String plural) {
        return first(type -> type.group().equals(group)
                && type.version().equals(version)
                && type.plural().equals(plural));
    }

    public Optional<Served> findKind(String apiVersion, String kind) {
        return first(type -> type.apiVersion().equals(apiVersion) && type.kind().equals(kind));
    }

    /** Some served version of a stored resource; empty once its definition is gone. */
    public Optional<Served> anyVersion(GroupResource resource) {
        return first(type -> type.groupResource().equals(resource));
    }

    /** Preferred versions before others, within their group. */
    public List<Served> all() {
        return stream().toList();
    }

    /** Serves the versions of a definition, in place of what it had before; none to serve it no longer. */
    void serve(String definition, List<Served> versions) {
        custom.updateAndGet(before -> {
            var after = new TreeMap<>(before);
            if (versions.isEmpty()) {
                after.remove(definition);
            } else {
                after.put(definition, List.copyOf(versions));
            }
            return after;
        });
    }

    private Optional<Served> first(Predicate<ResourceType> wanted) {
        return stream().filter(served -> wanted.test(served.type())).findFirst();
    }

    private Stream<Served> stream() {
        var more = new ArrayList<Served>();
        custom.get().values().forEach(more::addAll);
        return Stream.concat(builtIn.stream(), more.stream());
    }
}
