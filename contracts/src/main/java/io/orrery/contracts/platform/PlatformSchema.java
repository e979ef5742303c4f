package io.orrery.contracts.platform;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema (2020-12) of the document, from the same annotations that reading goes by; editors complete by it. It
 * says the form only: what must hold between fields, {@link PlatformReader} knows.
 */
public final class PlatformSchema {

    /** On the class path: the schema as text. */
    public static final String RESOURCE = "orrery/platform.schema.json";

    private static final String ID = "urn:orrery:platform:v1";

    /** The schema as a tree, which any JSON library writes. */
    public static Map<String, Object> tree() {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", ID);
        schema.put("title", "Orrery Platform");
        schema.putAll(part(Forms.of(Platform.class)));
        return schema;
    }

    /** The schema as it is shipped; to be closed. */
    public static InputStream open() {
        var schema = PlatformSchema.class.getClassLoader().getResourceAsStream(RESOURCE);
        if (schema == null) {
            throw new IllegalStateException(RESOURCE + " is not on the class path");
        }
        return schema;
    }

    private static Map<String, Object> part(Form.Part part) {
        var properties = new LinkedHashMap<String, Object>();
        part.fields().forEach(field -> properties.put(field.name(), field(field)));
        var required = part.fields().stream()
                .filter(Form.Field::required)
                .map(Form.Field::name)
                .toList();
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private static Map<String, Object> field(Form.Field field) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", field.key().about());
        schema.putAll(form(field.form(), field.key()));
        if (field.key().absent().length > 0) {
            schema.put("default", Defaults.of(field));
        }
        schema.put("x-orrery-change", Forms.word(field.key().change()));
        return schema;
    }

    private static Map<String, Object> form(Form form, Key key) {
        return switch (form) {
            case Form.Part part -> part(part);
            case Form.Alternatives alternatives -> alternatives(alternatives);
            case Form.Items items -> items(items, key);
            case Form.Entries ignored -> entries(key);
            case Form.Open ignored -> Map.of("type", "object");
            case Form.Text text -> text(text, key);
            case Form.Choice choice ->
                Map.of("enum", List.copyOf(choice.values().keySet()));
            case Form.Whole ignored -> number("integer", key);
            case Form.Decimal ignored -> number("number", key);
            case Form.Truth ignored -> Map.of("type", "boolean");
        };
    }

    private static Map<String, Object> alternatives(Form.Alternatives form) {
        return Map.of(
                "oneOf",
                form.alternatives().stream().map(PlatformSchema::marked).toList());
    }

    private static Map<String, Object> marked(Form.Alternative alternative) {
        var schema = part(alternative.part());
        if (!alternative.marker().isEmpty()) {
            schema.put("required", List.of(alternative.marker()));
        }
        return schema;
    }

    private static Map<String, Object> items(Form.Items form, Key key) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "array");
        schema.put("items", form(form.item(), key));
        if (key.min() > 0) {
            schema.put("minItems", key.min());
        }
        schema.put("maxItems", Limits.largest(key));
        return schema;
    }

    private static Map<String, Object> entries(Key key) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("additionalProperties", string(Limits.LONGEST_ENTRY));
        if (!key.pattern().isEmpty()) {
            schema.put("propertyNames", Map.of("pattern", whole(key.pattern())));
        }
        schema.put("maxProperties", Limits.largest(key));
        return schema;
    }

    private static Map<String, Object> text(Form.Text form, Key key) {
        var schema = string(Limits.LONGEST_TEXT);
        form.format().ifPresent(format -> schema.put("format", format));
        if (key.pattern().isEmpty()) {
            form.pattern().ifPresent(pattern -> schema.put("pattern", whole(pattern)));
        } else {
            schema.put("pattern", whole(key.pattern()));
        }
        return schema;
    }

    private static Map<String, Object> string(int longest) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "string");
        schema.put("maxLength", longest);
        return schema;
    }

    private static String whole(String pattern) {
        return "^(" + pattern + ")$";
    }

    private static Map<String, Object> number(String type, Key key) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", type);
        if (key.min() != Long.MIN_VALUE) {
            schema.put("minimum", key.min());
        }
        if (key.max() != Long.MAX_VALUE) {
            schema.put("maximum", key.max());
        }
        return schema;
    }

    private PlatformSchema() {}
}
