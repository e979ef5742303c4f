package io.orrery.sandbox.kubernetes.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Objects are unstructured JSON trees everywhere in this server; a tree that was stored is never changed again. */
public final class Json {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectMapper YAML = new YAMLMapper();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Parses a body that must be one JSON value; upstream answers 400 to anything else. */
    public static JsonNode parse(byte[] body) {
        return parse(JSON, body);
    }

    /** Parses YAML, as apply patches may be; JSON is YAML too. */
    public static JsonNode parseYaml(byte[] body) {
        return parse(YAML, body);
    }

    private static JsonNode parse(ObjectMapper mapper, byte[] body) {
        try {
            return mapper.readTree(body);
        } catch (JsonProcessingException e) {
            throw ApiError.badRequest("unable to parse the request body: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The child object of that name, made if it is missing or of another type. */
    public static ObjectNode child(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode child ? child : parent.putObject(name);
    }

    /** Sets the field to the value, or removes it when the value is missing or null. */
    public static void replace(ObjectNode parent, String name, JsonNode value) {
        if (isAbsent(value)) {
            parent.remove(name);
        } else {
            parent.set(name, value);
        }
    }

    public static boolean isAbsent(JsonNode node) {
        return node == null || node.isMissingNode() || node.isNull();
    }

    /** Sets a default: only where the field is not there yet. */
    public static void putIfAbsent(ObjectNode parent, String name, String value) {
        if (isAbsent(parent.get(name))) {
            parent.put(name, value);
        }
    }

    /** Sets a default: only where the field is not there yet. */
    public static void putIfAbsent(ObjectNode parent, String name, int value) {
        if (isAbsent(parent.get(name))) {
            parent.put(name, value);
        }
    }
}
