package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import io.orrery.sandbox.kubernetes.model.Json;
import java.util.List;

/** Storage classes can't change what volumes were made by. */
final class StorageClassStrategy implements Strategy {
    @Override
    public void normalize(ObjectNode storageClass) {
        Json.putIfAbsent(storageClass, "reclaimPolicy", "Delete");
        Json.putIfAbsent(storageClass, "volumeBindingMode", "Immediate");
    }

    @Override
    public List<Cause> validate(ObjectNode storageClass) {
        return storageClass.path("provisioner").asText("").isEmpty()
                ? List.of(Cause.required("provisioner"))
                : List.of();
    }

    @Override
    public List<Cause> validateUpdate(ObjectNode before, ObjectNode after) {
        return before.path("parameters").equals(after.path("parameters"))
                        && before.path("provisioner").equals(after.path("provisioner"))
                ? List.of()
                : List.of(Cause.forbidden("parameters", "updates to parameters are forbidden."));
    }
}
