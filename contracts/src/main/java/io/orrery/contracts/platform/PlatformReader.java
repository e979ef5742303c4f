package io.orrery.contracts.platform;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads Platform documents from trees of maps, lists, texts, numbers, truths and null, as parsers of YAML and JSON make them.
 *
 * <p>Any tree gets an answer, never an exception. But the parser must have been given limits before: the size of the text
 * (1 MiB is plenty; 413 above), the number of aliases and the depth of nesting (YAML bombs), and no types but the plain
 * ones; duplicate keys are to be refused by it, as they can no longer be seen here; and aliases have to be resolved
 * (Jackson's YAML module hands on an alias' name as if it were the text).
 */
public final class PlatformReader {

    public static Reading read(Object tree) {
        var findings = new Findings();
        var bound = new Bound();
        var platform = new Binder(findings, bound, true).part(Forms.of(Platform.class), tree, Pointer.ROOT);
        if (tree instanceof Map<?, ?>) {
            Rules.check(bound, findings);
        }
        return platform.filter(ignored -> findings.none())
                .<Reading>map(whole -> new Reading.Valid((Platform) whole))
                .orElseGet(() -> new Reading.Invalid(findings.all()));
    }

    /**
     * Reads back what {@link PlatformWriter} wrote, perhaps in another version of Orrery: keys that are unknown here are
     * passed over, new ones get their defaults, and rules that have become stricter since do not count.
     *
     * @throws IllegalArgumentException when it cannot be bound at all
     */
    static <T extends Record> T restore(Map<String, Object> tree, Class<T> type) {
        var findings = new Findings();
        return new Binder(findings, new Bound(), false)
                .part(Forms.of(type), tree, Pointer.ROOT)
                .map(type::cast)
                .orElseThrow(() -> new IllegalArgumentException(findings.all().stream()
                        .map(violation -> violation.pointer() + ": " + violation.message())
                        .collect(Collectors.joining("; "))));
    }

    private PlatformReader() {}
}
