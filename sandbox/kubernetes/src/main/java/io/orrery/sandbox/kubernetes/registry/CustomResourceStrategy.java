package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import io.orrery.sandbox.kubernetes.schema.CustomSchema;
import java.util.List;

/** Custom resources: pruned, defaulted and checked by their schema. */
final class CustomResourceStrategy implements Strategy {
    private final CustomSchema schema;

    CustomResourceStrategy(CustomSchema schema) {
        this.schema = schema;
    }

    @Override
    public void normalize(ObjectNode object) {
        schema.prune(object);
        schema.setDefaults(object);
    }

    @Override
    public List<Cause> validate(ObjectNode object) {
        return schema.validate(object);
    }

    @Override
    public List<String> unknownFields(ObjectNode object) {
        return schema.prune(object.deepCopy());
    }
}
