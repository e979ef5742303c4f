package io.orrery.contracts.platform;

import java.util.List;

/** What came of reading a document: the platform, or everything that is wrong with it. */
public sealed interface Reading {

    record Valid(Platform platform) implements Reading {}

    /** Never empty; in the order of the document as far as it has one. */
    record Invalid(List<Violation> violations) implements Reading {

        public Invalid {
            violations = List.copyOf(violations);
        }
    }
}
