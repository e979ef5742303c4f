package io.orrery.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads Platform documents from files, with what they name beside them. Whether they are right, the service says. */
public final class Documents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Documents() {}

    /** A document as it is sent. */
    public record Document(String name, String json) {}

    /** The document; a layer catalogue given by file name is read and put in its place. */
    public static Document read(Path file) {
        var tree = parse(file);
        var name = tree.at("/metadata/name").asText();
        if (!tree.isObject() || name.isEmpty()) {
            throw new CommandException(file + " has no metadata.name; is it a Platform document?");
        }
        inlineCatalogue(tree, file.toAbsolutePath().getParent());
        try {
            return new Document(name, JSON.writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            throw new CommandException("cannot write " + file + " as JSON", e);
        }
    }

    private static JsonNode parse(Path file) {
        try {
            return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
        } catch (YamlEngineException e) {
            throw new CommandException(file + " is not YAML: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandException("cannot read " + file, e);
        }
    }

    private static void inlineCatalogue(JsonNode tree, Path folder) {
        var collections = tree.at("/spec/openeo/collections");
        if (collections instanceof ObjectNode object && object.path("file").isTextual()) {
            var file = folder.resolve(object.path("file").asText());
            try {
                object.remove("file");
                object.set("inline", JSON.readTree(Files.readString(file)));
            } catch (IOException e) {
                throw new CommandException("cannot read the layer catalogue " + file + " as JSON", e);
            }
        }
    }
}
