package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;

/** The ways to change a part of an object. */
public sealed interface Patch {
    /** RFC 6902. */
    record JsonPatch(JsonNode operations) implements Patch {}

    /** RFC 7396. */
    record Merge(JsonNode patch) implements Patch {}

    /** Merge that knows the keys of lists; for built-in kinds only. */
    record StrategicMerge(JsonNode patch) implements Patch {}

    /** Server-side apply: the whole intent of one manager. */
    record Apply(JsonNode intent, boolean force) implements Patch {}
}
