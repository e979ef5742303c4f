package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.orrery.provisioner.openstack.Credential.ApplicationCredential;
import io.orrery.provisioner.openstack.Credential.Password;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads clouds.yaml as openstacksdk does: the first one that is found of the file in OS_CLIENT_CONFIG_FILE, the working
 * directory, the user's configuration, the system's; with the secrets of secure.yaml beside it laid over it.
 */
public final class CloudsYaml {

    /** One entry. */
    record Entry(URI authUrl, Credential credential, Optional<String> region, String face, Optional<Path> caFile) {}

    private static final YAMLMapper YAML = new YAMLMapper();

    private final List<Path> candidates;

    public CloudsYaml(List<Path> candidates) {
        this.candidates = List.copyOf(candidates);
    }

    /** @param configured a file that is looked at before all others */
    public static CloudsYaml bySearchPath(Optional<Path> configured, Map<String, String> environment) {
        var home = Path.of(System.getProperty("user.home"));
        var named =
                Optional.ofNullable(environment.get("OS_CLIENT_CONFIG_FILE")).map(Path::of);
        return new CloudsYaml(Stream.of(
                        configured,
                        named,
                        Optional.of(Path.of("clouds.yaml")),
                        Optional.of(home.resolve(".config/openstack/clouds.yaml")),
                        Optional.of(Path.of("/etc/openstack/clouds.yaml")))
                .flatMap(Optional::stream)
                .toList());
    }

    /** Reads the files anew, so that an exchanged credential counts from the next call on. */
    Entry entry(String name) {
        var file = candidates.stream()
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(() -> refused("there is no clouds.yaml in any of " + candidates));
        var entry = read(file).path("clouds").path(name);
        if (!(entry instanceof ObjectNode found)) {
            throw refused("clouds.yaml has no entry " + name);
        }
        var secure = file.resolveSibling("secure.yaml");
        if (Files.isReadable(secure)) {
            lay(read(secure).path("clouds").path(name), found);
        }
        return entryOf(name, found);
    }

    private static Entry entryOf(String name, JsonNode entry) {
        var auth = entry.path("auth");
        var url =
                text(auth, "auth_url").orElseThrow(() -> refused("entry " + name + " of clouds.yaml has no auth_url"));
        return new Entry(
                URI.create(url),
                credential(name, auth),
                text(entry, "region_name"),
                text(entry, "interface").orElse("public"),
                text(entry, "cacert").map(Path::of));
    }

    private static Credential credential(String name, JsonNode auth) {
        var id = text(auth, "application_credential_id");
        if (id.isPresent()) {
            return new ApplicationCredential(id.get(), required(name, auth, "application_credential_secret"));
        }
        return new Password(
                required(name, auth, "username"),
                text(auth, "user_domain_name").or(() -> text(auth, "domain_name")),
                text(auth, "user_domain_id"),
                required(name, auth, "password"),
                text(auth, "project_name"),
                text(auth, "project_id"),
                text(auth, "project_domain_name").or(() -> text(auth, "domain_name")),
                text(auth, "project_domain_id"));
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

    private static String required(String name, JsonNode auth, String field) {
        return text(auth, field).orElseThrow(() -> refused("entry " + name + " of clouds.yaml has no " + field));
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field))
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText);
    }

    private static JsonNode read(Path file) {
        try {
            return YAML.readTree(Files.newInputStream(file));
        } catch (IOException e) {
            throw new CloudException(Sort.REFUSED, file + " cannot be read", null, null, e);
        }
    }

    private static CloudException refused(String message) {
        return new CloudException(Sort.REFUSED, message);
    }
}
