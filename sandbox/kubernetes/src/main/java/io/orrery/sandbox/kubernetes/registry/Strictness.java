package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.registry.WriteOptions.FieldValidation;
import java.util.stream.Collectors;

/** fieldValidation=Strict: unknown fields are refused where they can be told, that is in custom resources. */
final class Strictness {
    private Strictness() {}

    static void check(Served served, ObjectNode object, WriteOptions options) {
        if (options.validation() != FieldValidation.STRICT) {
            return;
        }
        var unknown = served.strategy().unknownFields(object);
        if (!unknown.isEmpty()) {
            throw ApiError.badRequest("strict decoding error: "
                    + unknown.stream()
                            .map(field -> "unknown field \"" + field + "\"")
                            .collect(Collectors.joining(", ")));
        }
    }
}
