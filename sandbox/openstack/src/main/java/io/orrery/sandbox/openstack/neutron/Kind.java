package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Json;
import java.util.List;
import java.util.Optional;

/**
 * A kind of resource.
 *
 * @param singular its name in bodies and quotas: {@code security_group}
 * @param plural as in lists: {@code security_groups}
 * @param path as in URLs: {@code security-groups}
 * @param missingType the exception's name for one that is not there
 * @param missing the message for it, with %s for the id
 * @param readOnly fields that the service alone writes
 */
record Kind(
        String singular,
        String plural,
        String path,
        String missingType,
        String missing,
        List<Attribute> attributes,
        List<String> readOnly) {

    private static final List<String> ALWAYS_READ_ONLY =
            List.of("id", "status", "tags", "created_at", "updated_at", "revision_number");

    Kind {
        attributes = List.copyOf(attributes);
        readOnly = List.copyOf(readOnly);
    }

    Refusal notFound(String id) {
        return new Refusal(404, missingType, missing.formatted(id));
    }

    /** The fields of a new resource, with defaults for what is not given. */
    ObjectNode forCreation(JsonNode given) {
        refuseUnknown(given);
        given.fieldNames().forEachRemaining(name -> {
            if (isReadOnly(name)) {
                throw bad("Attribute '" + name + "' not allowed in POST");
            }
        });
        var fields = Json.object();
        for (var attribute : attributes) {
            var value = given.get(attribute.name());
            if (value == null && attribute.initial() == null) {
                throw bad("Failed to parse request. Required attribute '" + attribute.name() + "' not specified");
            }
            fields.set(
                    attribute.name(),
                    value == null
                            ? attribute.initial().deepCopy()
                            : attribute.accept(value).deepCopy());
        }
        return fields;
    }

    /** The fields that are to change. */
    ObjectNode forUpdate(JsonNode given) {
        refuseUnknown(given);
        var changes = Json.object();
        given.properties().forEach(field -> {
            var attribute = attribute(field.getKey()).filter(Attribute::mutable);
            if (attribute.isEmpty()) {
                throw bad("Cannot update read-only attribute " + field.getKey());
            }
            changes.set(field.getKey(), attribute.get().accept(field.getValue()).deepCopy());
        });
        return changes;
    }

    private void refuseUnknown(JsonNode given) {
        given.fieldNames().forEachRemaining(name -> {
            if (attribute(name).isEmpty() && !isReadOnly(name) && !isOwner(name)) {
                throw bad("Unrecognized attribute(s) '" + name + "'");
            }
        });
    }

    private Optional<Attribute> attribute(String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(name))
                .findFirst();
    }

    private boolean isReadOnly(String name) {
        return ALWAYS_READ_ONLY.contains(name) || readOnly.contains(name);
    }

    static boolean isOwner(String name) {
        return name.equals("tenant_id") || name.equals("project_id");
    }

    static Refusal bad(String message) {
        return new Refusal(400, "HTTPBadRequest", message);
    }
}
