package io.orrery.sandbox.openstack.model;

import java.util.List;
import java.util.Map;

/** What is there now, by kind ({@code server}, {@code port}, {@code volume} and so on). */
public record Inventory(Map<String, List<Item>> kinds) {
    public Inventory {
        kinds = Map.copyOf(kinds);
    }

    /** One resource. */
    public record Item(String id, String name) {}

    public List<Item> of(String kind) {
        return kinds.getOrDefault(kind, List.of());
    }

    public List<String> names(String kind) {
        return of(kind).stream().map(Item::name).toList();
    }
}
