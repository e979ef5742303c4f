package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What one signs in to Keystone with. */
sealed interface Credential {

    /** The body of {@code POST /v3/auth/tokens}. */
    ObjectNode request();

    /** An application credential; it knows its project by itself. */
    record ApplicationCredential(String id, String secret) implements Credential {

        @Override
        public ObjectNode request() {
            var request = JsonNodeFactory.instance.objectNode();
            var identity = request.putObject("auth").putObject("identity");
            identity.putArray("methods").add("application_credential");
            identity.putObject("application_credential").put("id", id).put("secret", secret);
            return request;
        }

        @Override
        public String toString() {
            return "application credential " + id;
        }
    }

    /** A user's name and password, and the project to work in. */
    record Password(
            String user,
            Optional<String> userDomain,
            Optional<String> userDomainId,
            String password,
            Optional<String> project,
            Optional<String> projectId,
            Optional<String> projectDomain,
            Optional<String> projectDomainId)
            implements Credential {

        @Override
        public ObjectNode request() {
            var request = JsonNodeFactory.instance.objectNode();
            var auth = request.putObject("auth");
            var identity = auth.putObject("identity");
            identity.putArray("methods").add("password");
            var person = identity.putObject("password")
                    .putObject("user")
                    .put("name", user)
                    .put("password", password);
            domain(person, userDomain, userDomainId);
            var scope = auth.putObject("scope").putObject("project");
            projectId.ifPresentOrElse(id -> scope.put("id", id), () -> {
                scope.put("name", project.orElse(user));
                domain(scope, projectDomain, projectDomainId);
            });
            return request;
        }

        private static void domain(ObjectNode node, Optional<String> name, Optional<String> id) {
            var domain = node.putObject("domain");
            id.ifPresentOrElse(it -> domain.put("id", it), () -> domain.put("name", name.orElse("Default")));
        }

        @Override
        public String toString() {
            return "password of " + user;
        }
    }
}
