package io.orrery.sandbox.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.apply.Shape;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import java.util.List;

/** The {@code openAPIV3Schema} of one version of a custom resource. */
public final class CustomSchema {
    private final JsonNode schema;

    public CustomSchema(JsonNode schema) {
        this.schema = schema;
    }

    /** Removes unknown fields in place; gives their paths. */
    public List<String> prune(ObjectNode object) {
        return Pruning.prune(object, schema);
    }

    /** Sets missing fields to their defaults, in place. */
    public void setDefaults(ObjectNode object) {
        Defaulting.apply(object, schema);
    }

    public List<Cause> validate(ObjectNode object) {
        return Validation.validate(object, schema);
    }

    /** How objects of this schema merge. */
    public Shape shape() {
        return new SchemaShape.Root(new SchemaShape(schema));
    }

    public JsonNode json() {
        return schema;
    }
}
