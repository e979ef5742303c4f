package io.orrery.provisioner.openstack;

import io.orrery.provisioner.openstack.Credential.ApplicationCredential;
import io.orrery.provisioner.openstack.Credential.Domain;
import io.orrery.provisioner.openstack.Credential.Password;
import io.orrery.provisioner.openstack.Credential.Person;
import io.orrery.provisioner.openstack.Credential.Scope;
import io.orrery.provisioner.openstack.Credential.TokenOfOther;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which credential an entry's fields make up, for which project.
 *
 * @param fields by name
 * @param about what errors call the entry
 */
record SignIn(Function<String, Optional<String>> fields, String about) {

    /** @param type as keystoneauth calls its plugins; by default what the fields look like */
    Credential credential(Optional<String> type) {
        return switch (type.orElse("password")) {
            case "password", "v3password" ->
                first("application_credential_id").isPresent()
                                && first("password").isEmpty()
                        ? applicationCredential()
                        : password();
            case "v3applicationcredential" -> applicationCredential();
            case "token", "v3token" -> new TokenOfOther(required("token", "auth_token"), scope());
            default ->
                throw misconfigured("has auth_type " + type.get()
                        + "; spoken are password, v3password, v3applicationcredential, token, v3token");
        };
    }

    private Credential password() {
        return new Password(person(), required("password"), scope());
    }

    private Credential applicationCredential() {
        var id = first("application_credential_id");
        var name = first("application_credential_name");
        if (id.isEmpty() && name.isEmpty()) {
            throw misconfigured("has no application_credential_id");
        }
        var secret = required("application_credential_secret");
        return id.map(it -> ApplicationCredential.byId(it, secret))
                .orElseGet(() -> ApplicationCredential.byName(name.get(), person(), secret));
    }

    private Person person() {
        var id = first("user_id");
        var name = first("username", "user_name");
        if (id.isEmpty() && name.isEmpty()) {
            throw misconfigured("has no username");
        }
        return new Person(id, name, domain("user_domain"));
    }

    /** One that is said for everything counts for whatever has none of its own. */
    private Domain domain(String whose) {
        var id = first(whose + "_id");
        var name = first(whose + "_name");
        return Stream.of(
                        new Domain(id, name),
                        new Domain(first("domain_id"), first("domain_name")),
                        new Domain(first("default_domain_id", "default_domain"), first("default_domain_name")))
                .filter(Domain::isSaid)
                .findFirst()
                .orElse(Domain.USUAL);
    }

    /** With a project, a domain alone is where user and project live; without one it is what is worked on. */
    private Scope scope() {
        var id = first("project_id", "tenant_id");
        var name = first("project_name", "tenant_name");
        if (id.isPresent() || name.isPresent()) {
            return new Scope.Project(id, name, domain("project_domain"));
        }
        if (first("system_scope").isPresent()) {
            return new Scope.OfSystem();
        }
        var domain = new Domain(first("domain_id"), first("domain_name"));
        return domain.isSaid() ? new Scope.OfDomain(domain) : new Scope.Unsaid();
    }

    private String required(String... names) {
        return first(names).orElseThrow(() -> misconfigured("has no " + names[0]));
    }

    private Optional<String> first(String... names) {
        return Stream.of(names).flatMap(name -> fields.apply(name).stream()).findFirst();
    }

    private CloudException misconfigured(String what) {
        return new CloudException(Sort.REFUSED, "CloudMisconfigured", about + " " + what);
    }
}
