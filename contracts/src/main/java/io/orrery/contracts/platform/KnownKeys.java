package io.orrery.contracts.platform;

import io.orrery.contracts.platform.Violation.Code;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The keys that an object may have, and those that only another alternative of it has. */
record KnownKeys(Set<String> here, Set<String> elsewhere) {

    static KnownKeys of(Form.Part part) {
        return new KnownKeys(names(part), Set.of());
    }

    /** Those of one alternative among the others. */
    static KnownKeys of(Form.Part chosen, Form.Alternatives alternatives) {
        var elsewhere = new TreeSet<String>();
        alternatives.alternatives().forEach(one -> elsewhere.addAll(names(one.part())));
        var here = names(chosen);
        elsewhere.removeAll(here);
        return new KnownKeys(here, elsewhere);
    }

    void refuseOthers(Map<?, ?> map, Pointer at, Findings findings) {
        for (var key : map.keySet()) {
            if (findings.full()) {
                return;
            }
            if (!(key instanceof String name)) {
                findings.add(at, Code.WRONG_TYPE, "keys must be text, and one is " + Found.describe(key));
            } else if (elsewhere.contains(name)) {
                findings.add(
                        at.to(name), Code.CONFLICT, name + " does not go together with " + String.join(", ", here));
            } else if (!here.contains(name)) {
                findings.add(at.to(name), Code.UNKNOWN_KEY, "unknown key " + Texts.shown(name) + "; " + hint(name));
            }
        }
    }

    private String hint(String name) {
        var known = new TreeSet<>(here);
        known.addAll(elsewhere);
        return Nearest.to(name, known)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElseGet(() -> "known here: " + String.join(", ", known));
    }

    private static Set<String> names(Form.Part part) {
        return part.fields().stream().map(Form.Field::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
