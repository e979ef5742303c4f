package io.orrery.provisioner.openstack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Thing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What Keystone keeps for the one who is signed in: credentials, each for one project. None of its lists is paged. */
final class Identity {

    /** What the cloud controller and Cinder CSI need; roles such as admin are never handed on. */
    private static final Set<String> ENOUGH = Set.of("member", "_member_", "load-balancer_member");

    private static final Set<String> TOO_MUCH = Set.of("admin", "manager", "service");

    private final Connection connection;

    Identity(Connection connection) {
        this.connection = connection;
    }

    String path(Kind kind) {
        return connection.user() + Paths.of(kind);
    }

    /** All of the kind that are for the project. */
    List<Thing> list(Kind kind) {
        var member = kind == Kind.EC2_CREDENTIAL ? "credentials" : "application_credentials";
        var project = kind == Kind.EC2_CREDENTIAL ? "tenant_id" : "project_id";
        var answer = connection.json("GET", "identity", path(kind), Map.of(), Optional.empty());
        return StreamSupport.stream(answer.path(member).spliterator(), false)
                .filter(node -> node.path(project).asText().equals(connection.projectId()))
                .map(node -> kind == Kind.EC2_CREDENTIAL ? ec2(node) : application(node))
                .toList();
    }

    Thing makeEc2() {
        var body = JsonNodeFactory.instance.objectNode().put("tenant_id", connection.projectId());
        return ec2(post(Kind.EC2_CREDENTIAL, body).path("credential"));
    }

    /** With few roles, and restricted: it can make no further credentials. */
    Thing makeApplication(String name, byte[] secret) {
        var body = JsonNodeFactory.instance.objectNode();
        var wish = body.putObject("application_credential")
                .put("name", name)
                .put("description", "For the cloud controller and Cinder CSI of a cluster of Orrery's")
                .put("secret", new String(secret, UTF_8))
                .put("unrestricted", false);
        var roles = wish.putArray("roles");
        handedOn(connection.roles()).forEach(role -> roles.addObject().put("name", role));
        return application(post(Kind.APPLICATION_CREDENTIAL, body).path("application_credential"));
    }

    /** Where a cloud calls its roles otherwise, all that are not known to be too much. */
    static List<String> handedOn(List<String> held) {
        var usual = held.stream().filter(ENOUGH::contains).toList();
        return usual.isEmpty()
                ? held.stream().filter(role -> !TOO_MUCH.contains(role)).toList()
                : usual;
    }

    private JsonNode post(Kind kind, JsonNode body) {
        return connection.json("POST", "identity", path(kind), Map.of(), Optional.of(body));
    }

    private static Thing ec2(JsonNode node) {
        return new Thing.Ec2Credential(
                node.path("access").asText(), node.path("secret").asText());
    }

    private static Thing application(JsonNode node) {
        return new Thing.ApplicationCredential(
                node.path("id").asText(), node.path("name").asText());
    }
}
