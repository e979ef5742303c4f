package io.orrery.sandbox.openstack.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The resources of one kind by id, in the order of their making. Used only within {@link World#enter}. */
public final class Shelf<T> {
    private final String kind;
    private final World world;
    private final Function<T, String> naming;
    private final Map<String, T> things = new LinkedHashMap<>();
    private List<T> all = List.of();
    private boolean changed;

    Shelf(String kind, World world, Function<T, String> naming) {
        this.kind = kind;
        this.world = world;
        this.naming = naming;
    }

    public String kind() {
        return kind;
    }

    public void add(String id, T thing) {
        things.put(id, thing);
        changed = true;
        world.ledger().add(new Ledger.Entry(kind, id, naming.apply(thing), world.now()));
    }

    public Optional<T> find(String id) {
        return Optional.ofNullable(things.get(id));
    }

    public List<T> all() {
        if (changed) {
            all = List.copyOf(things.values());
            changed = false;
        }
        return all;
    }

    public void remove(String id) {
        things.remove(id);
        changed = true;
    }

    List<Inventory.Item> items() {
        return things.entrySet().stream()
                .map(entry -> new Inventory.Item(entry.getKey(), naming.apply(entry.getValue())))
                .toList();
    }
}
