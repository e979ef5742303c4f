package io.orrery.contracts.platform;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Documents for tests. */
final class Documents {

    static final YAMLMapper YAML = new YAMLMapper();

    /** The repository; tests run in the module. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** As short as a document can be. */
    static String brief() {
        return """
                metadata: {name: demo}
                spec:
                  cloud: {name: sandbox}
                  pools:
                    - {name: control, role: server, count: 3, flavor: eo1.large}
                    - {name: workers, role: agent, count: 2, flavor: eo2.xlarge}
                  openeo:
                    host: openeo.example.org
                    collections: {url: "https://example.org/layercatalog.json"}
                """;
    }

    /** Where Kubernetes is there already. */
    static String existing() {
        return """
                metadata: {name: demo}
                spec:
                  kubernetes: {existing: {kubeconfig: my-cluster}}
                  storage: {s3: {endpoint: "https://s3.example.org", credentials: my-keys}}
                  openeo:
                    host: openeo.example.org
                    collections: {url: "https://example.org/layercatalog.json"}
                """;
    }

    static Object tree(String yaml) {
        try {
            return YAML.readValue(yaml, Object.class);
        } catch (JsonProcessingException notYaml) {
            throw new IllegalArgumentException(notYaml);
        }
    }

    static Object example(String name) {
        try {
            return tree(Files.readString(ROOT.resolve("examples").resolve(name)));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** The short document with another value (as YAML) at a pointer; parents that are missing are made. */
    static Object briefWith(String pointer, String value) {
        return with(brief(), pointer, value);
    }

    static Object with(String document, String pointer, String value) {
        try {
            var root = YAML.readTree(document);
            var at = JsonPointer.compile(pointer);
            var parent = root.at(at.head());
            var node = YAML.readTree(value);
            switch (parent.isMissingNode() ? ((ObjectNode) root).withObject(at.head()) : parent) {
                case ArrayNode array -> {
                    if (at.last().getMatchingIndex() < array.size()) {
                        array.set(at.last().getMatchingIndex(), node);
                    } else {
                        array.add(node);
                    }
                }
                case ObjectNode object -> object.set(at.last().getMatchingProperty(), node);
                default -> throw new IllegalArgumentException("nothing can be put at " + pointer);
            }
            return YAML.treeToValue(root, Object.class);
        } catch (JsonProcessingException notYaml) {
            throw new IllegalArgumentException(notYaml);
        }
    }

    /** The short document without what is at a pointer. */
    static Object briefWithout(String pointer) {
        try {
            var root = YAML.readTree(brief());
            var at = JsonPointer.compile(pointer);
            ((ObjectNode) root.at(at.head())).remove(at.last().getMatchingProperty());
            return YAML.treeToValue(root, Object.class);
        } catch (JsonProcessingException notYaml) {
            throw new IllegalArgumentException(notYaml);
        }
    }

    static Platform valid(String yaml) {
        return valid(tree(yaml));
    }

    static Platform valid(Object tree) {
        return switch (PlatformReader.read(tree)) {
            case Reading.Valid valid -> valid.platform();
            case Reading.Invalid invalid -> throw new AssertionError(invalid.violations());
        };
    }

    static List<Violation> violations(Object tree) {
        return switch (PlatformReader.read(tree)) {
            case Reading.Valid valid -> throw new AssertionError("valid: " + valid.platform());
            case Reading.Invalid invalid -> invalid.violations();
        };
    }

    private Documents() {}
}
