package io.orrery.contracts.platform;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.platform.Violation.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return part(part, KnownKeys.of(part), node, at);
    }

    private Optional<Object> part(Form.Part part, KnownKeys known, Object node, Pointer at) {
        if (!(node instanceof Map<?, ?> map)) {
            return wrong(at, "an object", node);
        }
        if (strict) {
            known.refuseOthers(map, at, findings);
        }
        var values = values(part, named(map), at);
        return values.size() == part.fields().size() ? keep(at, part.make(values)) : Optional.empty();
    }

    /** One for each component that could be bound; so fewer than there are components if something is wrong. */
    private List<Object> values(Form.Part part, Map<String, Object> map, Pointer at) {
        var values = new ArrayList<>();
        for (var field : part.fields()) {
            field(field, map.get(field.name()), at.to(field.name())).ifPresent(values::add);
        }
        return values;
    }

    /** The entries that have a text as key: asking a sorted map of numbers for a text would throw. */
    private static Map<String, Object> named(Map<?, ?> map) {
        var named = new HashMap<String, Object>();
        map.forEach((key, value) -> {
            if (key instanceof String name) {
                named.put(name, value);
            }
        });
        return named;
    }

    private Optional<Object> field(Form.Field field, Object node, Pointer at) {
        if (node != null) {
            var value = value(field.form(), field.key(), node, at);
            return field.optional() ? value.map(Optional::of) : value;
        }
        if (field.optional()) {
            bound.putAbsent(at);
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
        var given = named(map).keySet();
        var marked = form.alternatives().stream()
                .filter(one -> given.contains(one.marker()))
                .toList();
        if (marked.size() > 1) {
            findings.add(at, Code.CONFLICT, markers(marked, " and ") + " exclude each other: give one of them");
            return Optional.empty();
        }
        var chosen = marked.stream().findFirst().or(form::unmarked);
        if (chosen.isEmpty()) {
            findings.add(at, Code.MISSING, "one of " + markers(form.alternatives(), ", ") + " is needed");
        }
        return chosen.flatMap(one -> part(one.part(), KnownKeys.of(one.part(), form), map, at));
    }

    private static String markers(List<Form.Alternative> alternatives, String between) {
        return alternatives.stream()
                .map(Form.Alternative::marker)
                .filter(marker -> !marker.isEmpty())
                .collect(Collectors.joining(between));
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
