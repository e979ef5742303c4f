package io.orrery.sandbox.controllers.openeo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.controllers.kubelet.PodContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

/** The collections of a web app: several files merged by id, of which the later wins; as strict as the real one at start. */
final class LayerCatalogue {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ObjectNode> byId;

    private LayerCatalogue(Map<String, ObjectNode> byId) {
        this.byId = byId;
    }

    /** The bytes of a file by its path. */
    @FunctionalInterface
    interface Files {
        byte[] read(String path) throws IOException;
    }

    static LayerCatalogue load(PodContext context) throws StartFailure {
        return load(context.env().getOrDefault("OPENEO_CATALOG_FILES", "layercatalog.json"), context::read);
    }

    /** @param files paths, with commas between them */
    static LayerCatalogue load(String files, Files content) throws StartFailure {
        var byId = new LinkedHashMap<String, ObjectNode>();
        for (var file : files.split(",", -1)) {
            for (var document : documents(content, file.strip())) {
                collect(file, document, byId);
            }
        }
        return new LayerCatalogue(byId);
    }

    private static List<JsonNode> documents(Files content, String file) throws StartFailure {
        try {
            var bytes = content.read(file);
            if (file.endsWith(".zip")) {
                return unzipped(bytes);
            }
            if (file.endsWith(".json.gz")) {
                try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                    return List.of(JSON.readTree(unpacked));
                }
            }
            if (file.endsWith(".json")) {
                return List.of(JSON.readTree(bytes));
            }
        } catch (IOException e) {
            throw new StartFailure("Failed to read layer catalog '" + file + "'", e);
        }
        throw new StartFailure("Failed to read layer catalog '" + file + "': unsupported file type");
    }

    /** In a zip a file may hold one collection without an array around it. */
    private static List<JsonNode> unzipped(byte[] bytes) throws IOException {
        var documents = new ArrayList<JsonNode>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".json")) {
                    var document = JSON.readTree(zip.readAllBytes());
                    documents.add(document.isObject() ? JSON.createArrayNode().add(document) : document);
                }
            }
        }
        return documents;
    }

    private static void collect(String file, JsonNode document, Map<String, ObjectNode> byId) throws StartFailure {
        if (document == null || !document.isArray()) {
            throw new StartFailure("Failed to read layer catalog '" + file + "': not a JSON array of collections");
        }
        for (var collection : document) {
            var id = collection.path("id");
            if (!collection.isObject() || !id.isTextual() || id.asText().isEmpty()) {
                throw new StartFailure("Failed to read layer catalog '" + file + "': a collection without 'id'");
            }
            byId.merge(id.asText(), (ObjectNode) collection, LayerCatalogue::merged);
        }
    }

    private static ObjectNode merged(ObjectNode earlier, ObjectNode later) {
        var merged = earlier.deepCopy();
        later.properties().forEach(field -> {
            var before = merged.get(field.getKey());
            merged.set(
                    field.getKey(),
                    before instanceof ObjectNode a && field.getValue() instanceof ObjectNode b
                            ? merged(a, b)
                            : field.getValue());
        });
        return merged;
    }

    /** What the API shows: nothing that begins with an underscore. */
    List<ObjectNode> listed() {
        return byId.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("_"))
                .map(entry -> shown(entry.getKey(), entry.getValue()))
                .toList();
    }

    Optional<ObjectNode> find(String id) {
        return Optional.ofNullable(byId.get(id)).map(collection -> shown(id, collection));
    }

    int size() {
        return byId.size();
    }

    /** With the defaults that the real one fills in where the catalogue is silent. */
    private static ObjectNode shown(String id, ObjectNode collection) {
        var shown = JSON.createObjectNode();
        shown.put("id", id);
        shown.put("type", "Collection");
        shown.put("stac_version", "0.9.0");
        shown.put("description", id);
        shown.put("license", "proprietary");
        var extent = shown.putObject("extent");
        extent.putObject("spatial")
                .putArray("bbox")
                .addArray()
                .add(0)
                .add(0)
                .add(0)
                .add(0);
        extent.putObject("temporal").putArray("interval").addArray().addNull().addNull();
        shown.putObject("cube:dimensions");
        shown.putObject("summaries");
        shown.putArray("links");
        collection.properties().forEach(field -> {
            if (!field.getKey().startsWith("_")) {
                shown.set(field.getKey(), field.getValue());
            }
        });
        return shown;
    }
}
