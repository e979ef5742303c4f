package io.orrery.provisioner.model;

import io.orrery.contracts.Resource;
import io.orrery.contracts.Resource.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The lines of {@link Resource}, in the order in which they were written. Of each key at most one line is living. */
public record Ledger(List<Resource> lines) {

    public static final Ledger EMPTY = new Ledger(List.of());

    public Ledger {
        lines = List.copyOf(lines);
    }

    public Optional<Resource> living(String key) {
        return living().filter(line -> line.key().equals(key)).findFirst();
    }

    public Stream<Resource> living() {
        return lines.stream().filter(line -> line.state() != State.ABSENT);
    }

    /** The id of what stands under the key, if it was seen. */
    public Optional<String> id(String key) {
        return living(key).flatMap(Resource::id);
    }

    public Optional<Resource> byId(String id) {
        return lines.stream()
                .filter(line -> line.id().filter(id::equals).isPresent())
                .findFirst();
    }

    /** Writes a line in place of the living one of its key, or below all others. */
    public Ledger with(Resource line) {
        var found = living(line.key());
        if (found.isEmpty()) {
            var more = new ArrayList<>(lines);
            more.add(line);
            return new Ledger(more);
        }
        return map(found.get()::equals, old -> line);
    }

    /** Strikes a line that never came to be: nothing of it needs a certificate. */
    public Ledger strike(String key) {
        return new Ledger(lines.stream()
                .filter(line -> !line.key().equals(key) || line.state() == State.ABSENT)
                .toList());
    }

    public Ledger map(Predicate<Resource> which, UnaryOperator<Resource> change) {
        return new Ledger(lines.stream()
                .map(line -> which.test(line) ? change.apply(line) : line)
                .toList());
    }

    public static Kind kind(Resource line) {
        return Kind.of(line.kind());
    }
}
