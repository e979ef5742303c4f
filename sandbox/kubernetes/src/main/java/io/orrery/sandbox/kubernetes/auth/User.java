package io.orrery.sandbox.kubernetes.auth;

import java.util.List;

/** Who asks: from a client certificate (CN, O) or a service account token. */
public record User(String name, String uid, List<String> groups) {
    public static final User ANONYMOUS = new User("system:anonymous", "", List.of("system:unauthenticated"));

    public User {
        groups = List.copyOf(groups);
    }
}
