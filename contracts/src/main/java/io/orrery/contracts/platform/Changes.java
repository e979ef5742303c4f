package io.orrery.contracts.platform;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What differs between two documents of one platform, in the order of the reference. */
public record Changes(List<Change> all) {

    public Changes {
        all = List.copyOf(all);
    }

    public static Changes between(Platform from, Platform to) {
        var comparison = new Comparison();
        comparison.compare(Forms.of(Platform.class), from, to);
        return new Changes(comparison.found().stream().map(Upgrades::judge).toList());
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** What the whole of it costs; empty when nothing differs. */
    public Optional<ChangeClass> highest() {
        return all.stream().map(Change::changeClass).max(Comparator.naturalOrder());
    }

    /** The changes of one class. */
    public List<Change> of(ChangeClass changeClass) {
        return all.stream()
                .filter(change -> change.changeClass() == changeClass)
                .toList();
    }
}
