package io.orrery.sandbox.kubernetes.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.orrery.sandbox.kubernetes.model.Json;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Messages as the JSON that Go would write for the same object. Go's generated code writes fields that are not pointers
 * even when they are empty, so empty text is taken for "not set"; numbers and booleans are taken as they are.
 */
final class ProtobufJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Messages whose fields Go's JSON shows in their parent. */
    private static final Set<String> INLINED =
            Set.of("volumeSource", "persistentVolumeSource", "localObjectReference", "ephemeralContainerCommon");

    private ProtobufJson() {}

    static ObjectNode object(Message message) {
        var node = Json.object();
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            var field = entry.getKey();
            if (isInlined(field)) {
                node.setAll(object((Message) entry.getValue()));
            } else {
                put(node, field.getName(), value(field, entry.getValue()));
            }
        }
        return node;
    }

    private static boolean isInlined(FieldDescriptor field) {
        return INLINED.contains(field.getName())
                || (field.getName().equals("handler")
                        && field.getContainingType().getName().equals("Probe"));
    }

    private static void put(ObjectNode node, String name, JsonNode value) {
        var empty = value.isTextual() && value.asText().isEmpty();
        if (!value.isNull() && !empty) {
            node.set(name, value);
        }
    }

    private static JsonNode value(FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            return map((List<?>) value);
        }
        if (field.isRepeated()) {
            var array = NODES.arrayNode();
            ((List<?>) value).forEach(item -> array.add(single(item)));
            return array;
        }
        return single(value);
    }

    private static JsonNode map(List<?> entries) {
        var node = NODES.objectNode();
        for (var entry : entries) {
            var pair = (Message) entry;
            var type = pair.getDescriptorForType();
            var key = pair.getField(type.findFieldByNumber(1));
            node.set(key.toString(), single(pair.getField(type.findFieldByNumber(2))));
        }
        return node;
    }

    private static JsonNode single(Object value) {
        return switch (value) {
            case Message message -> message(message);
            case ByteString bytes -> NODES.textNode(Base64.getEncoder().encodeToString(bytes.toByteArray()));
            case String text -> NODES.textNode(text);
            case Boolean flag -> NODES.booleanNode(flag);
            case Integer number -> NODES.numberNode(number);
            case Long number -> number(number);
            case Double number -> NODES.numberNode(number);
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        };
    }

    /** As it would come from JSON, where small numbers are ints. */
    private static JsonNode number(long number) {
        return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
    }

    private static JsonNode message(Message message) {
        var type = message.getDescriptorForType();
        return switch (type.getName()) {
            case "IntOrString" ->
                field(message, "type").equals(0L) ? single(field(message, "intVal")) : single(field(message, "strVal"));
            case "Quantity" -> single(field(message, "string"));
            case "Time", "MicroTime" -> time(message);
            case "FieldsV1" -> raw(message, "Raw");
            case "RawExtension" -> raw(message, "raw");
            case "ExtraValue", "Verbs" -> value(type.findFieldByName("items"), field(message, "items"));
            default -> object(message);
        };
    }

    private static Object field(Message message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }

    /** Go's zero time has no seconds at all. */
    private static JsonNode time(Message message) {
        var seconds = message.getDescriptorForType().findFieldByName("seconds");
        return message.hasField(seconds)
                ? NODES.textNode(
                        Instant.ofEpochSecond((Long) message.getField(seconds)).toString())
                : NODES.nullNode();
    }

    private static JsonNode raw(Message message, String name) {
        var bytes = (ByteString) field(message, name);
        return bytes.isEmpty() ? NODES.nullNode() : Json.parse(bytes.toByteArray());
    }
}
