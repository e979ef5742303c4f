package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.openstack.http.Query;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Json;
import java.util.regex.Pattern;

/**
 * A field that a resource may be made with.
 *
 * @param initial its value where none is given; null where it must be given
 * @param mutable whether it may be changed later
 */
record Attribute(String name, Form form, JsonNode initial, boolean mutable) {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** What a value has to look like. */
    enum Form {
        TEXT,
        TRUTH,
        ID,
        ID_OR_NULL,
        IDS,
        ANY
    }

    static Attribute required(String name, Form form) {
        return new Attribute(name, form, null, false);
    }

    static Attribute fixed(String name, Form form, Object initial) {
        return new Attribute(name, form, Json.node(initial), false);
    }

    static Attribute mutable(String name, Form form, Object initial) {
        return new Attribute(name, form, Json.node(initial), true);
    }

    /** The value as it is kept; refused in Neutron's words if it has not this form. */
    JsonNode accept(JsonNode value) {
        return switch (form) {
            case TEXT -> {
                if (!value.isTextual()) {
                    throw invalid("'" + value.asText() + "' is not a valid string.");
                }
                yield value;
            }
            case TRUTH -> {
                if (!value.asText().toLowerCase(java.util.Locale.ROOT).matches("true|false|0|1")) {
                    throw new Refusal(
                            400,
                            "InvalidInput",
                            "Invalid input for operation: '%s' cannot be converted to boolean."
                                    .formatted(value.asText()));
                }
                yield Json.node(Query.truth(value.asText()));
            }
            case ID -> {
                requireId(value);
                yield value;
            }
            case ID_OR_NULL -> {
                if (!value.isNull()) {
                    requireId(value);
                }
                yield value;
            }
            case IDS -> {
                value.forEach(this::requireId);
                yield value.isNull() ? Json.MAPPER.createArrayNode() : value;
            }
            case ANY -> value;
        };
    }

    private void requireId(JsonNode value) {
        if (!UUID.matcher(value.asText()).matches()) {
            throw invalid("'" + value.asText() + "' is not a valid UUID.");
        }
    }

    private Refusal invalid(String reason) {
        return new Refusal(400, "HTTPBadRequest", "Invalid input for " + name + ". Reason: " + reason);
    }
}
