package io.orrery.cluster.model;

import java.util.Objects;

/** A certificate and its private key, as PEM. */
public record Pair(String certificate, String key) {

    public Pair {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(key, "key");
    }

    @Override
    public String toString() {
        return "Pair[withheld]";
    }
}
