package io.orrery.provisioner.openstack;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is sent. The headers hold the token: never logged. */
record Call(String service, String verb, URI uri, Map<String, String> headers, Optional<String> json) {

    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "DELETE");

    Call {
        headers = Map.copyOf(headers);
    }

    Call with(String header, String value) {
        var all = new HashMap<>(headers);
        all.put(header, value);
        return new Call(service, verb, uri, all, json);
    }

    /**
     * Whether it may arrive twice without harm: signing in makes one more token. A PUT may not: Neutron's
     * {@code add_router_interface} is one.
     */
    boolean isRepeatable() {
        return REPEATABLE.contains(verb) || uri.getPath().endsWith("/auth/tokens");
    }

    @Override
    public String toString() {
        return verb + " " + uri.getPath();
    }
}
