package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.Metadata;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * CustomResourceDefinitions. Upstream establishes them a moment after their creation; here they are served when create
 * returns, which no client can tell from a quick server.
 */
final class DefinitionStrategy implements Strategy {
    /** Holds the definition until its objects are gone. */
    static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

    private final Catalog catalog;
    private final Clock clock;

    DefinitionStrategy(Catalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    @Override
    public void normalize(ObjectNode definition) {
        var spec = Json.child(definition, "spec");
        var names = Json.child(spec, "names");
        var kind = names.path("kind").asText("");
        Json.putIfAbsent(names, "singular", kind.toLowerCase(Locale.ROOT));
        Json.putIfAbsent(names, "listKind", kind + "List");
        Json.putIfAbsent(Json.child(spec, "conversion"), "strategy", "None");
    }

    @Override
    public void prepareCreate(ObjectNode definition) {
        var status = definition.putObject("status");
        var conditions = status.putArray("conditions");
        conditions.add(condition("NamesAccepted", "NoConflicts", "no conflicts found"));
        conditions.add(condition("Established", "InitialNamesAccepted", "the initial names have been accepted"));
        status.set("acceptedNames", definition.path("spec").path("names").deepCopy());
        var stored = status.putArray("storedVersions");
        definition.path("spec").path("versions").forEach(version -> {
            if (version.path("storage").asBoolean()) {
                stored.add(version.path("name").asText());
            }
        });
        var metadata = Metadata.in(definition);
        var finalizers = new ArrayList<>(metadata.finalizers());
        finalizers.add(CLEANUP);
        metadata.setFinalizers(finalizers);
    }

    @Override
    public void prepareUpdate(ObjectNode before, ObjectNode after) {
        var status = Json.child(after, "status");
        status.set("acceptedNames", after.path("spec").path("names").deepCopy());
        var stored = status.withArray("storedVersions");
        for (var version : after.path("spec").path("versions")) {
            var name = version.path("name");
            if (version.path("storage").asBoolean() && !contains(stored, name)) {
                stored.add(name);
            }
        }
    }

    private static boolean contains(JsonNode array, JsonNode value) {
        for (var item : array) {
            if (item.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private ObjectNode condition(String type, String reason, String message) {
        return Json.object()
                .put("type", type)
                .put("status", "True")
                .put(
                        "lastTransitionTime",
                        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("reason", reason)
                .put("message", message);
    }

    @Override
    public List<Cause> validate(ObjectNode definition) {
        return DefinitionRules.problems(definition);
    }

    @Override
    public List<Cause> validateUpdate(ObjectNode before, ObjectNode after) {
        var causes = new ArrayList<Cause>();
        for (var field : List.of("group", "scope")) {
            if (!before.path("spec").path(field).equals(after.path("spec").path(field))) {
                causes.add(Cause.invalid(
                        "spec." + field, "Invalid value: " + after.path("spec").path(field) + ": field is immutable"));
            }
        }
        return causes;
    }

    @Override
    public void stored(ObjectNode definition) {
        catalog.serve(Metadata.of(definition).name(), Definitions.served(definition));
    }

    @Override
    public void removed(ObjectNode definition) {
        catalog.serve(Metadata.of(definition).name(), List.of());
    }
}
