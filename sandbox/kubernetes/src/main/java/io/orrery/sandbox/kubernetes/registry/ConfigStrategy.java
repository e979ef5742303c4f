package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import io.orrery.sandbox.kubernetes.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** ConfigMaps and Secrets: plain text becomes data, immutable ones stay, a secret keeps its type. */
final class ConfigStrategy implements Strategy {
    private static final int LARGEST = 1024 * 1024;

    @Override
    public void normalize(ObjectNode object) {
        if (!isSecret(object)) {
            return;
        }
        Json.putIfAbsent(object, "type", "Opaque");
        if (object.remove("stringData") instanceof ObjectNode texts) {
            var data = Json.child(object, "data");
            texts.properties()
                    .forEach(text -> data.put(
                            text.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(text.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static boolean isSecret(ObjectNode object) {
        return object.path("kind").asText().equals("Secret");
    }

    @Override
    public List<Cause> validate(ObjectNode object) {
        var causes = new ArrayList<Cause>();
        var size = 0L;
        for (var entry : object.path("data").properties()) {
            var value = entry.getValue().asText();
            if (isSecret(object) && !isBase64(value)) {
                causes.add(Cause.invalid("data." + entry.getKey(), "Invalid value: illegal base64 data"));
            }
            size += value.length();
        }
        if (size > (isSecret(object) ? LARGEST * 4L / 3 : LARGEST)) {
            causes.add(new Cause("data", "FieldValueTooLong", "Too long: may not be more than 1048576 bytes"));
        }
        return causes;
    }

    @SuppressWarnings("ReturnValueIgnored") // only whether it can be decoded is asked
    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public List<Cause> validateUpdate(ObjectNode before, ObjectNode after) {
        var causes = new ArrayList<Cause>();
        if (!before.path("type").equals(after.path("type"))) {
            causes.add(Cause.invalid("type", "Invalid value: " + after.path("type") + ": field is immutable"));
        }
        if (before.path("immutable").asBoolean()) {
            if (!after.path("immutable").asBoolean()) {
                causes.add(Cause.forbidden("immutable", "field is immutable when `immutable` is set"));
            }
            for (var field : List.of("data", "binaryData")) {
                if (!before.path(field).equals(after.path(field))) {
                    causes.add(Cause.forbidden(field, "field is immutable when `immutable` is set"));
                }
            }
        }
        return causes;
    }
}
