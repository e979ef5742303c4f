package io.orrery.sparkdeployer.model;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.Objects;

/**
 * Which object is meant.
 *
 * @param namespace empty for what has none
 */
public record ObjectKey(Kind kind, String namespace, String name) implements Comparable<ObjectKey> {

    private static final Comparator<ObjectKey> ORDER = Comparator.comparing(ObjectKey::kind)
            .thenComparing(ObjectKey::namespace)
            .thenComparing(ObjectKey::name);

    public ObjectKey {
        namespace = Objects.requireNonNullElse(namespace, "");
    }

    public static ObjectKey of(HasMetadata object) {
        var kind = Kind.of(object.getKind())
                .orElseThrow(() -> new IllegalArgumentException("no kind of ours: " + object.getKind()));
        return new ObjectKey(
                kind, object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.word() + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
