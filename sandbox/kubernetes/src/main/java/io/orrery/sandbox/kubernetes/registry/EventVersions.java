package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.ResourceType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Events are one resource with two faces: {@code v1} and {@code events.k8s.io/v1} show the same objects under other
 * field names (upstream: pkg/apis/events/v1/conversion.go). They are kept in the form of {@code v1}.
 */
final class EventVersions {
    private static final Map<String, String> CORE_TO_EVENTS = new LinkedHashMap<>(Map.of(
            "involvedObject", "regarding",
            "message", "note",
            "source", "deprecatedSource",
            "firstTimestamp", "deprecatedFirstTimestamp",
            "lastTimestamp", "deprecatedLastTimestamp",
            "count", "deprecatedCount",
            "reportingComponent", "reportingController"));

    private EventVersions() {}

    static boolean concerns(ResourceType type) {
        return !type.storage().equals(type.groupResource());
    }

    static ObjectNode shown(ResourceType type, ObjectNode object) {
        if (concerns(type)) {
            CORE_TO_EVENTS.forEach((core, event) -> rename(object, core, event));
        }
        return object;
    }

    static ObjectNode stored(ResourceType type, ObjectNode object) {
        if (concerns(type)) {
            CORE_TO_EVENTS.forEach((core, event) -> rename(object, event, core));
        }
        return object;
    }

    private static void rename(ObjectNode object, String from, String to) {
        var value = object.remove(from);
        if (!Json.isAbsent(value)) {
            object.set(to, value);
        }
    }
}
