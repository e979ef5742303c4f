package io.orrery.sandbox.openstack.keystone;

import java.util.Set;

/** A user of one project, in the domain {@code Default}. */
public record Account(String user, String password, String project, Set<String> roles) {
    public Account {
        roles = Set.copyOf(roles);
    }

    /** The usual member. */
    public static Account openeo() {
        return new Account("openeo", "openeo-secret", "openeo", Set.of("member", "reader"));
    }

    /** The cloud's own administrator. */
    public static Account admin() {
        return new Account("admin", "admin-secret", "admin", Set.of("admin", "member", "reader"));
    }
}
