package io.orrery.sandbox.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Checks a value against a structural schema. CEL rules (x-kubernetes-validations) are not evaluated. */
final class Validation {
    private final List<Cause> causes = new ArrayList<>();

    private Validation() {}

    static List<Cause> validate(JsonNode value, JsonNode schema) {
        var validation = new Validation();
        validation.check(value, schema, "");
        return List.copyOf(validation.causes);
    }

    private void check(JsonNode value, JsonNode schema, String path) {
        if (value.isNull() && schema.path("nullable").asBoolean()) {
            return;
        }
        if (!hasType(value, schema)) {
            invalid(path, value, "in body must be of type " + expected(schema) + ": \"" + nameOf(value) + "\"");
            return;
        }
        checkEnum(value, schema, path);
        if (value.isTextual()) {
            checkText(value, schema, path);
        } else if (value.isNumber()) {
            checkNumber(value, schema, path);
        } else if (value.isArray()) {
            checkArray(value, schema, path);
        } else if (value.isObject()) {
            checkObject(value, schema, path);
        }
        checkCombinations(value, schema, path);
    }

    private static boolean hasType(JsonNode value, JsonNode schema) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return value.isIntegralNumber() || value.isTextual();
        }
        return switch (schema.path("type").asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            default -> true;
        };
    }

    private static String expected(JsonNode schema) {
        return schema.path("x-kubernetes-int-or-string").asBoolean()
                ? "integer,string"
                : schema.path("type").asText();
    }

    private static String nameOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            default -> value.isIntegralNumber() ? "integer" : "number";
        };
    }

    private void checkEnum(JsonNode value, JsonNode schema, String path) {
        var allowed = schema.get("enum");
        if (allowed != null && !contains(allowed, value)) {
            var values = StreamSupport.stream(allowed.spliterator(), false)
                    .map(JsonNode::toString)
                    .collect(Collectors.joining(", "));
            causes.add(new Cause(
                    path, "FieldValueNotSupported", "Unsupported value: " + value + ": supported values: " + values));
        }
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        return StreamSupport.stream(values.spliterator(), false).anyMatch(value::equals);
    }

    private void checkText(JsonNode value, JsonNode schema, String path) {
        var text = value.asText();
        var length = text.codePointCount(0, text.length());
        if (schema.has("pattern")
                && !Pattern.compile(schema.get("pattern").asText())
                        .matcher(text)
                        .find()) {
            invalid(
                    path,
                    value,
                    "in body should match '" + schema.get("pattern").asText() + "'");
        }
        if (schema.has("maxLength") && length > schema.get("maxLength").asLong()) {
            causes.add(new Cause(
                    path,
                    "FieldValueTooLong",
                    "Too long: may not be more than " + schema.get("maxLength").asLong() + " bytes"));
        }
        if (schema.has("minLength") && length < schema.get("minLength").asLong()) {
            invalid(
                    path,
                    value,
                    "in body should be at least " + schema.get("minLength").asLong() + " chars long");
        }
        if (!Formats.matches(schema.path("format").asText(), text)) {
            invalid(
                    path,
                    value,
                    "in body must be of type " + schema.path("format").asText() + ": " + value);
        }
    }

    private void checkNumber(JsonNode value, JsonNode schema, String path) {
        var number = value.decimalValue();
        bound(schema, "minimum", "exclusiveMinimum", path, value, "greater than", sign -> sign > 0, number);
        bound(schema, "maximum", "exclusiveMaximum", path, value, "less than", sign -> sign < 0, number);
        if (schema.has("multipleOf")
                && number.remainder(schema.get("multipleOf").decimalValue()).signum() != 0) {
            invalid(path, value, "in body should be a multiple of " + schema.get("multipleOf"));
        }
        if (schema.path("format").asText().equals("int32") && !value.canConvertToInt()) {
            invalid(path, value, "in body must be of type int32: \"" + value + "\"");
        }
    }

    private void bound(
            JsonNode schema,
            String name,
            String exclusive,
            String path,
            JsonNode value,
            String relation,
            Predicate<Integer> beyond,
            BigDecimal number) {
        if (!schema.has(name)) {
            return;
        }
        var sign = number.compareTo(schema.get(name).decimalValue());
        var open = schema.path(exclusive).asBoolean();
        if (!beyond.test(sign) && (open || sign != 0)) {
            invalid(path, value, "in body should be " + relation + (open ? " " : " or equal to ") + schema.get(name));
        }
    }

    private void checkArray(JsonNode value, JsonNode schema, String path) {
        size(value.size(), schema, "maxItems", "minItems", "items", path, value);
        var seen = new HashSet<JsonNode>();
        var unique = schema.path("x-kubernetes-list-type").asText().equals("set");
        for (var i = 0; i < value.size(); i++) {
            var place = path + "[" + i + "]";
            if (unique && !seen.add(value.get(i))) {
                causes.add(new Cause(place, "FieldValueDuplicate", "Duplicate value: " + value.get(i)));
            }
            check(value.get(i), schema.path("items"), place);
        }
        checkKeys(value, schema, path);
    }

    private void checkKeys(JsonNode value, JsonNode schema, String path) {
        if (!schema.path("x-kubernetes-list-type").asText().equals("map")) {
            return;
        }
        var seen = new HashSet<List<JsonNode>>();
        for (var i = 0; i < value.size(); i++) {
            var item = value.get(i);
            var key = StreamSupport.stream(
                            schema.path("x-kubernetes-list-map-keys").spliterator(), false)
                    .map(name -> item.path(name.asText()))
                    .toList();
            if (!seen.add(key)) {
                causes.add(new Cause(path + "[" + i + "]", "FieldValueDuplicate", "Duplicate value: " + key));
            }
        }
    }

    private void size(int size, JsonNode schema, String most, String least, String what, String path, JsonNode value) {
        if (schema.has(most) && size > schema.get(most).asInt()) {
            causes.add(new Cause(
                    path,
                    "FieldValueTooMany",
                    "Too many: " + size + ": must have at most "
                            + schema.get(most).asInt() + " " + what));
        }
        if (schema.has(least) && size < schema.get(least).asInt()) {
            invalid(
                    path,
                    value,
                    "in body should have at least " + schema.get(least).asInt() + " " + what);
        }
    }

    private void checkObject(JsonNode value, JsonNode schema, String path) {
        size(value.size(), schema, "maxProperties", "minProperties", "properties", path, value);
        for (var name : schema.path("required")) {
            if (!value.has(name.asText())) {
                causes.add(Cause.required(below(path, name.asText())));
            }
        }
        var additional = schema.path("additionalProperties");
        for (var field : value.properties()) {
            var property = schema.path("properties").get(field.getKey());
            if (property != null) {
                check(field.getValue(), property, below(path, field.getKey()));
            } else if (additional.isObject()) {
                check(field.getValue(), additional, below(path, field.getKey()));
            }
        }
    }

    private void checkCombinations(JsonNode value, JsonNode schema, String path) {
        schema.path("allOf").forEach(part -> check(value, part, path));
        if (schema.has("anyOf") && fitting(value, schema.get("anyOf")) == 0) {
            invalid(path, value, "in body must validate at least one schema (anyOf)");
        }
        if (schema.has("oneOf") && fitting(value, schema.get("oneOf")) != 1) {
            invalid(path, value, "in body must validate one and only one schema (oneOf)");
        }
        if (schema.has("not") && validate(value, schema.get("not")).isEmpty()) {
            invalid(path, value, "in body must not validate the schema (not)");
        }
    }

    private static long fitting(JsonNode value, JsonNode schemas) {
        return StreamSupport.stream(schemas.spliterator(), false)
                .filter(schema -> validate(value, schema).isEmpty())
                .count();
    }

    private void invalid(String path, JsonNode value, String what) {
        var shown = value.isContainerNode() ? "\"" + nameOf(value) + "\"" : value.toString();
        causes.add(Cause.invalid(path, "Invalid value: " + shown + ": " + path + " " + what));
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
