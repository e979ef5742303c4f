package io.orrery.contracts.platform;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.platform.Violation.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Binds a tree to records. What cannot be bound is an empty answer and a finding, and all the rest is bound none the less. */
final class Binder {

    private static final Pointer NAME = new Pointer("/metadata/name");

    private final Findings findings;
    private final Bound bound;
    private final boolean strict;

    /** A binder that is not strict passes over unknown keys and limits: what is stored was checked when it came in. */
    Binder(Findings findings, Bound bound, boolean strict) {
        this.findings = findings;
        this.bound = bound;
        this.strict = strict;
    }

    Optional<Object> part(Form.Part part, Object node, Pointer at) {
        if (!(node instanceof Map<?, ?> map)) {
            return wrong(at, "an object", node);
        }
        var values = values(part, map, at);
        if (values.size() < part.fields().size()) {
            return Optional.empty();
        }
        return keep(at, part.make(values));
    }

    /** One for each component that could be bound; so fewer than there are components if something is wrong. */
    private List<Object> values(Form.Part part, Map<?, ?> map, Pointer at) {
        refuseUnknown(
                map, part.fields().stream().map(Form.Field::name).collect(Collectors.toCollection(TreeSet::new)), at);
        var values = new ArrayList<>();
        for (var field : part.fields()) {
            field(field, map.get(field.name()), at.to(field.name())).ifPresent(values::add);
        }
        return values;
    }

    private void refuseUnknown(Map<?, ?> map, Set<String> known, Pointer at) {
        if (!strict) {
            return;
        }
        for (var key : map.keySet()) {
            if (!(key instanceof String name)) {
                findings.add(at, Code.WRONG_TYPE, "keys must be text, and one is " + Found.describe(key));
            } else if (!known.contains(name)) {
                var hint = Nearest.to(name, known)
                        .map(near -> "did you mean \"" + near + "\"?")
                        .orElseGet(() -> "known here: " + String.join(", ", known));
                findings.add(at.to(name), Code.UNKNOWN_KEY, "unknown key " + Texts.shown(name) + "; " + hint);
            }
        }
    }

    private Optional<Object> field(Form.Field field, Object node, Pointer at) {
        if (node != null) {
            var value = value(field.form(), field.key(), node, at);
            return field.optional() ? value.map(Optional::of) : value;
        }
        if (field.optional()) {
            return Optional.of(Optional.empty());
        }
        if (field.form() instanceof Form.Part || field.form() instanceof Form.Alternatives) {
            return value(field.form(), field.key(), Map.of(), at);
        }
        if (field.required()) {
            findings.add(
                    at,
                    Code.MISSING,
                    field.name() + " is missing: " + field.key().about());
            return Optional.empty();
        }
        return absent(field).flatMap(tree -> value(field.form(), field.key(), tree, at));
    }

    private Optional<Object> absent(Form.Field field) {
        var said = Defaults.of(field);
        if (said instanceof String text && text.contains(Defaults.NAME)) {
            return bound.at(NAME, PlatformName.class).map(name -> text.replace(Defaults.NAME, name.value()));
        }
        return Optional.of(said);
    }

    private Optional<Object> value(Form form, Key key, Object node, Pointer at) {
        return switch (form) {
            case Form.Part part -> part(part, node, at);
            case Form.Alternatives alternatives -> alternative(alternatives, node, at);
            case Form.Items items -> items(items, key, node, at);
            case Form.Entries ignored -> entries(key, node, at);
            case Form.Open ignored -> throw new IllegalStateException("free-form objects are bound as a list");
            case Form.Text text -> scalar(Scalars.text(text, key, node, strict), at);
            case Form.Choice choice -> scalar(Scalars.choice(choice, node), at);
            case Form.Whole ignored -> scalar(Scalars.whole(key, node, strict), at);
            case Form.Decimal ignored -> scalar(Scalars.decimal(key, node, strict), at);
            case Form.Truth ignored -> scalar(Scalars.truth(node), at);
        };
    }

