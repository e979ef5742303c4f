package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.Json;

/** Volumes and claims wait in phase Pending until a controller binds them. */
final class VolumeStrategy implements Strategy {
    @Override
    public void normalize(ObjectNode object) {
        var spec = Json.child(object, "spec");
        Json.putIfAbsent(spec, "volumeMode", "Filesystem");
        if (object.path("kind").asText().equals("PersistentVolume")) {
            Json.putIfAbsent(spec, "persistentVolumeReclaimPolicy", "Retain");
        }
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        object.putObject("status").put("phase", "Pending");
    }
}
