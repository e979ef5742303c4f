package io.orrery.contracts.platform;

import java.util.List;

/** What came of reading a document: the platform, or everything that is wrong with it. */
public sealed interface Reading {

    record Valid(Platform platform) implements Reading {}

    /** Never empty: first what is wrong with single keys, then what does not go together. */
    record Invalid(List<Violation> violations) implements Reading {

        public Invalid {
            violations = List.copyOf(violations);
        }
    }
}
