package io.orrery.sandbox.boot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** RKE2's configuration: config.yaml, and over it config.yaml.d in the order of its names, where {@code key+} appends. */
record Rke2Config(Map<String, JsonNode> keys) {
    private static final String FOLDER = "/etc/rancher/rke2/";
    private static final YAMLMapper YAML = new YAMLMapper();

    Rke2Config {
        keys = Map.copyOf(keys);
    }

    static Rke2Config of(CloudConfig cloud) throws JoinRefused {
        var keys = new TreeMap<String, JsonNode>();
        merge(keys, FOLDER + "config.yaml", cloud);
        for (var path : cloud.files().keySet().stream().sorted().toList()) {
            if (path.startsWith(FOLDER + "config.yaml.d/") && path.endsWith(".yaml")) {
                merge(keys, path, cloud);
            }
        }
        return new Rke2Config(keys);
    }

    private static void merge(Map<String, JsonNode> keys, String path, CloudConfig cloud) throws JoinRefused {
        var bytes = cloud.files().get(path);
        if (bytes == null) {
            return;
        }
        try {
            var tree = YAML.readTree(new String(bytes, StandardCharsets.UTF_8));
            if (!tree.isObject() && !tree.isMissingNode() && !tree.isNull()) {
                throw JoinRefused.fatal("failed to parse " + path + ": yaml: cannot unmarshal into yaml.MapSlice");
            }
            tree.properties().forEach(entry -> put(keys, entry.getKey(), entry.getValue()));
        } catch (JsonProcessingException e) {
            throw JoinRefused.fatal("failed to parse " + path + ": yaml: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
    }

    private static void put(Map<String, JsonNode> keys, String key, JsonNode value) {
        if (!key.endsWith("+")) {
            keys.put(key, value);
            return;
        }
        keys.merge(key.substring(0, key.length() - 1), value, Rke2Config::appended);
    }

    private static JsonNode appended(JsonNode before, JsonNode more) {
        var all = new ArrayNode(JsonNodeFactory.instance);
        all.addAll(elements(before));
        all.addAll(elements(more));
        return all;
    }

    private static List<JsonNode> elements(JsonNode node) {
        return node.isArray() ? StreamSupport.stream(node.spliterator(), false).toList() : List.of(node);
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(keys.get(key)).map(JsonNode::asText).filter(text -> !text.isEmpty());
    }

    /** A single value stands for a list of one; one that is comma-separated is a list too, as on the command line. */
    List<String> list(String key) {
        return Optional.ofNullable(keys.get(key)).map(Rke2Config::elements).orElse(List.of()).stream()
                .map(JsonNode::asText)
                .flatMap(text -> List.of(text.split(",")).stream())
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** The value of one argument in a list like kubelet-arg. */
    Optional<String> argument(String key, String name) {
        return list(key).stream()
                .filter(argument -> argument.startsWith(name + "="))
                .map(argument -> argument.substring(name.length() + 1))
                .reduce((first, last) -> last);
    }
}
