package io.orrery.sandbox.openstack.nova;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.openstack.http.Microversion;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Json;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The shape of a request for a server, which differs with the microversion. */
final class ServerSchema {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}");
    private static final int MOST_USER_DATA = 65_535;
    private static final Set<String> ALWAYS = Set.of(
            "name",
            "flavorRef",
            "imageRef",
            "networks",
            "metadata",
            "user_data",
            "security_groups",
            "key_name",
            "availability_zone",
            "config_drive",
            "block_device_mapping",
            "block_device_mapping_v2",
            "min_count",
            "max_count",
            "return_reservation_id",
            "adminPass",
            "accessIPv4",
            "accessIPv6",
            "OS-DCF:diskConfig",
            "personality");
    /** Fields by the minor version that brought them. */
    private static final Map<String, Integer> SINCE = Map.of(
            "description", 19,
            "tags", 52,
            "trusted_image_certificates", 63,
            "host", 74,
            "hypervisor_hostname", 74,
            "hostname", 90);

    private ServerSchema() {}

    static boolean isUuid(String text) {
        return UUID.matcher(text).matches();
    }

    static void check(JsonNode body, Microversion version) {
        var server = body.path("server");
        if (!server.isObject()) {
            throw new Refusal(
                    400,
                    "Invalid input for field/attribute server. Value: " + server + ". 'server' is a required property");
        }
        server.fieldNames().forEachRemaining(name -> {
            boolean known = ALWAYS.contains(name) || (SINCE.containsKey(name) && version.since(SINCE.get(name)));
            if (!known) {
                throw field("server", server, "Additional properties are not allowed ('" + name + "' was unexpected)");
            }
        });
        require(server, "name");
        require(server, "flavorRef");
        checkName(server.path("name"));
        var networks = server.path("networks");
        if (ServerForm.hasVersionedNetworks(version)) {
            require(server, "networks");
            if (networks.isTextual() && !Set.of("auto", "none").contains(networks.asText())) {
                throw field(
                        "networks",
                        networks,
                        "'" + networks.asText() + "' is not valid under any of the given schemas");
            }
        } else if (!networks.isMissingNode() && !networks.isArray()) {
            throw field("networks", networks, "'" + networks.asText() + "' is not of type 'array'");
        }
        if (Json.text(server, "user_data").length() > MOST_USER_DATA) {
            throw field("user_data", server.path("user_data"), "'" + Json.text(server, "user_data") + "' is too long");
        }
    }

    static void checkName(JsonNode name) {
        if (!name.isTextual()) {
            throw field("name", name, name + " is not of type 'string'");
        }
        if (name.asText().isBlank()) {
            throw field("name", name, "'" + name.asText() + "' is too short");
        }
        if (name.asText().length() > 255) {
            throw field("name", name, "'" + name.asText() + "' is too long");
        }
    }

    private static void require(JsonNode server, String name) {
        if (!server.has(name)) {
            throw field("server", server, "'" + name + "' is a required property");
        }
    }

    private static Refusal field(String name, JsonNode value, String problem) {
        return new Refusal(
                400,
                "Invalid input for field/attribute %s. Value: %s. %s"
                        .formatted(name, value.isTextual() ? value.asText() : value, problem));
    }
}
