package io.orrery.provisioner.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a project holds, as its bulk lists said at one moment. That something is not in it is a suspicion, never a
 * fact: see {@code DESIGN}, "Absence".
 */
public final class Observed {

    private final Instant at;
    private final Map<String, Thing> byId;

    private Observed(Instant at, Map<String, Thing> byId) {
        this.at = at;
        this.byId = byId;
    }

    /** @param at when the first list was asked for */
    public static Observed of(Instant at, List<? extends Thing> things) {
        var byId = new LinkedHashMap<String, Thing>();
        things.forEach(thing -> byId.put(thing.id(), thing));
        return new Observed(at, byId);
    }

    public Instant at() {
        return at;
    }

    public Optional<Thing> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public <T extends Thing> Optional<T> find(Class<T> type, String id) {
        return find(id).filter(type::isInstance).map(type::cast);
    }

    public <T extends Thing> Stream<T> all(Class<T> type) {
        return byId.values().stream().filter(type::isInstance).map(type::cast);
    }

    /** Those of a kind under a name, the oldest first. */
    public List<Thing> named(Kind kind, String name) {
        return byId.values().stream()
                .filter(thing -> thing.kind() == kind && thing.name().equals(name))
                .sorted(Comparator.comparing(Thing::created).thenComparing(Thing::id))
                .toList();
    }

    /** The same with things that were made or changed since. */
    public Observed with(List<? extends Thing> things) {
        var all = new ArrayList<>(byId.values());
        all.addAll(things);
        return of(at, all);
    }

    /** The same with these servers, which were listed later, in place of those that it has. */
    public Observed withServers(List<? extends Thing> servers) {
        var others = byId.values().stream().filter(thing -> thing.kind() != Kind.SERVER);
        return of(at, Stream.concat(others, servers.stream()).toList());
    }

    public Observed without(List<String> ids) {
        return of(
                at,
                byId.values().stream()
                        .filter(thing -> !ids.contains(thing.id()))
                        .toList());
    }
}
