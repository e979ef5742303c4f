package io.orrery.sandbox.kubernetes.registry;

import io.orrery.sandbox.kubernetes.model.BuiltInTypes;
import io.orrery.sandbox.kubernetes.model.ResourceType;
import java.util.List;
import java.util.Optional;

/** The built-in kinds with what is particular to each. */
final class BuiltIns {
    private BuiltIns() {}

    static List<Served> served() {
        return BuiltInTypes.all().stream()
                .map(type -> new Served(type, storageVersion(type), strategy(type), Optional.empty()))
                .toList();
    }

    private static String storageVersion(ResourceType type) {
        return type.storage().group().isEmpty() ? "v1" : type.apiVersion();
    }

    private static Strategy strategy(ResourceType type) {
        return switch (type.qualifiedPlural()) {
            case "namespaces" -> new NamespaceStrategy();
            default -> Strategy.PLAIN;
        };
    }
}
