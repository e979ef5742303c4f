package io.orrery.contracts.platform;

import java.util.Optional;

/**
 * One difference between two documents.
 *
 * @param pointer where, as a JSON pointer into the new document; into the old one for what is no longer there
 * @param path where, for people: {@code spec.pools[workers].count}
 * @param from the old value as the document says it; empty when there was none
 * @param to the new value; empty when there is none any more
 * @param note why this change costs more than others of its field do; empty mostly
 */
public record Change(
        String pointer,
        String path,
        Optional<Object> from,
        Optional<Object> to,
        ChangeClass changeClass,
        Optional<String> note) {}
