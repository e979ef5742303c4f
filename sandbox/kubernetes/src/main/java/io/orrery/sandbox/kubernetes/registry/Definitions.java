package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ResourceType;
import io.orrery.sandbox.kubernetes.model.Subresource;
import io.orrery.sandbox.kubernetes.registry.Served.Column;
import io.orrery.sandbox.kubernetes.registry.Served.CustomVersion;
import io.orrery.sandbox.kubernetes.registry.Served.ScalePaths;
import io.orrery.sandbox.kubernetes.schema.CustomSchema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads from a CustomResourceDefinition what it makes the server serve. */
final class Definitions {
    private static final Column AGE =
            new Column("Age", "date", "", "Creation time of the object", 0, ".metadata.creationTimestamp");

    private Definitions() {}

    static List<Served> served(ObjectNode definition) {
        var versions = definition.path("spec").path("versions");
        var stored = stream(versions)
                .filter(version -> version.path("storage").asBoolean())
                .map(version -> version.path("name").asText())
                .findFirst()
                .orElseThrow();
        var group = definition.path("spec").path("group").asText();
        return stream(versions)
                .filter(version -> version.path("served").asBoolean())
                .map(version -> version(definition.path("spec"), version, group + "/" + stored))
                .toList();
    }

    private static Served version(JsonNode spec, JsonNode version, String storageVersion) {
        var schema = new CustomSchema(version.path("schema").path("openAPIV3Schema"));
        return new Served(
                type(spec, version),
                storageVersion,
                new CustomResourceStrategy(schema),
                schema.shape(),
                Optional.of(new CustomVersion(scale(version), columns(version), selectable(version))));
    }

    private static ResourceType type(JsonNode spec, JsonNode version) {
        var names = spec.path("names");
        return new ResourceType(
                spec.path("group").asText(),
                version.path("name").asText(),
                names.path("kind").asText(),
                names.path("listKind").asText(),
                names.path("plural").asText(),
                names.path("singular").asText(),
                spec.path("scope").asText().equals("Namespaced"),
                true,
                true,
                texts(names.path("shortNames")),
                texts(names.path("categories")),
                subresources(version));
    }

    private static Set<Subresource> subresources(JsonNode version) {
        var subresources = EnumSet.noneOf(Subresource.class);
        if (version.path("subresources").has("status")) {
            subresources.add(Subresource.STATUS);
        }
        if (version.path("subresources").has("scale")) {
            subresources.add(Subresource.SCALE);
        }
        return subresources;
    }

    private static Optional<ScalePaths> scale(JsonNode version) {
        return Optional.ofNullable(version.path("subresources").get("scale"))
                .map(scale -> new ScalePaths(
                        scale.path("specReplicasPath").asText(),
                        scale.path("statusReplicasPath").asText(),
                        scale.path("labelSelectorPath").asText("")));
    }

    /** Upstream shows the age unless the definition has columns of its own. */
    private static List<Column> columns(JsonNode version) {
        var columns = new ArrayList<Column>();
        for (var column : version.path("additionalPrinterColumns")) {
            columns.add(new Column(
                    column.path("name").asText(),
                    column.path("type").asText("string"),
                    column.path("format").asText(""),
                    column.path("description").asText(""),
                    column.path("priority").asInt(),
                    column.path("jsonPath").asText()));
        }
        return columns.isEmpty() ? List.of(AGE) : columns;
    }

    private static List<String> selectable(JsonNode version) {
        return stream(version.path("selectableFields"))
                .map(field -> field.path("jsonPath").asText().substring(1))
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return stream(array).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
