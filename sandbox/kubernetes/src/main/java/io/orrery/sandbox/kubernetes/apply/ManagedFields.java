package io.orrery.sandbox.kubernetes.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.Metadata;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/** {@code metadata.managedFields}: which manager wrote which fields, and when. */
final class ManagedFields {
    private final SequencedMap<Owner, Owned> owned = new LinkedHashMap<>();

    /** A manager in one of its roles; applying and updating are two. */
    record Owner(String manager, String operation, String apiVersion, String subresource) {
        boolean applies() {
            return operation.equals("Apply");
        }

        /** An applier stays the same when it applies another version. */
        boolean isSameApplier(Owner other) {
            return applies()
                    && other.applies()
                    && manager.equals(other.manager)
                    && subresource.equals(other.subresource);
        }
    }

    record Owned(String time, FieldSet fields) {}

    static ManagedFields of(ObjectNode object) {
        var fields = new ManagedFields();
        for (var entry : Metadata.of(object).node().path("managedFields")) {
            var owner = new Owner(
                    entry.path("manager").asText(""),
                    entry.path("operation").asText("Update"),
                    entry.path("apiVersion").asText(""),
                    entry.path("subresource").asText(""));
            fields.owned.put(
                    owner, new Owned(entry.path("time").asText(""), FieldSet.ofFieldsV1(entry.path("fieldsV1"))));
        }
        return fields;
    }

    SequencedMap<Owner, Owned> entries() {
        return owned;
    }

    FieldSet fieldsOf(Owner owner) {
        var entry = owned.get(owner);
        return entry == null ? FieldSet.EMPTY : entry.fields();
    }

    /** The time stays when the fields do. */
    void put(Owner owner, FieldSet fields, Instant now) {
        if (fields.isEmpty() && !owner.applies()) {
            owned.remove(owner);
        } else if (!owned.containsKey(owner) || !fieldsOf(owner).equals(fields)) {
            owned.put(owner, new Owned(now.toString(), fields));
        }
    }

    void remove(Owner owner) {
        owned.remove(owner);
    }

    /** Changes what all but one have; who is left with nothing is forgotten. */
    void ofOthers(Owner but, UnaryOperator<FieldSet> change) {
        owned.replaceAll(
                (owner, entry) -> owner.equals(but) ? entry : new Owned(entry.time(), change.apply(entry.fields())));
        owned.entrySet()
                .removeIf(entry ->
                        !entry.getKey().equals(but) && entry.getValue().fields().isEmpty());
    }

    FieldSet union() {
        return owned.values().stream().map(Owned::fields).reduce(FieldSet.EMPTY, FieldSet::union);
    }

    void writeTo(ObjectNode object) {
        var metadata = Metadata.in(object).node();
        if (owned.isEmpty()) {
            metadata.remove("managedFields");
            return;
        }
        var array = metadata.putArray("managedFields");
        owned.forEach((owner, entry) -> array.add(json(owner, entry)));
    }

    private static JsonNode json(Owner owner, Owned entry) {
        var node = Json.object()
                .put("manager", owner.manager())
                .put("operation", owner.operation())
                .put("apiVersion", owner.apiVersion());
        if (!entry.time().isEmpty()) {
            node.put("time", entry.time());
        }
        node.put("fieldsType", "FieldsV1");
        node.set("fieldsV1", entry.fields().toFieldsV1());
        if (!owner.subresource().isEmpty()) {
            node.put("subresource", owner.subresource());
        }
        return node;
    }
}
