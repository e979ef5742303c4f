package io.orrery.jobtracker.registry;

import java.util.Collection;
import java.util.List;

/**
 * Some of the fields that may be large, as a bit each: every job in memory says which of its fields are elsewhere.
 *
 * @param bits by the fields' order in {@link #ALL}
 */
record LargeFields(int bits) {

    /** Fields that need not stand beside the small ones. */
    static final List<String> ALL = List.of(
            "process",
            "results_metadata",
            "job_options",
            "assets",
            "links",
            "dependencies",
            "unique_process_ids",
            "description",
            "usage");

    static LargeFields of(Collection<String> names) {
        return new LargeFields(names.stream()
                .mapToInt(ALL::indexOf)
                .filter(at -> at >= 0)
                .map(at -> 1 << at)
                .reduce(0, (some, one) -> some | one));
    }
}
