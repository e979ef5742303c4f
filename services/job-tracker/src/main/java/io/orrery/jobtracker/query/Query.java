package io.orrery.jobtracker.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is searched for: the part of Elasticsearch's query language that openEO's driver speaks. */
public sealed interface Query {

    boolean matches(ObjectNode document);

    /** The top-level fields that it looks at, or into. */
    Set<String> fields();

    /** Whether it looks at one of these top-level fields, or at anything within. */
    default boolean mentions(Set<String> fields) {
        return !Collections.disjoint(fields(), fields);
    }

    /** The values that {@code field} must have one of for anything to match; empty if it may have any. */
    default Optional<Set<String>> required(String field) {
        return Optional.empty();
    }

    /** Whether nothing matches that has not got this field. */
    default boolean needs(String field) {
        return required(field).isPresent();
    }

    /** What is left to be looked at in a document whose fields of these names have what is {@link #required} of them. */
    default Query without(Set<String> fields) {
        return this;
    }

    /** Every part holds; without parts, everything matches. */
    record All(List<Query> parts) implements Query {
        private static final Query EVERYTHING = new All(List.of());

        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean matches(ObjectNode document) {
            return parts.stream().allMatch(part -> part.matches(document));
        }

        @Override
        public Set<String> fields() {
            return Fields.of(parts);
        }

        @Override
        public Optional<Set<String>> required(String field) {
            return parts.stream().flatMap(part -> part.required(field).stream()).reduce(All::common);
        }

        @Override
        public boolean needs(String field) {
            return parts.stream().anyMatch(part -> part.needs(field));
        }

        @Override
        public Query without(Set<String> fields) {
            return new All(parts.stream()
                    .map(part -> part.without(fields))
                    .filter(part -> !part.equals(EVERYTHING))
                    .toList());
        }

        private static Set<String> common(Set<String> some, Set<String> others) {
            return Set.copyOf(some.stream().filter(others::contains).toList());
        }
    }

    /** No part holds. */
    record None(List<Query> parts) implements Query {
        public None {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean matches(ObjectNode document) {
            return parts.stream().noneMatch(part -> part.matches(document));
        }

        @Override
        public Set<String> fields() {
            return Fields.of(parts);
        }
    }

    /** The field, or an element of it, has one of the values. */
    record AnyOf(String field, Set<Scalar> values) implements Query {
        public AnyOf {
            values = Set.copyOf(values);
        }

        @Override
        public boolean matches(ObjectNode document) {
            return Fields.valuesAt(document, field).flatMap(Scalar::of).anyMatch(values::contains);
        }

        @Override
        public Set<String> fields() {
            return Fields.leadingTo(field);
        }

        @Override
        public Optional<Set<String>> required(String asked) {
            return field.equals(asked)
                    ? Optional.of(Set.copyOf(values.stream().map(Scalar::text).toList()))
                    : Optional.empty();
        }

        @Override
        public Query without(Set<String> fields) {
            return fields.contains(field) ? All.EVERYTHING : this;
        }
    }

    /** The field is there, and neither null nor empty. */
    record Exists(String field) implements Query {
        @Override
        public boolean needs(String asked) {
            return field.equals(asked);
        }

        @Override
        public boolean matches(ObjectNode document) {
            return Fields.valuesAt(document, field).anyMatch(Exists::isSomething);
        }

        @Override
        public Set<String> fields() {
            return Fields.leadingTo(field);
        }

        private static boolean isSomething(JsonNode value) {
            return value.isValueNode() ? !value.isNull() : someOf(value).anyMatch(Exists::isSomething);
        }

        private static Stream<JsonNode> someOf(JsonNode container) {
            return container.valueStream();
        }
    }

    /** The field, or an element of it, lies within the bounds. */
    record Range(String field, List<Bound> bounds) implements Query {
        public Range {
            bounds = List.copyOf(bounds);
        }

        @Override
        public boolean matches(ObjectNode document) {
            return Fields.valuesAt(document, field)
                    .anyMatch(value -> bounds.stream().allMatch(bound -> bound.admits(value)));
        }

        @Override
        public Set<String> fields() {
            return Fields.leadingTo(field);
        }
    }
}
