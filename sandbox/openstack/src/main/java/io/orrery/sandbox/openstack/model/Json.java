package io.orrery.sandbox.openstack.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.StreamSupport;

/** Shorthand for the JSON trees that most of this emulator is made of. */
public final class Json {
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    private Json() {}

    /** An object from names and values in turn; values may be null, text, numbers, booleans, trees, lists and maps. */
    public static ObjectNode object(Object... namesAndValues) {
        var object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.set((String) namesAndValues[i], node(namesAndValues[i + 1]));
        }
        return object;
    }

    public static JsonNode node(Object value) {
        return value instanceof JsonNode tree ? tree : MAPPER.valueToTree(value);
    }

    public static ArrayNode array(Collection<?> values) {
        var array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(node(value)));
        return array;
    }

    public static Collector<JsonNode, ?, ArrayNode> toArray() {
        return Collector.of(JsonNodeFactory.instance::arrayNode, ArrayNode::add, (left, right) -> left.addAll(right));
    }

    /** The text of a field; empty when the field is missing or null. */
    public static String text(JsonNode object, String field) {
        return object.path(field).isNull() ? "" : object.path(field).asText("");
    }

    /** The elements of an array as text; none when there is no array. */
    public static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(element -> texts.add(element.asText()));
        return List.copyOf(texts);
    }

    public static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** Whether an array holds this text. */
    public static boolean holds(JsonNode array, String text) {
        return texts(array).contains(text);
    }

    /** Whether a field is present and not null. */
    public static boolean has(JsonNode object, String field) {
        return object.hasNonNull(field);
    }
}
