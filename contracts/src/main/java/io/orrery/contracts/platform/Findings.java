package io.orrery.contracts.platform;

import java.util.ArrayList;
import java.util.List;

/** The errors found so far; past a hundred they are no longer read by anybody, so they end there. */
final class Findings {

    static final int MOST = 100;

    private final List<Violation> violations = new ArrayList<>();

    void add(Pointer pointer, Violation.Code code, String message) {
        if (violations.size() < MOST) {
            violations.add(new Violation(pointer.text(), code, message));
        } else if (violations.size() == MOST) {
            violations.add(new Violation("", Violation.Code.TOO_MANY, "there are more errors than these"));
        }
    }

    boolean full() {
        return violations.size() > MOST;
    }

    boolean none() {
        return violations.isEmpty();
    }

    List<Violation> all() {
        return List.copyOf(violations);
    }
}
