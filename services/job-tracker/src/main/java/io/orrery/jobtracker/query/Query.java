package io.orrery.jobtracker.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is searched for: the part of Elasticsearch's query language that openEO's driver speaks. */
public sealed interface Query {

    boolean matches(ObjectNode document);

    /** Whether it looks at one of these top-level fields, or at anything within. */
    boolean mentions(Set<String> fields);

    /** The values that {@code field} must have one of for anything to match; empty if it may have any. */
    default Optional<Set<String>> required(String field) {
        return Optional.empty();
    }

    /** Every part holds; without parts, everything matches. */
    record All(List<Query> parts) implements Query {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean matches(ObjectNode document) {
            return parts.stream().allMatch(part -> part.matches(document));
        }

        @Override
        public boolean mentions(Set<String> fields) {
            return parts.stream().anyMatch(part -> part.mentions(fields));
        }

        @Override
        public Optional<Set<String>> required(String field) {
            return parts.stream().flatMap(part -> part.required(field).stream()).reduce(All::common);
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
        public boolean mentions(Set<String> fields) {
            return parts.stream().anyMatch(part -> part.mentions(fields));
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
        public boolean mentions(Set<String> fields) {
            return Fields.leadsInto(fields, field);
        }

        @Override
        public Optional<Set<String>> required(String asked) {
            return field.equals(asked)
                    ? Optional.of(Set.copyOf(values.stream().map(Scalar::text).toList()))
                    : Optional.empty();
        }
    }

    /** The field is there, and neither null nor empty. */
    record Exists(String field) implements Query {
        @Override
        public boolean matches(ObjectNode document) {
            return Fields.valuesAt(document, field).anyMatch(Exists::isSomething);
        }

        @Override
        public boolean mentions(Set<String> fields) {
            return Fields.leadsInto(fields, field);
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
        public boolean mentions(Set<String> fields) {
            return Fields.leadsInto(fields, field);
        }
    }
}