    private Optional<Object> scalar(Scalars.Scalar scalar, Pointer at) {
        return switch (scalar) {
            case Scalars.Good good -> keep(at, good.value());
            case Scalars.Bad bad -> {
                findings.add(at, bad.code(), bad.message());
                yield Optional.empty();
            }
        };
    }

    private Optional<Object> alternative(Form.Alternatives form, Object node, Pointer at) {
        if (!(node instanceof Map<?, ?> map)) {
            return wrong(at, "an object", node);
        }
        var marked = form.alternatives().stream()
                .filter(one -> !one.marker().isEmpty() && map.get(one.marker()) != null)
                .toList();
        var markers = form.alternatives().stream()
                .map(Form.Alternative::marker)
                .filter(marker -> !marker.isEmpty())
                .toList();
        if (marked.size() > 1) {
            var given = marked.stream().map(Form.Alternative::marker).collect(Collectors.joining(" and "));
            findings.add(at, Code.CONFLICT, given + " exclude each other: give one of them");
            return Optional.empty();
        }
        var chosen = marked.stream().findFirst().or(() -> form.alternatives().stream()
                .filter(one -> one.marker().isEmpty())
                .findFirst());
        if (chosen.isEmpty()) {
            refuseUnknown(map, new TreeSet<>(markers), at);
            findings.add(at, Code.MISSING, "one of " + String.join(", ", markers) + " is needed");
            return Optional.empty();
        }
        return part(chosen.get().part(), map, at);
    }

    private Optional<Object> items(Form.Items form, Key key, Object node, Pointer at) {
        if (!(node instanceof List<?> list)) {
            return wrong(at, "a list", node);
        }
        if (form.item() instanceof Form.Open) {
            return open(list, key, at);
        }
        var limit = Limits.size(key, list.size());
        if (strict && limit.isPresent()) {
            findings.add(at, Code.OUT_OF_RANGE, limit.get());
            return Optional.empty();
        }
        bound.putSize(at, list.size());
        var values = new ArrayList<>();
        var index = 0;
        for (var item : list) {
            value(form.item(), key, item, at.to(index++)).ifPresent(values::add);
        }
        return values.size() == index ? keep(at, List.copyOf(values)) : Optional.empty();
    }

    private Optional<Object> open(List<?> list, Key key, Pointer at) {
        var limit = Limits.size(key, list.size());
        if (strict && limit.isPresent()) {
            findings.add(at, Code.OUT_OF_RANGE, limit.get());
            return Optional.empty();
        }
        try {
            return keep(at, OpenTree.copyOf(list));
        } catch (IllegalArgumentException refused) {
            findings.add(at, Code.MALFORMED, refused.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Object> entries(Key key, Object node, Pointer at) {
        if (!(node instanceof Map<?, ?> map)) {
            return wrong(at, "an object", node);
        }
        var limit = Limits.size(key, map.size());
        if (strict && limit.isPresent()) {
            findings.add(at, Code.OUT_OF_RANGE, limit.get());
            return Optional.empty();
        }
        var entries = new LinkedHashMap<String, String>();
        map.forEach((name, value) -> entry(key, name, value, at).ifPresent(text -> entries.put((String) name, text)));
        return entries.size() == map.size() ? keep(at, Ordered.copyOf(entries)) : Optional.empty();
    }

    private Optional<String> entry(Key key, Object name, Object value, Pointer at) {
        if (!(name instanceof String text)) {
            findings.add(at, Code.WRONG_TYPE, "keys must be text, and one is " + Found.describe(name));
            return Optional.empty();
        }
        if (strict && !Limits.matches(key, text)) {
            findings.add(at.to(text), Code.MALFORMED, Texts.shown(text) + " is not " + key.shape());
            return Optional.empty();
        }
        return scalar(Scalars.entry(value), at.to(text)).map(String.class::cast);
    }

    private Optional<Object> wrong(Pointer at, String expected, Object node) {
        findings.add(at, Code.WRONG_TYPE, "expected " + expected + ", found " + Found.describe(node));
        return Optional.empty();
    }

    private Optional<Object> keep(Pointer at, Object value) {
        bound.put(at, value);
        return Optional.of(value);
    }
}
