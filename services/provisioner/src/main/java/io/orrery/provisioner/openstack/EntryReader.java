package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.provisioner.openstack.CloudEntry.Services;
import io.orrery.provisioner.openstack.CloudEntry.Tls;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes out of an entry's fields, whose names have changed over the years, what we work with. */
final class EntryReader {

    /** The versions that we speak. */
    private static final Map<String, String> SPOKEN =
            Map.of("identity", "3", "compute", "2", "network", "2", "image", "2", "volume", "3");

    private final String about;
    private final ObjectNode fields;
    private final ObjectNode auth;
    private final Optional<String> region;

    /** @param about what errors call it */
    EntryReader(String about, ObjectNode merged, Optional<String> region) {
        this.about = about;
        this.fields = underscored(merged);
        this.auth = fields.get("auth") instanceof ObjectNode inner ? inner : new ObjectNode(JsonNodeFactory.instance);
        this.region = region;
        region.ifPresent(name -> fields.put("region_name", name));
    }

    CloudEntry read() {
        SPOKEN.forEach(this::checkVersion);
        var url = text("auth_url").orElseThrow(() -> misconfigured("has no auth_url"));
        return new CloudEntry(uri(filled(url)), credential(), region, tls(), new Services(services()));
    }

    private Credential credential() {
        var signIn = new SignIn(this::text, about);
        return signIn.credential(named("auth_type").or(() -> named("auth_plugin")));
    }

    /** {@code insecure} outdoes {@code verify}, of which only a genuine false counts: as in openstacksdk. */
    private Tls tls() {
        var verify = named("insecure").filter("true"::equalsIgnoreCase).isEmpty()
                && !BooleanNode.FALSE.equals(fields.get("verify"));
        return new Tls(verify, pem("cacert").filter(file -> verify), pem("cert"), pem("key"));
    }

    private Optional<PemFile> pem(String name) {
        return named(name).map(EntryReader::path).map(PemFile::of);
    }

    private Map<String, String> services() {
        var settings = new HashMap<String, String>();
        fields.properties().forEach(field -> {
            var name = field.getKey().replaceAll("endpoint_type$", "interface");
            var isOne = Stream.of("interface", "_endpoint_override", "_region_name", "_service_type")
                    .anyMatch(name::endsWith);
            if (isOne && field.getValue().isValueNode()) {
                settings.put(name, filled(field.getValue().asText()));
            }
        });
        return settings;
    }

    private void checkVersion(String service, String version) {
        named(service + "_api_version")
                .filter(said -> !said.replaceFirst("^v", "").split("\\.", 2)[0].equals(version))
                .ifPresent(said -> {
                    throw misconfigured(
                            "wants version " + said + " of " + service + "; only " + version + " is spoken");
                });
    }

    /** A field of {@code auth}, or of the entry itself: environment variables know no levels. */
    private Optional<String> text(String name) {
        return value(auth.get(name)).or(() -> named(name));
    }

    private Optional<String> named(String name) {
        return value(fields.get(name));
    }

    private static Optional<String> value(JsonNode node) {
        return Optional.ofNullable(node)
                .filter(it -> it.isValueNode() && !it.isNull())
                .map(JsonNode::asText)
                .filter(text -> !text.isEmpty());
    }

    /** Profiles write URLs as {@code https://{region_name}.example.org}. */
    private String filled(String text) {
        var filled = text;
        for (var field : fields.properties()) {
            if (field.getValue().isValueNode()) {
                filled = filled.replace(
                        "{" + field.getKey() + "}", field.getValue().asText());
            }
        }
        return filled;
    }

    private URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw misconfigured("has an auth_url that is no URL: " + text);
        }
    }

    private static Path path(String file) {
        return file.startsWith("~/")
                ? Path.of(System.getProperty("user.home")).resolve(file.substring(2))
                : Path.of(file);
    }

    private static ObjectNode underscored(ObjectNode node) {
        var result = new ObjectNode(JsonNodeFactory.instance);
        node.properties()
                .forEach(field -> result.set(
                        field.getKey().replace('-', '_'),
                        field.getValue() instanceof ObjectNode inner ? underscored(inner) : field.getValue()));
        return result;
    }

    private CloudException misconfigured(String what) {
        return new CloudException(Sort.REFUSED, "CloudMisconfigured", about + " " + what);
    }
}
