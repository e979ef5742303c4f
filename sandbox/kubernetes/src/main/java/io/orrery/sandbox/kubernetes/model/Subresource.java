package io.orrery.sandbox.kubernetes.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Parts of an object with a path of their own, and the verbs that discovery names for them. */
public enum Subresource {
    STATUS("get", "patch", "update"),
    SCALE("get", "patch", "update"),
    FINALIZE("update"),
    BINDING("create"),
    EVICTION("create"),
    LOG("get"),
    PROXY("create", "delete", "get", "patch", "update"),
    PORTFORWARD("create", "get"),
    TOKEN("create");

    private final String verbs;

    Subresource(String... verbs) {
        this.verbs = String.join(",", verbs);
    }

    public List<String> verbs() {
        return List.of(verbs.split(",", -1));
    }

    public String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Subresource> of(String path) {
        return Arrays.stream(values())
                .filter(value -> value.path().equals(path))
                .findFirst();
    }
}
