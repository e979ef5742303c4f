package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import io.orrery.sandbox.kubernetes.apply.MergePatch;
import io.orrery.sandbox.kubernetes.apply.StrategicMerge;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.registry.Registry.Patched;
import io.orrery.sandbox.kubernetes.store.Key;

/** The verb patch. A patch without a resourceVersion never conflicts: it is made on the newest object. */
final class Patching {
    private final Update update;
    private final Applying applying;

    Patching(Update update, Applying applying) {
        this.update = update;
        this.applying = applying;
    }

    Patched patch(Served served, Key key, Part part, Patch patch, WriteOptions options) {
        if (patch instanceof Patch.Apply apply) {
            return applying.apply(served, key, part, apply, options);
        }
        return new Patched(update.update(served, key, part, options, object -> changed(object, patch)), false);
    }

    /** The object as any patch but an apply makes it. */
    static ObjectNode changed(ObjectNode object, Patch patch) {
        return switch (patch) {
            case Patch.JsonPatch json -> patched(object, json.operations());
            case Patch.Merge merge -> asObject(MergePatch.apply(object, merge.patch()));
            case Patch.StrategicMerge merge -> asObject(StrategicMerge.apply(object, merge.patch()));
            case Patch.Apply apply ->
                throw ApiError.unsupportedMediaType("application/json-patch+json, application/merge-patch+json");
        };
    }

    private static ObjectNode patched(ObjectNode object, JsonNode operations) {
        try {
            return asObject(JsonPatch.apply(operations, object));
        } catch (JsonPatchException e) {
            throw ApiError.unprocessable("the patch cannot be applied: " + e.getMessage());
        }
    }

    private static ObjectNode asObject(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw ApiError.badRequest("the patch does not make an object");
    }
}
