package io.orrery.contracts.platform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Walks two documents side by side. Items that have an identity are matched by it, so that their order does not matter. */
final class Comparison {

    private final List<Change> found = new ArrayList<>();

    /** Where in both, for machines and for people. */
    private record Place(Pointer pointer, String path) {

        Place to(String key) {
            return new Place(pointer.to(key), path.isEmpty() ? key : path + "." + key);
        }

        Place item(int index, Object identity) {
            return new Place(pointer.to(index), path + "[" + identity + "]");
        }
    }

    List<Change> found() {
        return found;
    }

    void compare(Form.Part part, Object from, Object to) {
        part(part, from, to, new Place(Pointer.ROOT, ""));
    }

    private void part(Form.Part part, Object from, Object to, Place at) {
        for (var field : part.fields()) {
            field(field, field.of(from), field.of(to), at.to(field.name()));
        }
    }

    private void field(Form.Field field, Optional<Object> from, Optional<Object> to, Place at) {
        if (from.isPresent() && to.isPresent()) {
            present(field, from.get(), to.get(), at);
        } else if (from.isPresent() || to.isPresent()) {
            add(field.form(), from, to, field.key().change(), at);
        }
    }

    private void present(Form.Field field, Object from, Object to, Place at) {
        var change = field.key().change();
        switch (field.form()) {
            case Form.Part part -> part(part, from, to, at);
            case Form.Alternatives alternatives
            when from.getClass() == to.getClass() -> part(alternatives.partOf(from), from, to, at);
            case Form.Items(Form.Part item)
            when item.identity().isPresent() -> items(item, (List<?>) from, (List<?>) to, change, at);
            case Form.Entries ignored -> entries((Map<?, ?>) from, (Map<?, ?>) to, change, at);
            default -> {
                if (!from.equals(to)) {
                    add(field.form(), Optional.of(from), Optional.of(to), change, at);
                }
            }
        }
    }

    private void items(Form.Part item, List<?> from, List<?> to, ChangeClass change, Place at) {
        var old = byIdentity(item, from);
        for (var i = 0; i < to.size(); i++) {
            var now = to.get(i);
            var identity = identity(item, now);
            var place = at.item(i, identity);
            var before = old.remove(identity);
            if (before == null) {
                add(item, Optional.empty(), Optional.of(now), change, place);
            } else {
                part(item, before, now, place);
            }
        }
        old.forEach((identity, gone) ->
                add(item, Optional.of(gone), Optional.empty(), change, at.item(from.indexOf(gone), identity)));
    }

    private static Map<Object, Object> byIdentity(Form.Part item, List<?> items) {
        var byIdentity = new LinkedHashMap<>();
        items.forEach(one -> byIdentity.put(identity(item, one), one));
        return byIdentity;
    }

    private static Object identity(Form.Part item, Object one) {
        return item.identity().orElseThrow().of(one).orElseThrow();
    }

    private void entries(Map<?, ?> from, Map<?, ?> to, ChangeClass change, Place at) {
        var keys = new TreeSet<String>();
        from.keySet().forEach(key -> keys.add((String) key));
        to.keySet().forEach(key -> keys.add((String) key));
        for (var key : keys) {
            var before = Optional.<Object>ofNullable(from.get(key));
            var now = Optional.<Object>ofNullable(to.get(key));
            if (!before.equals(now)) {
                found.add(new Change(
                        at.to(key).pointer().text(), at.to(key).path(), before, now, change, Optional.empty()));
            }
        }
    }

    private void add(Form form, Optional<Object> from, Optional<Object> to, ChangeClass change, Place at) {
        found.add(new Change(
                at.pointer().text(),
                at.path(),
                from.map(value -> PlatformWriter.write(form, value)),
                to.map(value -> PlatformWriter.write(form, value)),
                change,
                Optional.empty()));
    }
}
