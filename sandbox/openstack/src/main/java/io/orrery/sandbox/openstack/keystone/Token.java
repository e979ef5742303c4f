package io.orrery.sandbox.openstack.keystone;

import io.orrery.sandbox.openstack.model.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A token that was handed out.
 *
 * @param scoped whether it is for the account's project, or for nothing but Keystone
 * @param application the application credential that it was made with
 */
record Token(
        String value,
        List<String> methods,
        Account account,
        boolean scoped,
        Set<String> roles,
        Optional<ApplicationCredential> application,
        List<String> auditIds,
        Instant issued,
        Instant expires) {

    Token {
        methods = List.copyOf(methods);
        roles = Set.copyOf(roles);
        auditIds = List.copyOf(auditIds);
    }

    Caller caller() {
        return new Caller(
                Directory.userId(account),
                account.user(),
                scoped ? Directory.projectId(account) : "",
                scoped ? account.project() : "",
                scoped ? roles : Set.of());
    }
}
