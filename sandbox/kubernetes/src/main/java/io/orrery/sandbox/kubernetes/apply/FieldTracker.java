package io.orrery.sandbox.kubernetes.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.apply.ManagedFields.Owner;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.Metadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Server-side apply (upstream: sigs.k8s.io/structured-merge-diff, merge/update.go). Whoever writes a field owns it; who
 * applies what another owns gets a conflict, unless it forces.
 */
public final class FieldTracker {
    /** Fields of the server; nobody owns them. */
    private static final List<String> OF_SERVER = List.of(
            "name",
            "namespace",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "selfLink",
            "managedFields",
            "generateName");

    private FieldTracker() {}

    /**
     * Who writes.
     *
     * @param subresource empty for the object itself
     */
    public record Writer(String manager, String apiVersion, String subresource, Instant now) {
        Owner as(String operation) {
            return new Owner(manager, operation, apiVersion, subresource);
        }
    }

    /** Writes managedFields into an object that was made or changed by anything but apply. */
    public static void updated(ObjectNode before, ObjectNode after, Writer writer, Shape shape) {
        var fields = isReset(after) ? new ManagedFields() : ManagedFields.of(before);
        var difference = Fields.compare(owned(before), owned(after), shape);
        if (!difference.isSame()) {
            var owner = writer.as("Update");
            var mine = fields.fieldsOf(owner).withoutSubtrees(difference.removed());
            fields.put(owner, mine.union(difference.changed()), writer.now());
            fields.ofOthers(owner, theirs -> theirs.minus(difference.changed()).withoutSubtrees(difference.removed()));
        }
        fields.writeTo(after);
    }

    /** An empty list, or one empty entry, is a client's way to forget all managers. */
    private static boolean isReset(ObjectNode after) {
        var given = Metadata.of(after).node().get("managedFields");
        return given != null
                && given.isArray()
                && (given.isEmpty() || (given.size() == 1 && given.get(0).isEmpty()));
    }

    /**
     * The live object with the intent applied, managedFields included.
     *
     * @param live the object as it is; only name, namespace and kind for one that is yet to be made
     * @param force take fields from other managers in place of a conflict
     */
    public static ObjectNode apply(ObjectNode live, ObjectNode intent, Writer writer, Shape shape, boolean force) {
        var owner = writer.as("Apply");
        var fields = ManagedFields.of(live);
        var wished = withoutNulls(owned(intent));
        var set = Fields.of(wished, shape);
        var last = forgetApplier(fields, owner);
        var others = fields.union();
        var merged = Fields.merge(owned(live), wished, shape);
        var abandoned = last.minus(set);
        var result = Fields.without(merged, exclusive(abandoned, set.union(others)), shape);
        var difference = Fields.compare(owned(live), result, shape);
        checkConflicts(fields, owner, difference.changed(), force);
        fields.ofOthers(owner, theirs -> theirs.minus(difference.changed()).withoutSubtrees(difference.removed()));
        restore(fields, live, owner, set, writer.now());
        return assembled(live, (ObjectNode) result, fields);
    }

    /** What this applier had applied before; it counts as one whatever version it used. */
    private static FieldSet forgetApplier(ManagedFields fields, Owner owner) {
        var last = FieldSet.EMPTY;
        for (var other : List.copyOf(fields.entries().keySet())) {
            if (other.isSameApplier(owner)) {
                last = last.union(fields.fieldsOf(other));
                fields.remove(other);
            }
        }
        return last;
    }

    private static void restore(ManagedFields fields, ObjectNode live, Owner owner, FieldSet set, Instant now) {
        var before = ManagedFields.of(live).entries().get(owner);
        if (before != null && before.fields().equals(set)) {
            fields.entries().put(owner, before);
        } else {
            fields.put(owner, set, now);
        }
    }

    /** The abandoned places that nobody else needs, themselves or by something below them. */
    private static FieldSet exclusive(FieldSet abandoned, FieldSet needed) {
        var below = new TreeMap<String, FieldSet>();
        abandoned.below().forEach((element, set) -> below.put(element, exclusive(set, needed.at(element))));
        return FieldSet.of(abandoned.here() && needed.isEmpty(), below);
    }

    private static void checkConflicts(ManagedFields fields, Owner owner, FieldSet changed, boolean force) {
        var causes = new ArrayList<Cause>();
        fields.entries().forEach((other, entry) -> {
            if (!other.equals(owner)) {
                entry.fields().intersect(changed).places().forEach(place -> causes.add(conflict(other, place)));
            }
        });
        if (!causes.isEmpty() && !force) {
            throw ApiError.applyConflict(causes);
        }
    }

    private static Cause conflict(Owner other, List<String> place) {
        var version = other.applies() ? "" : " using " + other.apiVersion();
        var part = other.subresource().isEmpty() ? "" : " with subresource \"" + other.subresource() + "\"";
        return new Cause(
                Elements.readable(place),
                "FieldManagerConflict",
                "conflict with \"" + other.manager() + "\"" + part + version);
    }

    private static ObjectNode assembled(ObjectNode live, ObjectNode result, ManagedFields fields) {
        var object = result.deepCopy();
        object.set("apiVersion", live.get("apiVersion"));
        object.set("kind", live.get("kind"));
        var metadata = Metadata.in(object).node();
        var server = Metadata.of(live).node();
        OF_SERVER.forEach(name -> Json.replace(metadata, name, server.get(name)));
        fields.writeTo(object);
        return object;
    }

    private static ObjectNode owned(ObjectNode object) {
        var copy = object.deepCopy();
        copy.remove(List.of("apiVersion", "kind"));
        if (copy.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(OF_SERVER);
            if (metadata.isEmpty()) {
                copy.remove("metadata");
            }
        }
        return copy;
    }

    private static ObjectNode withoutNulls(ObjectNode object) {
        removeNulls(object);
        return object;
    }

    private static void removeNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
        }
        node.forEach(FieldTracker::removeNulls);
    }
}
