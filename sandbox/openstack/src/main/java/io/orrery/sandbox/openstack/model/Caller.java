package io.orrery.sandbox.openstack.model;

import java.util.Set;

/**
 * Who a token speaks for, and in which project.
 *
 * @param projectId empty for a token without a scope
 */
public record Caller(String userId, String userName, String projectId, String projectName, Set<String> roles) {
    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean admin() {
        return roles.contains("admin");
    }

    /** Whether something of this project is this caller's business. */
    public boolean owns(String project) {
        return admin() || projectId.equals(project);
    }
}
