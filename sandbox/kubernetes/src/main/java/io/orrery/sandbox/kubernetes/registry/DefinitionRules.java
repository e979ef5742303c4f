package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import io.orrery.sandbox.kubernetes.model.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What upstream asks of a CustomResourceDefinition before it is stored (apiextensions: validation.go). */
final class DefinitionRules {
    private DefinitionRules() {}

    static List<Cause> problems(ObjectNode definition) {
        var causes = new ArrayList<Cause>();
        var spec = definition.path("spec");
        var names = spec.path("names");
        for (var field : List.of("group", "scope")) {
            if (spec.path(field).asText("").isEmpty()) {
                causes.add(Cause.required("spec." + field));
            }
        }
        for (var field : List.of("plural", "kind")) {
            if (names.path(field).asText("").isEmpty()) {
                causes.add(Cause.required("spec.names." + field));
            }
        }
        var expected = names.path("plural").asText() + "." + spec.path("group").asText();
        if (!Metadata.of(definition).name().equals(expected)) {
            causes.add(Cause.invalid(
                    "metadata.name",
                    "Invalid value: \"" + Metadata.of(definition).name()
                            + "\": must be spec.names.plural+\".\"+spec.group"));
        }
        if (!Set.of("Namespaced", "Cluster", "").contains(spec.path("scope").asText(""))) {
            causes.add(new Cause(
                    "spec.scope",
                    "FieldValueNotSupported",
                    "Unsupported value: " + spec.path("scope") + ": supported values: \"Cluster\", \"Namespaced\""));
        }
        if (!spec.path("conversion").path("strategy").asText("None").equals("None")) {
            causes.add(Cause.forbidden("spec.conversion.strategy", "this server converts with strategy None only"));
        }
        versions(spec, causes);
        return causes;
    }

    private static void versions(JsonNode spec, List<Cause> causes) {
        var versions = spec.path("versions");
        var storing = StreamSupport.stream(versions.spliterator(), false)
                .filter(version -> version.path("storage").asBoolean())
                .count();
        if (storing != 1) {
            causes.add(Cause.invalid(
                    "spec.versions", "Invalid value: must have exactly one version marked as storage version"));
        }
        for (var i = 0; i < versions.size(); i++) {
            var schema = versions.get(i).path("schema").path("openAPIV3Schema");
            if (!schema.isObject()) {
                causes.add(new Cause(
                        "spec.versions[" + i + "].schema.openAPIV3Schema",
                        "FieldValueRequired",
                        "Required value: schemas are required"));
            } else if (!schema.path("type").asText().equals("object")) {
                causes.add(Cause.invalid(
                        "spec.versions[" + i + "].schema.openAPIV3Schema.type",
                        "Invalid value: " + schema.path("type") + ": must be object at the root"));
            }
        }
    }
}
