package io.orrery.sandbox.openstack.model;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everything that was ever made, also what is gone again: a test sees here what was made twice or too much. */
public final class Ledger {
    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    /** One resource at the moment it was made. */
    public record Entry(String kind, String id, String name, Instant made) {}

    void add(Entry entry) {
        entries.add(entry);
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }
}
