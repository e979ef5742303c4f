package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What one signs in to Keystone with. Its text never holds the secret. */
sealed interface Credential {

    /** The body of {@code POST /v3/auth/tokens}. */
    ObjectNode request();

    /** Whether it gives a new token whenever one is wanted. */
    default boolean isLasting() {
        return true;
    }

    /** An application credential knows its project by itself; by its name it is known only together with its user. */
    record ApplicationCredential(Optional<String> id, Optional<String> name, Optional<Person> person, String secret)
            implements Credential {

        static ApplicationCredential byId(String id, String secret) {
            return new ApplicationCredential(Optional.of(id), Optional.empty(), Optional.empty(), secret);
        }

        static ApplicationCredential byName(String name, Person person, String secret) {
            return new ApplicationCredential(Optional.empty(), Optional.of(name), Optional.of(person), secret);
        }

        @Override
        public ObjectNode request() {
            var request = JsonNodeFactory.instance.objectNode();
            var credential = identity(request, "application_credential").put("secret", secret);
            id.ifPresent(it -> credential.put("id", it));
            name.ifPresent(it -> credential.put("name", it));
            person.ifPresent(it -> it.into(credential.putObject("user")));
            return request;
        }

        @Override
        public String toString() {
            return "application credential " + id.or(() -> name).orElseThrow();
        }
    }

    /** A user's name and password, and what to work on. */
    record Password(Person person, String password, Scope scope) implements Credential {

        @Override
        public ObjectNode request() {
            var request = JsonNodeFactory.instance.objectNode();
            person.into(identity(request, "password").putObject("user").put("password", password));
            scope.into((ObjectNode) request.get("auth"));
            return request;
        }

        @Override
        public String toString() {
            return "password of " + person.name().or(person::id).orElseThrow();
        }
    }

    /** A token that somebody has got elsewhere. What it is exchanged for ends when it ends. */
    record TokenOfOther(String token, Scope scope) implements Credential {

        @Override
        public ObjectNode request() {
            var request = JsonNodeFactory.instance.objectNode();
            identity(request, "token").put("id", token);
            scope.into((ObjectNode) request.get("auth"));
            return request;
        }

        @Override
        public boolean isLasting() {
            return false;
        }

        @Override
        public String toString() {
            return "token of clouds.yaml";
        }
    }

    /** Where users and projects have their names. */
    record Domain(Optional<String> id, Optional<String> name) {

        /** The one that every Keystone has. */
        static final Domain USUAL = new Domain(Optional.of("default"), Optional.empty());

        boolean isSaid() {
            return id.isPresent() || name.isPresent();
        }

        void into(ObjectNode node) {
            id.ifPresentOrElse(it -> node.put("id", it), () -> name.ifPresent(it -> node.put("name", it)));
        }
    }

    record Person(Optional<String> id, Optional<String> name, Domain domain) {

        void into(ObjectNode node) {
            id.ifPresentOrElse(it -> node.put("id", it), () -> {
                node.put("name", name.orElseThrow());
                domain.into(node.putObject("domain"));
            });
        }
    }

    /** What the token is to be good for. */
    sealed interface Scope {

        void into(ObjectNode auth);

        record Project(Optional<String> id, Optional<String> name, Domain domain) implements Scope {

            @Override
            public void into(ObjectNode auth) {
                var project = auth.putObject("scope").putObject("project");
                id.ifPresentOrElse(it -> project.put("id", it), () -> {
                    project.put("name", name.orElseThrow());
                    domain.into(project.putObject("domain"));
                });
            }
        }

        record OfDomain(Domain domain) implements Scope {

            @Override
            public void into(ObjectNode auth) {
                domain.into(auth.putObject("scope").putObject("domain"));
            }
        }

        record OfSystem() implements Scope {

            @Override
            public void into(ObjectNode auth) {
                auth.putObject("scope").putObject("system").put("all", true);
            }
        }

        /** The user's own default project, where there is one. */
        record Unsaid() implements Scope {

            @Override
            public void into(ObjectNode auth) {
                // Keystone decides.
            }
        }
    }

    private static ObjectNode identity(ObjectNode request, String method) {
        var identity = request.putObject("auth").putObject("identity");
        identity.putArray("methods").add(method);
        return identity.putObject(method);
    }
}
