package io.orrery.sandbox.openstack.glance;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Json;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What may be written into an image's record. */
final class Properties {
    static final Set<String> READ_ONLY = Set.of(
            "status",
            "size",
            "virtual_size",
            "checksum",
            "os_hash_algo",
            "os_hash_value",
            "created_at",
            "updated_at",
            "file",
            "self",
            "schema",
            "direct_url",
            "locations",
            "stores");
    static final Set<String> BASE = Set.of(
            "id",
            "name",
            "disk_format",
            "container_format",
            "visibility",
            "protected",
            "min_ram",
            "min_disk",
            "owner",
            "os_hidden",
            "tags");
    private static final List<String> DISK_FORMATS =
            List.of("ami", "ari", "aki", "vhd", "vhdx", "vmdk", "raw", "qcow2", "vdi", "iso", "ploop");
    private static final List<String> CONTAINER_FORMATS =
            List.of("ami", "ari", "aki", "bare", "ovf", "ova", "docker", "compressed");
    private static final List<String> VISIBILITIES = List.of("community", "public", "private", "shared");

    private Properties() {}

    /** Refuses a value that this field cannot have. */
    static void check(String name, JsonNode value, boolean admin) {
        if (READ_ONLY.contains(name)) {
            throw new Refusal(403, "Attribute '" + name + "' is read-only.");
        }
        switch (name) {
            case "disk_format" -> oneOf(value, DISK_FORMATS, true);
            case "container_format" -> oneOf(value, CONTAINER_FORMATS, true);
            case "visibility" -> {
                oneOf(value, VISIBILITIES, false);
                if (value.asText().equals("public") && !admin) {
                    throw new Refusal(403, "You are not authorized to complete publicize_image action.");
                }
            }
            case "min_disk", "min_ram" -> require(value.isInt(), value, "integer");
            case "protected", "os_hidden" -> require(value.isBoolean(), value, "boolean");
            case "tags" -> require(value.isArray(), value, "array");
            default -> require(value.isTextual() || (value.isNull() && BASE.contains(name)), value, "string");
        }
    }

    private static void oneOf(JsonNode value, List<String> allowed, boolean orNull) {
        if (!(orNull && value.isNull()) && !allowed.contains(value.asText())) {
            throw schema("%s is not one of [%s%s]"
                    .formatted(
                            python(value),
                            orNull ? "None, " : "",
                            allowed.stream().map(text -> "'" + text + "'").collect(Collectors.joining(", "))));
        }
    }

    private static void require(boolean fits, JsonNode value, String type) {
        if (!fits) {
            throw schema(python(value) + " is not of type '" + type + "'");
        }
    }

    private static String python(JsonNode value) {
        return value.isTextual() ? "'" + value.asText() + "'" : value.toString();
    }

    static Refusal schema(String problem) {
        return new Refusal(400, "Provided object does not match schema 'image': " + problem);
    }

    static JsonNode parse(JsonNode value) {
        return value == null ? Json.node(null) : value;
    }
}
