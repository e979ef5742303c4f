package io.orrery.contracts.platform;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a value looks like in the document; {@link Forms} derives it from the types of the records. */
sealed interface Form {

    /** A text; {@code parse} throws IllegalArgumentException with a message for people. */
    record Text(String expected, Optional<String> pattern, Optional<String> format, Function<String, Object> parse)
            implements Form {

        String write(Object value) {
            return TextTypes.write(value);
        }
    }

    record Whole() implements Form {}

    record Decimal() implements Form {}

    record Truth() implements Form {}

    /** One of some words, in the order of the enum. */
    record Choice(Map<String, Object> values) implements Form {

        String write(Object value) {
            return values.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(value))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
        }
    }

    record Items(Form item) implements Form {}

    /** Text to text. */
    record Entries() implements Form {}

    /** Whatever JSON can say, in an object. */
    record Open() implements Form {}

    /** A record: its keys are the components. */
    record Part(Class<?> type, Constructor<?> constructor, List<Field> fields) implements Form {

        /** The key that tells one item of a list from another, if there is one. */
        Optional<Field> identity() {
            return fields.stream().filter(field -> field.key().identity()).findFirst();
        }

        Object make(List<Object> values) {
            return Reflection.make(constructor, values);
        }
    }

    /** A sealed interface: one of several parts. */
    record Alternatives(Class<?> type, List<Alternative> alternatives) implements Form {

        /** The alternative that is meant when no marker is there. */
        Optional<Alternative> unmarked() {
            return alternatives.stream().filter(one -> one.marker().isEmpty()).findFirst();
        }

        Part partOf(Object value) {
            return alternatives.stream()
                    .map(Alternative::part)
                    .filter(part -> part.type() == value.getClass())
                    .findFirst()
                    .orElseThrow();
        }
    }

    record Alternative(String marker, Part part) {}

    record Field(String name, Form form, boolean optional, Key key, Method accessor) {

        /** Nothing stands for it when it is left out. */
        boolean required() {
            return !optional
                    && key.absent().length == 0
                    && !(form instanceof Items)
                    && !(form instanceof Entries)
                    && !canBeEmpty(form);
        }

        /** The value in a record; an Optional is unwrapped. */
        Optional<Object> of(Object part) {
            var value = Reflection.get(accessor, part);
            return value instanceof Optional<?> maybe ? maybe.map(Object.class::cast) : Optional.of(value);
        }

        private static boolean canBeEmpty(Form form) {
            return switch (form) {
                case Part part -> part.fields().stream().noneMatch(Field::required);
                case Alternatives alternatives ->
                    alternatives.unmarked().map(one -> canBeEmpty(one.part())).orElse(false);
                default -> false;
            };
        }
    }
}
