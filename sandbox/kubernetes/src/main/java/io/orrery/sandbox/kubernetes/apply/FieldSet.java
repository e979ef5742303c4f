package io.orrery.sandbox.kubernetes.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A set of places in an object, as the tree that FieldsV1 writes down. Elements are {@code f:<field>}, {@code k:<keys as
 * JSON>} for items found by key, and {@code v:<JSON>} for items found by value.
 *
 * @param here whether this place itself belongs to the set
 */
record FieldSet(boolean here, SortedMap<String, FieldSet> below) {
    static final FieldSet EMPTY = new FieldSet(false, Collections.emptySortedMap());
    static final FieldSet LEAF = new FieldSet(true, Collections.emptySortedMap());

    FieldSet {
        below = Collections.unmodifiableSortedMap(new TreeMap<>(below));
    }

    /** Leaves out branches that hold nothing. */
    static FieldSet of(boolean here, Map<String, FieldSet> below) {
        var kept = new TreeMap<String, FieldSet>();
        below.forEach((element, set) -> {
            if (!set.isEmpty()) {
                kept.put(element, set);
            }
        });
        return new FieldSet(here, kept);
    }

    boolean isEmpty() {
        return !here && below.isEmpty();
    }

    FieldSet at(String element) {
        return below.getOrDefault(element, EMPTY);
    }

    FieldSet union(FieldSet other) {
        var all = new TreeMap<>(below);
        other.below.forEach((element, set) -> all.merge(element, set, FieldSet::union));
        return of(here || other.here, all);
    }

    FieldSet minus(FieldSet other) {
        var left = new TreeMap<String, FieldSet>();
        below.forEach((element, set) -> left.put(element, set.minus(other.at(element))));
        return of(here && !other.here, left);
    }

    FieldSet intersect(FieldSet other) {
        var common = new TreeMap<String, FieldSet>();
        below.forEach((element, set) -> common.put(element, set.intersect(other.at(element))));
        return of(here && other.here, common);
    }

    /** Without what lies at or under the places of the other set: what was removed is gone with all it held. */
    FieldSet withoutSubtrees(FieldSet other) {
        if (other.here) {
            return EMPTY;
        }
        var left = new TreeMap<String, FieldSet>();
        below.forEach((element, set) -> left.put(element, set.withoutSubtrees(other.at(element))));
        return of(here, left);
    }

    /** Each place as a list of elements. */
    List<List<String>> places() {
        var places = new ArrayList<List<String>>();
        collect(List.of(), places);
        return places;
    }

    private void collect(List<String> path, List<List<String>> places) {
        if (here) {
            places.add(path);
        }
        below.forEach((element, set) -> {
            var longer = new ArrayList<>(path);
            longer.add(element);
            set.collect(List.copyOf(longer), places);
        });
    }

    ObjectNode toFieldsV1() {
        var node = Json.object();
        if (here && !below.isEmpty()) {
            node.putObject(".");
        }
        below.forEach((element, set) -> node.set(element, set.toFieldsV1()));
        return node;
    }

    static FieldSet ofFieldsV1(JsonNode fields) {
        var below = new TreeMap<String, FieldSet>();
        for (var entry : fields.properties()) {
            if (!entry.getKey().equals(".")) {
                var child = ofFieldsV1(entry.getValue());
                var leaf = entry.getValue().isEmpty() || entry.getValue().has(".");
                below.put(entry.getKey(), new FieldSet(leaf, child.below));
            }
        }
        return new FieldSet(false, below);
    }
}
