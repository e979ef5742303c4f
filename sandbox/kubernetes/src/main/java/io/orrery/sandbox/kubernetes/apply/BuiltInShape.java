package io.orrery.sandbox.kubernetes.apply;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The places of built-in kinds, by the ends of their paths. From the listType, listMapKey, mapType and patchMergeKey
 * markers of k8s.io/api; what has no row merges as upstream's default does: objects by field, lists as one value.
 *
 * @param path field names joined by dots; items of a list have the path of the list
 */
public record BuiltInShape(String path) implements Shape {
    public static final Shape ROOT = new BuiltInShape("");

    private static final ListKind NAME = ListKind.ByKeys.of("name");
    private static final ListKind CONTAINER_PORTS =
            new ListKind.ByKeys(List.of("containerPort", "protocol"), Map.of("protocol", "TCP"));
    private static final ListKind SERVICE_PORTS =
            new ListKind.ByKeys(List.of("port", "protocol"), Map.of("protocol", "TCP"));

    private static final Map<String, ListKind> LISTS = Map.ofEntries(
            Map.entry("containers", NAME),
            Map.entry("initContainers", NAME),
            Map.entry("ephemeralContainers", NAME),
            Map.entry("containers.ports", CONTAINER_PORTS),
            Map.entry("initContainers.ports", CONTAINER_PORTS),
            Map.entry("ephemeralContainers.ports", CONTAINER_PORTS),
            Map.entry("spec.ports", SERVICE_PORTS),
            Map.entry("env", NAME),
            Map.entry("volumeMounts", ListKind.ByKeys.of("mountPath")),
            Map.entry("volumeDevices", ListKind.ByKeys.of("devicePath")),
            Map.entry("volumes", NAME),
            Map.entry("imagePullSecrets", NAME),
            Map.entry("secrets", NAME),
            Map.entry("hostAliases", ListKind.ByKeys.of("ip")),
            Map.entry("topologySpreadConstraints", ListKind.ByKeys.of("topologyKey", "whenUnsatisfiable")),
            Map.entry("schedulingGates", NAME),
            Map.entry("resourceClaims", NAME),
            Map.entry("resources.claims", NAME),
            Map.entry("conditions", ListKind.ByKeys.of("type")),
            Map.entry("podIPs", ListKind.ByKeys.of("ip")),
            Map.entry("status.addresses", ListKind.ByKeys.of("type")),
            Map.entry("podCIDRs", ListKind.SET),
            Map.entry("spec.drivers", NAME),
            Map.entry("webhooks", NAME),
            Map.entry("matchConditions", NAME),
            Map.entry("ownerReferences", ListKind.ByKeys.of("uid")),
            Map.entry("finalizers", ListKind.SET));

    /** Merge keys of strategic patches, where they differ from the first key of server-side apply. */
    private static final Map<String, String> PATCH_KEYS = Map.of(
            "taints", "key",
            "readinessGates", "conditionType",
            "containers.ports", "containerPort",
            "initContainers.ports", "containerPort",
            "ephemeralContainers.ports", "containerPort",
            "spec.ports", "port",
            "topologySpreadConstraints", "topologyKey");

    private static final Set<String> ATOMIC_MAPS = Set.of(
            "spec.selector",
            "labelSelector",
            "namespaceSelector",
            "podSelector",
            "objectSelector",
            "nodeSelector",
            "nodeAffinity.required",
            "requiredDuringSchedulingIgnoredDuringExecution",
            "valueFrom.configMapKeyRef",
            "valueFrom.secretKeyRef",
            "valueFrom.fieldRef",
            "valueFrom.resourceFieldRef",
            "roleRef",
            "involvedObject",
            "regarding",
            "targetRef",
            "dataSource");

    @Override
    public Shape field(String name) {
        return new BuiltInShape(path.isEmpty() ? name : path + "." + name);
    }

    @Override
    public Shape item() {
        return this;
    }

    @Override
    public ListKind list() {
        return byEnd(LISTS).orElse(ListKind.ATOMIC);
    }

    @Override
    public boolean isAtomicMap() {
        return ends().anyMatch(ATOMIC_MAPS::contains);
    }

    /** The field by which strategic patches merge a list; empty where they replace it. */
    Optional<String> patchKey() {
        return byEnd(PATCH_KEYS)
                .or(() -> list() instanceof ListKind.ByKeys keys
                        ? Optional.of(keys.keys().getFirst())
                        : Optional.empty());
    }

    private <T> Optional<T> byEnd(Map<String, T> rows) {
        return ends().filter(rows::containsKey).findFirst().map(rows::get);
    }

    /** The last two names, then the last one: rows never say more. */
    private Stream<String> ends() {
        var last = path.lastIndexOf('.');
        var before = last < 0 ? -1 : path.lastIndexOf('.', last - 1);
        return Stream.of(path.substring(before + 1), path.substring(last + 1));
    }
}
