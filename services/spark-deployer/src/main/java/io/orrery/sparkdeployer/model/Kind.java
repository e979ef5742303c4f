package io.orrery.sparkdeployer.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * The kinds of objects that are put into a cluster, in the order in which they are applied: what others need comes first.
 * Removal goes the other way, but for Spark applications, which end before anything they use is taken away.
 */
public enum Kind {
    CUSTOM_RESOURCE_DEFINITION(
            "apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions", false),
    NAMESPACE("v1", "Namespace", "namespaces", false),
    SERVICE_ACCOUNT("v1", "ServiceAccount", "serviceaccounts", true),
    ROLE("rbac.authorization.k8s.io/v1", "Role", "roles", true),
    ROLE_BINDING("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings", true),
    CONFIG_MAP("v1", "ConfigMap", "configmaps", true),
    SECRET("v1", "Secret", "secrets", true),
    SERVICE("v1", "Service", "services", true),
    STATEFUL_SET("apps/v1", "StatefulSet", "statefulsets", true),
    /** Made by the StatefulSet from a template of ours: never applied, never pruned, but removed in the end. */
    VOLUME_CLAIM("v1", "PersistentVolumeClaim", "persistentvolumeclaims", true),
    SPARK_APPLICATION("sparkoperator.k8s.io/v1beta2", "SparkApplication", "sparkapplications", true),
    INGRESS("networking.k8s.io/v1", "Ingress", "ingresses", true);

    private final String apiVersion;
    private final String word;
    private final String plural;
    private final boolean namespaced;

    Kind(String apiVersion, String word, String plural, boolean namespaced) {
        this.apiVersion = apiVersion;
        this.word = word;
        this.plural = plural;
        this.namespaced = namespaced;
    }

    public static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    public String apiVersion() {
        return apiVersion;
    }

    public String group() {
        return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    }

    public String version() {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    public String word() {
        return word;
    }

    public String plural() {
        return plural;
    }

    public boolean namespaced() {
        return namespaced;
    }

    /** Whether one that stands already, and is not ours, is used as it is: never changed, never removed. */
    public boolean borrowable() {
        return this == CUSTOM_RESOURCE_DEFINITION || this == NAMESPACE;
    }
}
