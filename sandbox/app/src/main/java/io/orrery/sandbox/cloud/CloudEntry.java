package io.orrery.sandbox.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What clouds.yaml says of one cloud, with the secrets of secure.yaml laid over it. Signs in with a password or an application
 * credential; all else is left to those who read it after us.
 */
public record CloudEntry(String name, ObjectNode fields) {
    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * Found as OpenStack's own clients find it.
     *
     * @throws CloudException if there is no such cloud
     */
    public static CloudEntry find(String name, Map<String, String> environment) {
        var candidates = candidates(environment);
        var file = candidates.stream()
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(() -> new CloudException("there is no clouds.yaml; looked for " + candidates));
        if (!(entry(file, name) instanceof ObjectNode found)) {
            throw new CloudException(file + " has no cloud " + name);
        }
        var secure = Optional.ofNullable(environment.get("OS_CLIENT_SECURE_FILE"))
                .map(Path::of)
                .orElse(file.resolveSibling("secure.yaml"));
        if (Files.isReadable(secure)) {
            lay(entry(secure, name), found);
        }
        return new CloudEntry(name, found);
    }

    private static List<Path> candidates(Map<String, String> environment) {
        var home = Path.of(System.getProperty("user.home"));
        return Stream.concat(
                        Stream.ofNullable(environment.get("OS_CLIENT_CONFIG_FILE"))
                                .map(Path::of),
                        Stream.of(
                                Path.of("clouds.yaml"),
                                home.resolve(".config/openstack/clouds.yaml"),
                                Path.of("/etc/openstack/clouds.yaml")))
                .toList();
    }

    private static JsonNode entry(Path file, String name) {
        try {
            return YAML.readTree(Files.readString(file)).path("clouds").path(name);
        } catch (IOException e) {
            throw new CloudException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void lay(JsonNode over, ObjectNode under) {
        over.properties().forEach(field -> {
            if (field.getValue().isObject() && under.get(field.getKey()) instanceof ObjectNode inner) {
                lay(field.getValue(), inner);
            } else {
                under.set(field.getKey(), field.getValue());
            }
        });
    }

    URI authUrl() {
        var url = fields.at("/auth/auth_url").asText().replaceAll("/+$", "");
        return URI.create(url.endsWith("/v3") ? url : url + "/v3");
    }

    Optional<String> region() {
        return text(fields, "region_name");
    }

    String face() {
        return text(fields, "interface").orElse("public").replaceAll("URL$", "");
    }

    Optional<Path> caFile() {
        return text(fields, "cacert").map(Path::of);
    }

    /** The body of {@code POST /v3/auth/tokens}. */
    ObjectNode signIn() {
        var auth = fields.path("auth");
        var request = JsonNodeFactory.instance.objectNode();
        var identity = request.putObject("auth").putObject("identity");
        var method = auth.has("application_credential_id") ? "application_credential" : "password";
        identity.putArray("methods").add(method);
        if (auth.has("application_credential_id")) {
            identity.putObject(method)
                    .put("id", auth.path("application_credential_id").asText())
                    .put("secret", auth.path("application_credential_secret").asText());
            return request;
        }
        var user = identity.putObject(method).putObject("user");
        user.put("name", auth.path("username").asText())
                .put("password", auth.path("password").asText());
        domain(user, auth, "user");
        var project = request.withObject("/auth/scope/project");
        text(auth, "project_id").ifPresentOrElse(id -> project.put("id", id), () -> {
            project.put("name", auth.path("project_name").asText());
            domain(project, auth, "project");
        });
        return request;
    }

    private static void domain(ObjectNode whose, JsonNode auth, String prefix) {
        var domain = whose.putObject("domain");
        text(auth, prefix + "_domain_id")
                .ifPresentOrElse(
                        id -> domain.put("id", id),
                        () -> domain.put(
                                "name",
                                text(auth, prefix + "_domain_name")
                                        .or(() -> text(auth, "domain_name"))
                                        .orElse("Default")));
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field))
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText);
    }

    /** A clouds.yaml with this cloud alone, whose servers are made and looked at by way of another address. */
    public String withComputeAt(URI address) {
        var yaml = JsonNodeFactory.instance.objectNode();
        yaml.putObject("clouds").set(name, fields.deepCopy().put("compute_endpoint_override", address.toString()));
        try {
            return YAML.writeValueAsString(yaml);
        } catch (IOException e) {
            throw new CloudException("cloud " + name + " cannot be written as YAML", e);
        }
    }

    @Override
    public String toString() {
        return "cloud " + name;
    }
}
